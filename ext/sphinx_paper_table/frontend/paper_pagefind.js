// @ts-check
// The search page of a site that Pagefind has indexed. A query is in the address; results come while it is typed.
(() => {
  "use strict";
  const root = /** @type {HTMLElement | null} */ (document.querySelector(".pt-search"));
  const form = root?.querySelector("form");
  const field = form?.querySelector("input");
  const list = root?.querySelector("ol");
  const state = /** @type {HTMLElement | null} */ (root?.querySelector("[role=status]") ?? null);
  const more = /** @type {HTMLButtonElement | null} */ (root?.querySelector(".pt-more-hits") ?? null);
  if (!root || !form || !field || !list || !state || !more) return;
  const SHOWN = 10; // results at a time; each is a small file
  const PARTS = 3; // sections of a page
  const words = root.dataset;
  // Signs that are words of the index each, so that there are spaces around them that nobody wrote.
  const SIGN = "[\\p{Script=Han}\\u2014-\\u2026\\u3000-\\u303f\\uff00-\\uff65]";
  const MARK = "[\\u3000-\\u303f\\uff00-\\uff65]";
  const END = "(?:</mark>)?";
  const BEGIN = "(?:<mark>)?";
  const GAP = new RegExp(
    `(?<=${SIGN}${END}) +(?=${BEGIN}${SIGN})|(?<=(?:${MARK}|[(\\[])${END}) +| +(?=${BEGIN}(?:${MARK}|[)\\]]))`,
    "gu",
  );
  const bundle = new URL(words.bundle ?? "", location.href);
  const site = new URL("../", bundle);
  /** @type {Promise<any> | undefined} */
  let engine;
  let turn = 0;

  /** Pagefind itself, loaded once. @returns {Promise<any>} */
  function pagefind() {
    engine ??= import(bundle.href).then(async (found) => {
      // A worker would be one more thing to load, and there is little to do.
      await found.options({ noWorker: true, excerptLength: /^(zh|ja)/.test(document.documentElement.lang) ? 72 : 28 });
      await found.init();
      return found;
    });
    return engine;
  }

  /** @param {string} name @param {string} css @param {string} [text] */
  function element(name, css, text = "") {
    const made = document.createElement(name);
    made.className = css;
    made.textContent = text;
    return made;
  }

  /** @param {string} address @param {string} text */
  function link(address, text) {
    const made = document.createElement("a");
    made.href = new URL(address, site).href;
    made.textContent = text;
    return made;
  }

  /** What was written. @param {string} [text] */
  const joined = (text = "") => text.replace(GAP, "").replaceAll("</mark><mark>", "");

  /** The results for a query: all its words, and its runs of ideographs as phrases. Those have no rank of their own, but
   * mark what they are. @param {string} query @returns {Promise<any[]>} */
  async function ask(query) {
    const found = await pagefind();
    const spaced = (/** @type {string} */ text) => [...text].join(" ");
    const runs = [...new Set(query.match(/\p{Script=Han}+/gu) ?? [])].map((run) => `"${spaced(run)}"`);
    const asked = query.replaceAll('"', " ").replace(/\p{Script=Han}+/gu, (run) => ` ${spaced(run)} `);
    const [all, ...phrases] = await Promise.all(
      [asked, ...runs].map(async (part) => /** @type {any[]} */ ((await found.search(part)).results)),
    );
    const known = phrases.map((list) => new Map(list.map((result) => [result.id, result])));
    return all
      .filter((result) => known.every((phrase) => phrase.has(result.id)))
      .map((result) => known[0]?.get(result.id) ?? result);
  }

  /** Whether a result has what was asked for: of a word that is nowhere, Pagefind takes the first letters.
   * @param {any} result @param {string} query */
  async function isMeant(result, query) {
    const found = await result.data();
    const said = found.raw_content.toLowerCase();
    const asked = query.toLowerCase().match(/[^\P{Letter}\p{Script=Han}]{3,}/gu) ?? [];
    return asked.every((word) => said.includes(word.slice(0, Math.max(3, word.length >> 1))));
  }

  /** Pagefind's excerpt, of which nothing but the marks is mark-up. @param {string} text */
  function excerpt(text) {
    const made = element("p", "pt-excerpt");
    const plain = /** @param {string} part */ (part) =>
      part.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    joined(text).split(/<\/?mark>/).forEach((part, index) => {
      made.append(index % 2 ? element("mark", "", plain(part)) : plain(part));
    });
    return made;
  }

  /** @param {any} found */
  function hit(found) {
    const { meta } = found;
    const item = document.createElement("li");
    const head = element("h2", "pt-hit");
    head.append(link(meta.url, joined(meta.title)));
    item.append(head);
    const facts = [meta.page, meta.published].filter(Boolean).map(joined).join(" · ");
    if (facts) item.append(element("p", "pt-published", facts));
    if (meta.work) {
      const work = element("p", "pt-title", joined(meta.work));
      work.lang = meta.work_lang ?? "";
      item.append(work);
    }
    const parts = found.sub_results.filter((/** @type {any} */ part) => part.anchor && part.anchor.element !== "h1");
    item.append(excerpt(found.excerpt));
    if (!meta.page && parts.length) {
      const line = element("p", "pt-parts");
      parts.slice(0, PARTS).forEach((/** @type {any} */ part, /** @type {number} */ index) => {
        line.append(index ? " · " : "", link(`${meta.url}#${part.anchor.id}`, joined(part.title)));
      });
      item.append(line);
    }
    return item;
  }

  /** Show the next results. @param {string} query @param {any[]} results @param {number} from @param {number} mine */
  async function show(query, results, from, mine) {
    const found = await Promise.all(results.slice(from, from + SHOWN).map((result) => result.data()));
    if (mine !== turn) return; // the reader has typed on
    // Whoever types a name wants what has it, more than what is about that.
    const named = /** @param {any} one */ (one) => Number(one.meta.title.toLowerCase() === query.toLowerCase());
    const items = found.sort((a, b) => named(b) - named(a)).map(hit);
    if (from) list?.append(...items);
    else list?.replaceChildren(...items);
    if (!more) return;
    more.hidden = from + SHOWN >= results.length;
    more.onclick = async () => {
      await show(query, results, from + SHOWN, mine);
      /** @type {HTMLElement | null | undefined} */ (items.at(-1)?.nextElementSibling?.querySelector("a"))?.focus();
    };
  }

  /** @param {string} query */
  async function search(query) {
    const mine = ++turn;
    const url = new URL(location.href);
    if (query) url.searchParams.set("q", query);
    else url.searchParams.delete("q");
    history.replaceState(history.state, "", url);
    let results = [];
    try {
      results = query ? await ask(query) : [];
      for (const result of results.slice(0, SHOWN)) void result.data(); // all at once; it keeps them
      if (results.length && !(await isMeant(results[0], query))) results = [];
    } catch (error) {
      say(words.failed ?? "");
      engine = undefined; // the next query tries again
      throw error;
    }
    if (mine !== turn) return;
    await show(query, results, 0, mine);
    if (mine !== turn) return;
    const count = results.length === 1 ? words.one : words.count?.replace("{count}", results.length.toLocaleString());
    say(!query ? "" : ((results.length ? count : words.none?.replace("{query}", query)) ?? ""));
  }

  /** @param {string} text */
  function say(text) {
    if (state) state.textContent = text;
  }

  /** Move among field and results by the arrows. @param {KeyboardEvent} event */
  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const stops = [field, ...(root?.querySelectorAll(".pt-hit > a") ?? [])];
    const next = stops[stops.indexOf(/** @type {any} */ (document.activeElement)) + step];
    if (!(next instanceof HTMLElement) || !stops.includes(/** @type {any} */ (document.activeElement))) return;
    event.preventDefault();
    next.focus();
  }

  let timer = 0;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    void search(field.value.trim());
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void search(field.value.trim()), 150);
  });
  root.addEventListener("keydown", move);
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) void search(field.value.trim());
  else field.focus();
})();
