// @ts-check
// Methods and references for a query, best first, from a file of the site that has them all: what both search pages
// show before pages. A word that nothing begins with is taken for the nearest one that something has.
const paperFind = (() => {
  "use strict";
  const { filled, make } = paperTable;
  const SHOWN = 6; // at a time, of each kind
  const ROOT = document.documentElement.dataset.content_root ?? "./";
  // What `search_file.py` writes of one, in its order; and how much a word counts for in each. The rest is no text.
  const FIELDS = ["name", "url", "survey", "published", "title", "authors", "words", "summary", "cited"];
  /** @type {Record<string, number>} */
  const WEIGHTS = { name: 10, words: 7, title: 5, first: 7, authors: 5, published: 3, survey: 2, summary: 2 };
  const NAMED = 60; // the query is its name
  const BEGUN = 25; // the query begins its name
  const QUOTED = 12; // its title or authors have the query as it is
  const CITED = 0.75; // for each doubling of those that relate to it
  const BEGINS = 0.75; // a word that only begins so
  const SIGNS = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3005\\u3007\\u30fc";
  const WORDS = new RegExp(`[${SIGNS}]+|(?:(?![${SIGNS}])[\\p{Letter}\\p{Number}])+`, "gu");
  const IS_SIGNS = new RegExp(`^[${SIGNS}]`, "u");

  /**
   * @typedef {Record<string, any> & {texts: Record<string, string>, split: Record<string, string[]>}} Entry
   * @typedef {{entries: Entry[], terms: Map<string, number>}} Index
   */

  /** Letters without case and accents. @param {string} text */
  const folded = (text) => text.normalize("NFKD").replace(/\p{Mark}/gu, "").toLowerCase();

  /** Words, and runs of the signs that are written without spaces. @param {string} text @returns {string[]} */
  const wordsOf = (text) => folded(text).match(WORDS) ?? [];

  /** Records as they are searched. @param {any[][]} records @returns {Index} */
  function indexOf(records) {
    /** @type {Map<string, number>} */
    const terms = new Map();
    const entries = records.map((record) => {
      const entry = /** @type {Entry} */ (Object.fromEntries(FIELDS.map((name, place) => [name, record[place]])));
      entry.first = entry.authors.split(/[,，、]/, 1)[0]; // whom others cite it by
      entry.texts = {};
      entry.split = {};
      for (const name of Object.keys(WEIGHTS)) {
        entry.texts[name] = folded(entry[name]);
        entry.split[name] = wordsOf(entry[name]);
      }
      entry.split.name.push(entry.split.name.join("")); // "mocov3"
      for (const word of new Set(Object.values(entry.split).flat())) terms.set(word, (terms.get(word) ?? 0) + 1);
      return entry;
    });
    return { entries, terms };
  }

  /**
   * How many letters have to be put in, left out, changed or swapped with the next to make one word of another, if at
   * most that many: optimal string alignment, https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance
   * @param {string} one @param {string} other @param {number} most
   */
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = /** @type {number[]} */ ([]);
    let last = Array.from({ length: other.length + 1 }, (_, place) => place);
    for (let row = 1; row <= one.length; row++) {
      const now = [row];
      for (let column = 1; column <= other.length; column++) {
        const same = one[row - 1] === other[column - 1];
        now[column] = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + Number(!same));
        const isSwapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
        if (isSwapped) now[column] = Math.min(now[column], before[column - 2] + 1);
      }
      if (Math.min(...now) > most) return most + 1;
      [before, last] = [last, now];
    }
    return last[other.length];
  }

  /** The word that was likely meant: itself, or where nothing begins so the nearest of the most. @param {string} word @param {Map<string, number>} terms */
  function meant(word, terms) {
    const most = word.length < 4 || IS_SIGNS.test(word) || /\d/.test(word) ? 0 : word.length < 8 ? 1 : 2;
    const known = [...terms.keys()];
    if (!most || known.some((term) => term.startsWith(singular(word)))) return word;
    let best = word;
    let rank = [most + 1, -Infinity];
    for (const term of known) {
      const found = [distance(word, term, most), -(terms.get(term) ?? 0)];
      if (found[0] < rank[0] || (found[0] === rank[0] && found[1] < rank[1])) [best, rank] = [term, found];
    }
    return best;
  }

  /** A word without the ending of plurals, which English names and texts have here and lack there. @param {string} word */
  const singular = (word) => (word.length > 4 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word);

  /** How well a word fits an entry, 0 if nowhere. @param {string} word @param {Entry} entry */
  function fit(word, entry) {
    let best = 0;
    for (const [name, weight] of Object.entries(WEIGHTS)) {
      if (weight <= best) continue;
      if (IS_SIGNS.test(word)) {
        if (entry.texts[name].includes(word)) best = weight;
      } else if (entry.split[name].includes(word)) best = weight;
      else if (weight * BEGINS > best && entry.split[name].some((other) => other.startsWith(singular(word)))) best = weight * BEGINS;
    }
    return best;
  }

  /** The entries that have all the words, or if none has, most of them; best first. @param {Index} index @param {string[]} words @returns {Entry[]} */
  function ranked({ entries }, words) {
    const fits = entries.map((entry) => words.map((word) => fit(word, entry)));
    // A word that few have says more.
    const rarity = words.map((_, place) => Math.log(1 + entries.length / (1 + fits.filter((fit) => fit[place]).length)));
    const whole = words.join(" ");
    const counts = fits.map((fit) => fit.filter(Boolean).length);
    const most = Math.max(...counts, words.length / 2 + 0.5);
    /** @type {[number, Entry][]} */
    const found = [];
    entries.forEach((entry, number) => {
      if (counts[number] < most) return;
      let score = fits[number].reduce((sum, fit, place) => sum + fit * rarity[place], 0) / words.length;
      const joined = entry.split.name.at(-1) ?? "";
      if (joined === words.join("")) score += NAMED;
      else if (joined.startsWith(words.join(""))) score += BEGUN;
      if (["title", "authors"].some((part) => ` ${entry.split[part].join(" ")} `.includes(` ${whole} `))) score += QUOTED;
      found.push([score + CITED * Math.log2(1 + entry.cited), entry]);
    });
    return found.sort((a, b) => b[0] - a[0]).map(([, entry]) => entry);
  }

  /**
   * What a query finds of each kind, and the query as it was taken: empty where nothing had to be guessed.
   * @param {{methods: Index, references: Index}} all @param {string} query
   */
  function found({ methods, references }, query) {
    const asked = wordsOf(query);
    const terms = new Map([...references.terms, ...methods.terms]);
    const words = asked.map((word) => meant(word, terms));
    const guess = String(words) === String(asked) ? "" : words.join(" ");
    return { guess, methods: words.length ? ranked(methods, words) : [], references: words.length ? ranked(references, words) : [] };
  }

  /** @type {Promise<{methods: Index, references: Index}> | undefined} */
  let loading;
  /** @type {Record<string, (data: Record<string, any>) => void>} */
  const asked = {};
  /** A file of the site. @param {string} name @returns {Promise<Record<string, any>>} */
  const read = (name) => new Promise((done, fail) => {
    asked[name] = done;
    Object.assign(window, { paperTableData: (/** @type {string} */ own, /** @type {any} */ data) => asked[own](data) });
    document.head.append(make("script", { src: `${ROOT}data/${name}.js`, onload: fail, onerror: fail })); // a fulfilled promise stays so
  });
  /** All parts of the file. */
  async function readAll() {
    const first = await read("search");
    const parts = [first, ...(await Promise.all((first.parts ?? []).map(read)))];
    const all = (/** @type {string} */ kind) => indexOf(parts.flatMap((part) => part[kind]));
    return { methods: all("methods"), references: all("references") };
  }
  const load = () => (loading ??= readAll());

  /** @param {Entry} entry */
  function item(entry) {
    const facts = [entry.survey, entry.published].filter(Boolean).join(" · ");
    const found = make("li", {}, make("h3", { className: "pt-hit" }, make("a", { href: ROOT + entry.url }, entry.name)));
    if (facts) found.append(make("p", { className: "pt-published" }, facts));
    if (entry.title) found.append(make("p", { className: "pt-title", lang: "en" }, entry.title));
    if (entry.summary) found.append(make("p", { className: "pt-excerpt" }, entry.summary));
    return found;
  }

  /** A heading and what was found of a kind, the first of it. @param {string} title @param {Entry[]} entries @param {string} more */
  function section(title, entries, more) {
    const list = make("ol", { className: "pt-hits" }, ...entries.slice(0, SHOWN).map(item));
    const part = make("section", {}, make("h2", {}, title), list);
    const button = make("button", { type: "button", className: "pt-more-hits" }, more);
    button.onclick = () => {
      const items = entries.slice(list.childElementCount, list.childElementCount + SHOWN).map(item);
      list.append(...items);
      if (list.childElementCount === entries.length) button.remove();
      items[0].querySelector("a")?.focus();
    };
    if (entries.length > SHOWN) part.append(button);
    return part;
  }

  /** Fill an element with what a query finds; its data are the words for it. Returns how many were found, and the anchors
   * of all there are. @param {HTMLElement} place @param {string} query */
  async function show(place, query) {
    const words = place.dataset;
    const all = await load();
    const { guess, methods, references } = found(all, query);
    const parts = [];
    if (guess && methods.length + references.length) {
      const link = make("a", { href: `?q=${encodeURIComponent(guess)}` }, guess);
      const [before, after = ""] = filled(words.guess, { query }).split("{guess}");
      parts.push(make("p", { className: "pt-guess" }, before, link, after));
    }
    if (methods.length) parts.push(section(filled(words.methods, { count: methods.length }), methods, words.more ?? ""));
    if (references.length) parts.push(section(filled(words.references, { count: references.length }), references, words.more ?? ""));
    place.replaceChildren(...parts);
    const entries = [...all.methods.entries, ...all.references.entries];
    return { count: methods.length + references.length, anchors: new Set(entries.map(({ url }) => url.slice(url.indexOf("#")))) };
  }

  return { distance, found, indexOf, load, meant, show, wordsOf };
})();
