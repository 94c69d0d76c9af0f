// @ts-check
// A list of methods as a table, if the reader wants that: a row for each, with headings to sort by. It shows what the
// bar lets through, and the choice stands in the address. Without a script there is the list.
(() => {
  "use strict";
  const { all, make, prefixOf, putQuery } = paperTable;

  /** What the bar calls its choices of a kind, without their counts. @param {HTMLElement} view @param {string} name */
  const labelsOf = (view, name) =>
    /** @type {HTMLElement[]} */ (all(`option[value]:not([value=""]), input`, view))
      .filter((field) => (field.closest("[name]") ?? field).getAttribute("name") === name)
      .map((field) => {
        const label = field instanceof HTMLOptionElement ? field.text : (field.nextSibling?.nodeValue ?? "");
        return label.replace(/\(\d+\)$/, "").trim();
      });

  /** @param {HTMLElement} view @param {number} number */
  function enhance(view, number) {
    const words = JSON.parse(view.dataset.words ?? "{}");
    const key = `${prefixOf(number)}view`;
    const bar = view.querySelector(".pt-filter-line");
    const lines = [...new Map(all(".pt-lines [data-f]", view).map((line) => [line.dataset.paper, line])).values()];
    const button = make("button", { type: "button", textContent: words.table });
    /** @type {{ line: HTMLElement, row: HTMLTableRowElement }[]} */
    let rows = [];
    /** @type {HTMLElement | undefined} */
    let frame;

    /** A copy of an element of a line. @param {HTMLElement} line @param {string} selector */
    const copyOf = (line, selector) => [...all(selector, line)].slice(0, 1).map((found) => found.cloneNode(true));

    function build() {
      const [venues, tags] = [labelsOf(view, "venue"), labelsOf(view, "tag")];
      const cells = lines.map((line) => {
        const { places, year } = paperFilter.factsOf(line.dataset.f);
        const home = copyOf(line, ".pt-survey a");
        const venue = places[1].map((place) => venues[Number(place)] ?? "").join(", ");
        const all = places[0].map((place) => tags[Number(place)] ?? "").join(", ");
        const cite = line.dataset.key ? [make("code", { textContent: line.dataset.key })] : [];
        return [[...(line.querySelector(".pt-name")?.cloneNode(true).childNodes ?? [])], [year], [venue], home, [all], cite];
      });
      const kept = words.columns.map((/** @type {string} */ _, /** @type {number} */ column) => cells.some((row) => row[column].some((part) => part !== "")));
      const table = make("table", { className: "pt-table pt-methods docutils" }, make("caption", { className: "pt-hidden", textContent: words.caption }));
      const head = table.createTHead().insertRow();
      words.columns.forEach((/** @type {string} */ word, /** @type {number} */ column) => {
        if (!kept[column]) return;
        const heading = make("th", { scope: "col", textContent: word });
        heading.dataset.sort = column === 1 ? "-year" : ["name", "", "venue", "survey", "tags", "key"][column];
        head.append(heading);
      });
      const body = table.createTBody();
      rows = cells.map((row, place) => {
        const shown = body.insertRow();
        row.forEach((parts, column) => {
          if (kept[column]) shown.append(make(column ? "td" : "th", column ? {} : { scope: "row" }, ...parts));
        });
        return { line: lines[place], row: shown };
      });
      paperSort.enhance(table, number);
      const made = make("div", { className: "pt-scroll", tabIndex: 0, role: "region", ariaLabel: words.caption }, table);
      view.append(made);
      return made;
    }

    /** Show the rows of the lines that show. */
    function follow() {
      for (const { line, row } of rows) if (row.hidden !== line.hidden) row.hidden = line.hidden;
    }

    /** @param {boolean} isTable */
    function show(isTable) {
      if (isTable) frame ??= build();
      view.classList.toggle("pt-tabular", isTable);
      button.ariaPressed = String(isTable);
      if (frame) frame.hidden = !isTable;
      follow();
    }

    button.addEventListener("click", () => {
      const query = new URLSearchParams(location.search);
      const isTable = button.ariaPressed !== "true";
      query.delete(key);
      if (isTable) query.set(key, "table");
      show(isTable);
      putQuery(query);
    });
    bar?.append(button);
    new MutationObserver(follow).observe(view, { subtree: true, attributes: true, attributeFilter: ["hidden"] });
    show(new URLSearchParams(location.search).get(key) === "table" && !location.hash);
  }

  all(".pt-index[data-words]").forEach(enhance);
})();
