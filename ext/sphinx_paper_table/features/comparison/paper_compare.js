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
   *   tags?: string[][], relations?: string[][], reasons?: string[][], authors?: string, said?: string, links?: string[][], scores?: string[][], more?: Record<string, string>}} Method
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

  // On a phone the table has another display, by which some browsers forget what it is.
  const ROLES = { table: "table", "thead, tbody": "rowgroup", tr: "row", td: "cell", "thead th": "columnheader", "tbody th": "rowheader" };

  /** @param {HTMLElement} frame */
  function tellRoles(frame) {
    for (const [selector, role] of Object.entries(ROLES)) for (const element of all(selector, frame)) element.role = role;
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
    const [offered, related] = all(".pt-suggest", view);
    const example = view.querySelector(".pt-example");
    const differ = view.querySelector(".pt-differ");
    tellRoles(frame);
    /** The table as it stands in the page: an example. */
    const [firstHead, firstBody] = [head, body].map((part) => [...part.children].map((child) => child.cloneNode(true)));
    /** @type {string[]} */
    let chosen = [];

    const nameOf = (/** @type {string} */ id) => methods.methods[id][0];

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
      authors: ({ authors = "" }) => [make("span", { lang: "en" }, authors)],
      said: ({ said = "" }) => [said],
      relations: ({ relations = [] }) =>
        relations.filter(([, id]) => chosen.includes(id)).map(([label, id]) => make("div", {}, `${label} `, linkTo(id))),
      reasons: ({ reasons = [] }) =>
        reasons.filter(([, id]) => chosen.includes(id)).map(([label, id, why]) => make("div", {}, `${label} `, linkTo(id), `${words.colon}${why}`)),
      links: ({ links = [] }) => listed(links.map((/** @type {string[]} */ entry) => link(kinds[entry[0]], entry[1]))),
    };

    /** One of the methods that stand here. @param {string} id */
    const linkTo = (id) => link(nameOf(id), data[methods.methods[id][1]]?.[id]?.url);

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
      example?.toggleAttribute("hidden", Boolean(columns.length));
      differ?.toggleAttribute("hidden", columns.length === 1);
      if (!columns.length) {
        head.replaceChildren(...firstHead.map((child) => child.cloneNode(true)));
        body.replaceChildren(...firstBody.map((child) => child.cloneNode(true)));
        frame.hidden = head.cells.length < 2;
        frame.style.removeProperty("--n");
        return;
      }
      [...head.cells].slice(1).forEach((cell) => cell.remove());
      columns.forEach((method, index) => {
        const title = filled(words.remove, { method: method.name });
        const remove = make("button", { type: "button", ariaLabel: title, title, onclick: () => choose(chosen.filter((id) => id !== wanted[index])) }, "✕");
        head.append(make("th", { scope: "col" }, link(method.name, method.url), remove));
      });
      body.querySelectorAll("[data-benchmark]").forEach((row) => row.remove());
      body.querySelectorAll("td").forEach((cell) => cell.remove());
      for (const row of body.querySelectorAll("tr")) {
        const name = row.dataset.row ?? "";
        const contents = columns.map((method) => make("td", {}, ...(cells[name] ?? declared(name))(method)));
        row.append(...contents);
        row.hidden = contents.every((cell) => !cell.textContent);
      }
      const last = body.querySelector("[data-row=links]");
      const names = new Map(columns.flatMap(({ scores = [] }) => scores.map(([id, name]) => [id, name])));
      for (const [id, name] of names) {
        const own = columns.map(({ scores = [] }) => scores.filter(([other]) => other === id));
        if (own.filter((found) => found.length).length < 2) continue;
        const row = make("tr", {}, make("th", { scope: "row" }, name), ...own.map((found) => make("td", {}, ...found.map(scored))));
        row.dataset.benchmark = id;
        last?.before(row);
      }
      for (const row of body.querySelectorAll("tr")) {
        const texts = new Set([...row.querySelectorAll("td")].map((cell) => cell.textContent));
        row.classList.toggle("pt-same", columns.length > 1 && texts.size === 1);
      }
      tellRoles(frame);
      frame.style.setProperty("--n", `${columns.length}`);
      frame.hidden = !columns.length;
    }

    /** Offer methods as buttons. @param {HTMLElement} place @param {string} label @param {[string, string][]} found ids, and why */
    function offer(place, label, found) {
      const buttons = found.map(([id, why]) => {
        const title = filled(words.add, { method: nameOf(id) });
        const button = make("button", { type: "button", ariaLabel: `${title} ${why}`, onclick: () => choose([...chosen, id]) }, `+ ${nameOf(id)} `);
        if (why) button.append(make("small", {}, why));
        return make("li", {}, button);
      });
      if (place === offered && found.length > 1 && found.length <= MOST - chosen.length)
        buttons.push(make("li", {}, make("button", { type: "button", onclick: () => choose([...chosen, ...found.map(([id]) => id)]) }, words.all ?? "")));
      place.replaceChildren(make("p", {}, label), make("ul", {}, ...buttons));
      place.hidden = !found.length;
    }

    /** What the records relate to the methods that stand here; nothing is known of what readers compare. */
    function suggest() {
      /** @type {Map<string, string>} */
      const found = new Map();
      for (const one of chosen) {
        for (const [id, label, shared] of methods.near?.[one] ?? []) {
          const why = [label && `${label} ${nameOf(one)}`, shared && (shared > 1 ? filled(words.shared, { count: shared }) : words.one)];
          if (!chosen.includes(id) && !found.has(id)) found.set(id, why.filter(Boolean).join(words.comma));
        }
      }
      offer(related, words.related ?? "", chosen.length < MOST ? [...found].slice(0, 8) : []);
      offered.hidden = true;
    }

    /** Methods by a name that may be a part of it, or nearly it, the nearest first. @param {string} text */
    function named(text) {
      const names = /** @type {[string, string][]} */ (Object.entries(methods.methods).map(([id, [name]]) => [id, name.toLowerCase()]));
      const former = methods.aliases[text] ?? "";
      const exact = names.filter(([id, name]) => id === text || id === former || name === text);
      if (exact.length) return { sure: exact.map(([id]) => id), like: [] };
      const sure = names.filter(([id, name]) => name.startsWith(text) || id.startsWith(text));
      if (sure.length) return { sure: sure.map(([id]) => id), like: [] };
      const pairs = (/** @type {string} */ word) => new Set([...word].map((_, place) => word.slice(place, place + 2)));
      const mine = pairs(text);
      const likeness = (/** @type {string} */ name) => {
        const theirs = pairs(name);
        return (2 * [...mine].filter((pair) => theirs.has(pair)).length) / (mine.size + theirs.size) + Number(name.includes(text));
      };
      const like = names.map(([id, name]) => /** @type {const} */ ([likeness(name), id])).filter(([much]) => much > 0.3);
      return { sure: [], like: like.sort(([one], [other]) => other - one).map(([, id]) => id) };
    }

    /** @param {string[]} ids @param {boolean} [remember] */
    function choose(ids, remember = true) {
      chosen = ids;
      field.value = "";
      say();
      suggest();
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
      const { sure, like } = named(field.value.trim().toLowerCase());
      const left = [...sure, ...like].filter((id) => !chosen.includes(id)).slice(0, 8);
      offered.hidden = true;
      if (!sure.length && !left.length) say(words.unknown);
      else if (!left.length) say(words.again);
      else if (chosen.length === MOST) say(words.full);
      else if (sure.length && left.length === 1) choose([...chosen, left[0]]);
      else {
        say(sure.length ? words.which : words.unknown);
        offer(offered, words.which ?? "", left.map((id) => [id, methods.surveys[methods.methods[id][1]]]));
      }
    });
    addEventListener("popstate", recall);
    recall();
  }

  all(".pt-chooser").forEach(enhance);
})();
