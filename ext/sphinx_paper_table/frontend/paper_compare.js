// @ts-check
// Methods side by side, as the reader chooses: those that the address names (`?m=…&m=…`), from the site's own data.
// The table stands in the page with its labels; this fills it. The data are scripts, which browsers also read from disks.
(() => {
  "use strict";
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
      const script = document.createElement("script");
      script.src = ROOT + address;
      script.onload = () => done(data[name]);
      script.onerror = fail;
      document.head.append(script);
    });
    asked.set(name, found);
    return found;
  }

  /** @param {string} name @param {(Node | string)[]} content */
  function make(name, ...content) {
    const element = document.createElement(name);
    element.append(...content);
    return element;
  }

  /** A link, or its text where there is no address. @param {string} text @param {string | undefined} address */
  function link(text, address) {
    if (!address) return text;
    const found = document.createElement("a");
    found.href = /^https?:/.test(address) ? address : ROOT + address;
    found.textContent = text;
    return found;
  }

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

    /** @param {(Node | string)[]} parts */
    const listed = (parts) => parts.flatMap((part, index) => (index ? [words.comma ?? "", part] : [part]));

    /** @type {Record<string, (method: Method) => any[]>} */
    const cells = {
      title: ({ title = "" }) => [Object.assign(make("cite", title), { lang: "en" })],
      published: ({ published = "" }) => [published],
      date: ({ date = "" }) => [date],
      places: ({ places = [] }) => [places.join(words.colon)],
      tags: ({ tags = [] }) => listed(tags.map((/** @type {string[]} */ tag) => link(tag[0], tag[1]))),
      relations: ({ relations = [] }) =>
        relations.filter(([, id]) => chosen.includes(id)).map(([label, id]) => make("div", `${label} ${methods.methods[id][0]}`)),
      links: ({ links = [] }) => listed(links.map((/** @type {string[]} */ entry) => link(kinds[entry[0]], entry[1]))),
    };

    /** A row of plain text. @param {string} row @returns {(method: Method) => any[]} */
    const declared = (row) => ({ more = {} }) => [more[row] ?? ""];

    /** @param {string[]} score */
    function scored([, , value, setting, secondary]) {
      const found = make("div", make("strong", value));
      if (setting) found.append(" ", Object.assign(make("span", setting), { className: "pt-setting" }));
      if (secondary) found.append(make("small", words.secondary ?? ""));
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
        const remove = Object.assign(make("button", "✕"), { type: "button", onclick: () => choose(chosen.filter((id) => id !== wanted[index])) });
        remove.setAttribute("aria-label", `${words.remove} ${method.name}`);
        remove.title = remove.getAttribute("aria-label") ?? "";
        head.append(Object.assign(make("th", link(method.name, method.url), remove), { scope: "col" }));
      });
      body.querySelectorAll("[data-benchmark]").forEach((row) => row.remove());
      body.querySelectorAll("td").forEach((cell) => cell.remove());
      for (const row of body.querySelectorAll("tr")) {
        const filled = columns.map((method) => make("td", ...(cells[row.dataset.row ?? ""] ?? declared(row.dataset.row ?? ""))(method)));
        row.append(...filled);
        row.hidden = filled.every((cell) => !cell.textContent);
      }
      const last = body.querySelector("[data-row=links]");
      const names = new Map(columns.flatMap(({ scores = [] }) => scores.map(([id, name]) => [id, name])));
      for (const [id, name] of names) {
        const own = columns.map(({ scores = [] }) => scores.filter(([other]) => other === id));
        if (own.filter((found) => found.length).length < 2) continue;
        const row = make("tr", Object.assign(make("th", name), { scope: "row" }), ...own.map((found) => make("td", ...found.map(scored))));
        row.dataset.benchmark = id;
        last?.before(row);
      }
      for (const cell of frame.querySelectorAll("td")) cell.role = "cell";
      for (const cell of frame.querySelectorAll("th")) cell.role = cell.scope === "col" ? "columnheader" : "rowheader";
      for (const row of frame.querySelectorAll("tr")) row.role = "row";
      frame.style.setProperty("--n", `${columns.length}`);
      frame.hidden = !columns.length;
    }

    /** @param {string[]} ids @param {boolean} [remember] */
    function choose(ids, remember = true) {
      chosen = ids;
      status.textContent = "";
      if (remember) {
        const query = new URLSearchParams(ids.map((id) => ["m", id]));
        try {
          history.pushState(null, "", `${location.pathname}${ids.length ? "?" : ""}${query}`);
        } catch {
          // A page on a disk has a fixed address in some browsers.
        }
      }
      show().catch(() => (status.textContent = words.failed ?? ""));
    }

    /** The methods in the address, under their present names. */
    function recall() {
      const ids = new URLSearchParams(location.search).getAll("m").map((id) => methods.aliases[id] ?? id);
      const known = [...new Set(ids)].filter((id) => Object.hasOwn(methods.methods, id));
      choose(known.slice(0, MOST), false);
      if (known.length < new Set(ids).size) status.textContent = words.unknown ?? "";
    }

    /** @type {Record<string, any>} */
    let methods;
    form.hidden = false;
    /** @type {HTMLElement} */ (view.querySelector(".pt-plain")).hidden = true;
    try {
      methods = await read("methods", "data/methods.js");
    } catch {
      status.textContent = words.failed ?? "";
      return;
    }
    for (const [name, survey] of Object.values(methods.methods))
      list.append(Object.assign(document.createElement("option"), { value: name, label: methods.surveys[survey] }));

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field.value.trim().toLowerCase();
      const found = Object.entries(methods.methods).find(([id, [name]]) => id === text || name.toLowerCase() === text);
      if (!found) status.textContent = words.unknown ?? "";
      else if (chosen.includes(found[0])) status.textContent = words.again ?? "";
      else if (chosen.length === MOST) status.textContent = words.full ?? "";
      else {
        field.value = "";
        choose([...chosen, found[0]]);
      }
    });
    addEventListener("popstate", recall);
    recall();
  }

  document.querySelectorAll(".pt-chooser").forEach((view) => view instanceof HTMLElement && enhance(view));
})();
