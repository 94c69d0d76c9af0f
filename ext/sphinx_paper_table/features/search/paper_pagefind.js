// @ts-check
// The search page of a site that Pagefind has indexed. A query is in the address; results come while it is typed.
const paperPagefind = (() => {
  "use strict";
  const { filled, isPlain, make, putAddress } = paperTable;
  const SHOWN = 10; // results at a time; each is a small file
  const PARTS = 3; // sections of a page
  // Signs that are words of the index each, so that there are spaces around them that nobody wrote.
  const SIGN = "[\\p{Script=Han}\\u2014-\\u2026\\u3000-\\u303f\\uff00-\\uff65]";
  const MARK = "[\\u3000-\\u303f\\uff00-\\uff65]";
  const END = "(?:</mark>)?";
  const BEGIN = "(?:<mark>)?";
  const GAP = new RegExp(
    `(?<=${SIGN}${END}) +(?=${BEGIN}${SIGN})|(?<=(?:${MARK}|[(\\[])${END}) +| +(?=${BEGIN}(?:${MARK}|[)\\]]))`,
    "gu",
  );

  /** What was written. @param {string} [text] */
  const joined = (text = "") => text.replace(GAP, "").replaceAll("</mark><mark>", "");

  /** What Pagefind is asked for: all the words, each ideograph as one, then every run of ideographs as a phrase. @param {string} query */
  function asked(query) {
    const spaced = (/** @type {string} */ text) => [...text].join(" ");
    const runs = [...new Set(query.match(/\p{Script=Han}+/gu) ?? [])].map((run) => `"${spaced(run)}"`);
    return [query.replaceAll('"', " ").replace(/\p{Script=Han}+/gu, (run) => ` ${spaced(run)} `), ...runs];
  }

  /** Whether a text has what was asked for: of a word that is nowhere, Pagefind takes the first letters. @param {string} text @param {string} query */
  function isMeant(text, query) {
    const words = query.toLowerCase().match(/[^\P{Letter}\p{Script=Han}]{3,}/gu) ?? [];
    const said = text.toLowerCase();
    return words.every((word) => said.includes(word.slice(0, Math.max(3, word.length >> 1))));
  }

  /** The parts of Pagefind's excerpt, of which nothing but the marks is mark-up; every other one is marked. @param {string} text */
  const excerptParts = (text) =>
    joined(text)
      .split(/<\/?mark>/)
      .map((part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"));

  const computed = { asked, excerptParts, isMeant, joined };

  const root = /** @type {HTMLElement | null} */ (document.querySelector(".pt-search"));
  const form = root?.querySelector("form");
  const field = form?.querySelector("input");
  const list = root?.querySelector("ol");
  const state = /** @type {HTMLElement | null} */ (root?.querySelector("[role=status]") ?? null);
  const more = /** @type {HTMLButtonElement | null} */ (root?.querySelector("ol ~ .pt-more-hits") ?? null);
  const records = /** @type {HTMLElement | null} */ (root?.querySelector(".pt-records") ?? null);
  if (!root || !form || !field || !list || !state || !more || !records) return computed;
  const words = root.dataset;
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

  /** @param {string} address @param {string} text */
  const link = (address, text) => make("a", { href: new URL(address, site).href }, text);

  /** The results for a query: all its words, and its runs of ideographs as phrases. Those have no rank of their own, but
   * mark what they are. @param {string} query @returns {Promise<any[]>} */
  async function ask(query) {
    const found = await pagefind();
    const [all, ...phrases] = await Promise.all(
      asked(query).map(async (part) => /** @type {any[]} */ ((await found.search(part)).results)),
    );
    const known = phrases.map((list) => new Map(list.map((result) => [result.id, result])));
    return all
      .filter((result) => known.every((phrase) => phrase.has(result.id)))
      .map((result) => known[0]?.get(result.id) ?? result);
  }

  /** @param {any} found */
  function hit(found) {
    const { meta } = found;
    const item = make("li", {}, make("h2", { className: "pt-hit" }, link(meta.url, joined(meta.title))));
    const facts = [meta.page, meta.published].filter(Boolean).map(joined).join(" · ");
    if (facts) item.append(make("p", { className: "pt-published" }, facts));
    if (meta.work) item.append(make("p", { className: "pt-title", lang: meta.work_lang ?? "" }, joined(meta.work)));
    const parts = found.sub_results.filter((/** @type {any} */ part) => part.anchor && part.anchor.element !== "h1");
    const excerpt = excerptParts(found.excerpt).map((part, index) => (index % 2 ? make("mark", {}, part) : part));
    item.append(make("p", { className: "pt-excerpt" }, ...excerpt));
    if (!meta.page && parts.length) {
      const line = make("p", { className: "pt-parts" });
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
    putAddress(url.href);
    let results = [];
    try {
      results = query ? await ask(query) : [];
      for (const result of results.slice(0, SHOWN)) void result.data(); // all at once; it keeps them
      if (results.length && !isMeant((await results[0].data()).raw_content, query)) results = [];
    } catch (error) {
      say(words.failed ?? "");
      engine = undefined; // the next query tries again
      throw error;
    }
    if (mine !== turn) return;
    const named = await showRecords(query);
    await show(query, results, 0, mine);
    if (mine !== turn) return;
    const message = !query || (named && !results.length) ? "" : !results.length ? words.none : results.length === 1 ? words.one : words.count;
    say(filled(message, { count: results.length.toLocaleString(), query }));
  }

  /** Show methods and references before what Pagefind finds; return how many there are. @param {string} query */
  async function showRecords(query) {
    if (!records || !words.records) return 0;
    Object.assign(records.dataset, words);
    try {
      return (await paperFind.show(records, query)).count;
    } catch {
      return 0; // the text is found all the same
    }
  }

  /** @param {string} text */
  function say(text) {
    if (state) state.textContent = text;
  }

  /** Move among field and results by the arrows. @param {KeyboardEvent} event */
  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !isPlain(event)) return;
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
  return computed;
})();
