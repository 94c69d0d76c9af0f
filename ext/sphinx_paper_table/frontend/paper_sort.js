// @ts-check
// Tables that readers sort by a click on a heading: those whose headings, or cells, have `data-sort`. A second click
// turns the order round, a third brings back that of the page. Without a script the page's order stays.
(() => {
  "use strict";

  /** What a cell is sorted by. @param {HTMLTableRowElement} row @param {number} column */
  const valueOf = (row, column) => row.cells[column]?.dataset.sort ?? row.cells[column]?.textContent?.trim() ?? "";

  /** @param {string} a @param {string} b */
  const compare = (a, b) => {
    if (!a || !b) return Number(!a) - Number(!b); // what is not known stands last
    const [x, y] = [Number(a), Number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, document.documentElement.lang, { numeric: true }) : x - y;
  };

  /** @param {HTMLTableElement} table @param {number} number of this table on the page */
  function enhance(table, number) {
    const key = number ? `${number + 1}-order` : "order";
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    const bodies = [...table.tBodies].map((body) => ({ body, rows: [...body.rows].filter((row) => row.cells.length === heads.length) }));
    const sample = bodies.flatMap(({ rows }) => rows)[0];

    /** @param {number} column @param {-1 | 0 | 1} direction */
    function sort(column, direction) {
      heads.forEach((head, index) => {
        if (index === column && direction) head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
        else head.removeAttribute("aria-sort");
      });
      for (const { body, rows } of bodies) {
        const sorted = direction
          ? [...rows].sort((a, b) => {
              const [x, y] = [valueOf(a, column), valueOf(b, column)];
              return x && y ? direction * compare(x, y) : compare(x, y);
            })
          : rows;
        body.append(...sorted);
      }
    }

    /** @param {number} column @param {number} direction */
    function remember(column, direction) {
      const query = new URLSearchParams(location.search);
      query.delete(key);
      if (direction) query.set(key, (direction < 0 ? "-" : "") + (heads[column].dataset.sort || column));
      const text = query.toString();
      try {
        history.replaceState(history.state, "", `${location.pathname}${text && "?"}${text}${location.hash}`);
      } catch {
        // A page on a disk has a fixed address in some browsers.
      }
    }

    const wanted = new URLSearchParams(location.search).get(key) ?? "";
    heads.forEach((head, column) => {
      if (head.dataset.sort === undefined && sample?.cells[column]?.dataset.sort === undefined) return;
      const first = head.dataset.sort?.startsWith("-") ? -1 : 1; // best first where high numbers are best
      const button = document.createElement("button");
      button.type = "button";
      button.className = "pt-sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort") === "ascending" ? 1 : head.hasAttribute("aria-sort") ? -1 : 0;
        const next = now === 0 ? first : now === first ? -first : 0;
        sort(column, /** @type {-1 | 0 | 1} */ (next));
        remember(column, next);
      });
      const name = head.dataset.sort || String(column);
      if (wanted === name) sort(column, 1);
      if (wanted === `-${name}`) sort(column, -1);
    });
  }

  [...document.querySelectorAll("table")]
    .filter((table) => table.querySelector("[data-sort]"))
    .forEach(enhance);
})();
