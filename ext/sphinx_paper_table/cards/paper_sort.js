// @ts-check
// Tables that readers sort by a click on a heading: those whose headings, or cells, have `data-sort`. A second click
// turns the order round, a third brings back that of the page. Without a script the page's order stays.
const paperSort = (() => {
  "use strict";
  const { all, make, prefixOf, putQuery } = paperTable;

  /** What a cell is sorted by. @param {HTMLTableRowElement} row @param {number} column */
  const valueOf = (row, column) => row.cells[column]?.dataset.sort ?? row.cells[column]?.textContent?.trim() ?? "";

  /**
   * How two values stand to each other: numbers as numbers, words in the order of the language.
   * @param {string} a @param {string} b @param {number} direction @param {string} [language]
   */
  function compare(a, b, direction, language) {
    if (!a || !b) return Number(!a) - Number(!b); // what is not known stands last, in both directions
    const apart = Number(a) - Number(b);
    return direction * (Number.isNaN(apart) ? a.localeCompare(b, language, { numeric: true }) : apart);
  }

  /** What the next click on a heading brings: its first direction, the other, none. @param {number} now @param {number} first */
  const directionAfter = (now, first) => (now === 0 ? first : now === first ? -first : 0);

  /** The query with an order in it, or without. @param {string} search @param {string} key @param {string} name @param {number} direction */
  function queryWith(search, key, name, direction) {
    const query = new URLSearchParams(search);
    query.delete(key);
    if (direction) query.set(key, (direction < 0 ? "-" : "") + name);
    return query;
  }

  /** @param {HTMLTableElement} table @param {number} number of this table on the page */
  function enhance(table, number) {
    const key = `${prefixOf(number)}order`;
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    const bodies = [...table.tBodies].map((body) => ({ body, rows: [...body.rows].filter((row) => row.cells.length === heads.length) }));
    const sample = bodies.flatMap(({ rows }) => rows)[0];

    /** @param {number} column @param {number} direction 0 for that of the page */
    function sort(column, direction) {
      heads.forEach((head, index) => {
        head.ariaSort = index === column && direction ? (direction > 0 ? "ascending" : "descending") : null;
      });
      const language = document.documentElement.lang;
      for (const { body, rows } of bodies)
        body.append(...(direction ? [...rows].sort((a, b) => compare(valueOf(a, column), valueOf(b, column), direction, language)) : rows));
    }

    const wanted = new URLSearchParams(location.search).get(key) ?? "";
    heads.forEach((head, column) => {
      if (head.dataset.sort === undefined && sample?.cells[column]?.dataset.sort === undefined) return;
      const first = head.dataset.sort?.startsWith("-") ? -1 : 1; // best first where high numbers are best
      const name = head.dataset.sort || String(column);
      const button = make("button", { type: "button", className: "pt-sort" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const now = head.ariaSort === "ascending" ? 1 : head.ariaSort ? -1 : 0;
        const next = directionAfter(now, first);
        sort(column, next);
        putQuery(queryWith(location.search, key, name, next));
      });
      if (wanted === name) sort(column, 1);
      if (wanted === `-${name}`) sort(column, -1);
    });
  }

  /** @type {HTMLTableElement[]} */ (all("table")).filter((table) => table.querySelector("[data-sort]")).forEach(enhance);

  return { compare, directionAfter, enhance, queryWith };
})();
