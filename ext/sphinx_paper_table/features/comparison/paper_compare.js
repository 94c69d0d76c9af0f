// @ts-check
// Methods side by side, as the reader chooses: those that the address names (`?m=…&m=…`), from the site's own data.
// The table stands in the page with its labels; this fills it. The data are scripts, which browsers also read from disks.
(() => {
  "use strict";
  const { all, filled, make, putAddress } = paperTable;
  const MOST = 4;
  const ROOT = document.documentElement.dataset.content_root ?? "./";

  /**
   * What `features/comparison/files.py` writes of one; scores are [benchmark, its name, value, setting, by others?].
   * @typedef {{name: string, url?: string, title?: string, published?: string, date?: string, places?: string[],
   *   tags?: string[][], relations?: string[][], links?: string[][], scores?: string[][], more?: Record<string, string>}} Method
   */

  /** @type {Record<string, any>} */
  const data = {};
  Object.assign(window, { paperTableData: (/** @type {string} */ name, /** @type {any} */ value) => (data[name] = value) });

  /** @type {Map<string, Promise<any>>} */
  const asked = new Map();
  /** Read a file of the site once. @param {string} name @param {string} address */
  function read(name, address) {
    const found = asked.get(name) ?? new Promise((done, fail) => {
      document.head.append(make("script", { src: ROOT + address, onload: () => done(data[name]), onerror: fail }));
    });
    asked.set(name, found);
    return found;
  }

  /** A link, or its text where there is no address. @param {string} text @param {string | undefined} address */
  const link = (text, address) => (address ? make("a", { href: /^https?:/.test(address) ? address : ROOT + address }, text) : text);

  /** @param {HTMLElement} view */
  async function enhance(view) {
    const form = /** @type {HTMLFormElement} */ (view.querySelector("form"));
    const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
    const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
    const list = /** @type {HTMLElement} */ (form.querySelector("datalist"));
    const frame = /** @type {HTMLElement} */ (view.querySelector(".pt-scroll"));
    const head = /** @type {HTMLTableRowElement} */ (view.querySelector("thead tr"));
    const body = /** @type {HTMLElement} */ (view.querySelector("tbody"));
    const words = view.dataset;
    const kinds = JSON.parse(words.links ?? "{}");
    /** @type {string[]} */
    let chosen = [];

    const say = (message = "") => (status.textContent = message);

    /** @param {(Node | string)[]} parts */
    const listed = (parts) => parts.flatMap((part, index) => (index ? [words.comma ?? "", part] : [part]));

    /** @type {Record<string, (method: Method) => any[]>} */
    const cells = {
      title: ({ title = "" }) => [make("cite", { lang: "en" }, title)],
      published: ({ published = "" }) => [published],
      date: ({ date = "" }) => [date],
      places: ({ places = [] }) => [places.join(words.colon)],
      tags: ({ tags = [] }) => listed(tags.map((/** @type {string[]} */ tag) => link(tag[0], tag[1]))),
      relations: ({ relations = [] }) =>
        relations.filter(([, id]) => chosen.includes(id)).map(([label, id]) => make("div", {}, `${label} ${methods.methods[id][0]}`)),
      links: ({ links = [] }) => listed(links.map((/** @type {string[]} */ entry) => link(kinds[entry[0]], entry[1]))),
    };

    /** A row of plain text. @param {string} row @returns {(method: Method) => any[]} */
    const declared = (row) => ({ more = {} }) => [more[row] ?? ""];

    /** @param {string[]} score */
    function scored([, , value, setting, secondary]) {
      const found = make("div", {}, make("strong", {}, value));
      if (setting) found.append(" ", make("span", { className: "pt-setting" }, setting));
      if (secondary) found.append(make("small", {}, words.secondary ?? ""));
      return found;
    }

    /** Fill the table anew. */
    async function show() {
      const wanted = [...chosen];
      const surveys = wanted.map((id) => methods.methods[id][1]);
      const parts = await Promise.all(surveys.map((name) => read(name, methods.files?.[name] ?? `data/survey-${name}.js`)));
      if (String(wanted) !== String(chosen)) return; // the reader was quicker
      /** @type {Method[]} */
      const columns = wanted.map((id, index) => parts[index][id]);
      [...head.cells].slice(1).forEach((cell) => cell.remove());
      columns.forEach((method, index) => {
        const title = filled(words.remove, { method: method.name });
        const remove = make("button", { type: "button", ariaLabel: title, title, onclick: () => choose(chosen.filter((id) => id !== wanted[index])) }, "✕");
        head.append(make("th", { scope: "col", role: "columnheader" }, link(method.name, method.url), remove));
      });
      body.querySelectorAll("[data-benchmark]").forEach((row) => row.remove());
      body.querySelectorAll("td").forEach((cell) => cell.remove());
      for (const row of body.querySelectorAll("tr")) {
        const name = row.dataset.row ?? "";
        const contents = columns.map((method) => make("td", { role: "cell" }, ...(cells[name] ?? declared(name))(method)));
        row.append(...contents);
        row.hidden = contents.every((cell) => !cell.textContent);
      }
      const last = body.querySelector("[data-row=links]");
      const names = new Map(columns.flatMap(({ scores = [] }) => scores.map(([id, name]) => [id, name])));
      for (const [id, name] of names) {
        const own = columns.map(({ scores = [] }) => scores.filter(([other]) => other === id));
        if (own.filter((found) => found.length).length < 2) continue;
        const row = make("tr", { role: "row" }, make("th", { scope: "row", role: "rowheader" }, name), ...own.map((found) => make("td", { role: "cell" }, ...found.map(scored))));
        row.dataset.benchmark = id;
        last?.before(row);
      }
      frame.style.setProperty("--n", `${columns.length}`);
      frame.hidden = !columns.length;
    }

    /** @param {string[]} ids @param {boolean} [remember] */
    function choose(ids, remember = true) {
      chosen = ids;
      say();
      if (remember) {
        const query = new URLSearchParams(ids.map((id) => ["m", id]));
        putAddress(`${location.pathname}${ids.length ? "?" : ""}${query}`, "pushState"); // without a hash: it names nothing here
      }
      show().catch(() => say(words.failed));
    }

    /** The methods in the address, under their present names. */
    function recall() {
      const ids = new URLSearchParams(location.search).getAll("m").map((id) => methods.aliases[id] ?? id);
      const known = [...new Set(ids)].filter((id) => Object.hasOwn(methods.methods, id));
      choose(known.slice(0, MOST), false);
      if (known.length < new Set(ids).size) say(words.unknown);
    }

    /** @type {Record<string, any>} */
    let methods;
    form.hidden = false;
    /** @type {HTMLElement} */ (view.querySelector(".pt-plain")).hidden = true;
    try {
      methods = await read("methods", "data/methods.js");
    } catch {
      say(words.failed);
      return;
    }
    for (const [name, survey] of Object.values(methods.methods))
      list.append(make("option", { value: name, label: methods.surveys[survey] }));

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field.value.trim().toLowerCase();
      const found = Object.entries(methods.methods).find(([id, [name]]) => id === text || name.toLowerCase() === text);
      if (!found) say(words.unknown);
      else if (chosen.includes(found[0])) say(words.again);
      else if (chosen.length === MOST) say(words.full);
      else {
        field.value = "";
        choose([...chosen, found[0]]);
      }
    });
    addEventListener("popstate", recall);
    recall();
  }

  all(".pt-chooser").forEach(enhance);
})();
