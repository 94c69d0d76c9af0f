// @ts-check
// What Sphinx's list of search results lacks. Methods and references stand before it, and no more in it; of a page with
// methods it says which of them have all the words. The pages are those that Sphinx fetches for its excerpts anyway.
// Words are found where they begin ("he" is not in "Fisher"), and excerpts are from what authors wrote.
const paperSearch = (() => {
  "use strict";
  const { make, ownText, pageAt, parsed } = paperTable;
  const DETAILED = 20; // hits; who looks further than that has another question
  const NAMED = 8;
  const UNREAD = "form, nav, svg, .pt-filter, .pt-legend, .pt-jump, .pt-links, .pt-drawn, .pt-bibtex, .pt-hidden";

  /** As the search itself splits: words, and runs of Chinese as a whole. @param {string} query */
  const wordsOf = (query) => query.toLowerCase().split(/[^\p{Letter}\p{Number}_]+/u).filter(Boolean);

  /** Whether a word begins somewhere in a text. Ideographs are words wherever they stand. @param {string} text @param {string} word */
  function begins(text, word) {
    const plain = word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    const isSpaced = /^[\p{Letter}\p{Number}_]/u.test(word) && !/^\p{Script=Han}/u.test(word);
    return new RegExp(isSpaced ? `(?<![\\p{Letter}\\p{Number}_])${plain}` : plain, "iu").test(text);
  }

  /** The terms of an index that begin with one of these words. @param {object} terms @param {string[]} wanted */
  const termsFor = (terms, wanted) =>
    Object.fromEntries(Object.entries(terms).filter(([term]) => wanted.some((word) => term.startsWith(word))));

  /** Whether a page is one of those, or stands in one of those folders. @param {string} page @param {string[]} those */
  const isIn = (page, those) => those.some((one) => page === one || page.startsWith(`${one}/`));

  /**
   * What an excerpt has before the sentence that was found: Sphinx begins it 120 letters before
   * the word, less the spaces there.
   */
  const LEAD = /^\.{3}.{0,99}[.!?\n。！？]\s*(?![\s\d\p{Ll}”)])/su;

  const computed = { begins, isIn, termsFor, wordsOf };
  const list = document.getElementById("search-results");
  if (!list) return computed;
  const said = document.currentScript?.dataset ?? {};
  const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  const words = wordsOf(query);
  /** @type {string[]} */
  const last = JSON.parse(said.last ?? "[]");

  /** Show what was found before the pages; return whether it is anything, and the anchors of all that may be. */
  async function showRecords() {
    if (query && said.records) {
      const place = make("div", { className: "pt-records" });
      Object.assign(place.dataset, said);
      list?.before(place);
      try {
        return await paperFind.show(place, query);
      } catch {} // pages are found all the same
    }
    return { count: 0, anchors: new Set() };
  }

  // Sphinx's own search is an object whose parts can be replaced; it takes words anywhere in others.
  // @ts-ignore (a global constant of searchtools.js)
  const sphinx = typeof Search === "undefined" ? null : Search;
  if (sphinx) {
    const shown = showRecords();
    let anchors = new Set();
    let pages = 0;
    const { query: performQuery, stopPulse } = sphinx;
    sphinx.query = async (/** @type {string} */ asked) => {
      const before = await shown;
      anchors = before.anchors;
      sphinx.stopPulse = () => {
        stopPulse();
        if (!before.count) return;
        list.hidden = !pages; // what it says of nothing found is not true
        queueMicrotask(() => (sphinx.title.textContent = said.pages)); // it says there that these are the results
      };
      performQuery(asked);
    };
    const { htmlToText, performObjectSearch, performTermsSearch, _performSearch: performSearch } = sphinx;
    sphinx.htmlToText = (/** @type {string} */ html, /** @type {string} */ anchor) => {
      const page = parsed(html);
      for (const part of page.querySelectorAll(UNREAD)) part.remove();
      return htmlToText(page.documentElement.outerHTML, anchor);
    };
    sphinx.performObjectSearch = (/** @type {string} */ word, /** @type {Set<string>} */ others) =>
      performObjectSearch(word, others).filter((/** @type {any[]} */ [, name]) => begins(name, word));
    sphinx.performTermsSearch = (/** @type {Set<string>} */ asked, /** @type {Set<string>} */ excluded) => {
      const index = sphinx._index;
      const wanted = [...asked, ...excluded];
      sphinx._index = { ...index, terms: termsFor(index.terms, wanted), titleterms: termsFor(index.titleterms, wanted) };
      try {
        return performTermsSearch(asked, excluded);
      } finally {
        sphinx._index = index;
      }
    };
    sphinx._performSearch = (/** @type {string} */ asked, /** @type {any[]} */ ...parts) => {
      /** @type {any[][]} */
      const found = performSearch(asked, ...parts);
      const results = found.filter(([, title, anchor, , , , kind]) => {
        if (kind === "title") return begins(title, asked.trim());
        return kind !== "object" || !anchors.has(anchor);
      });
      pages = results.length;
      // The best come at the end.
      return [...results.filter(([page]) => isIn(page, last)), ...results.filter(([page]) => !isIn(page, last))];
    };
  }

  /** @param {Element} item */
  async function describe(item) {
    const link = item.querySelector("a");
    if (!link) return;
    const url = new URL(link.href);
    const from = url.hash ? null : await pageAt(url.origin + url.pathname);
    if (from) name(item, from, url);
  }

  /** Name the cards of a page that have all the words. @param {Element} item @param {Document} from @param {URL} url */
  function name(item, from, url) {
    const cards = [...from.querySelectorAll("[data-paper][id]")].filter((card) => {
      return words.length && words.every((word) => begins(card.textContent, word));
    });
    if (!cards.length) return;
    const links = cards.slice(0, NAMED).flatMap((card, index) => {
      const link = make("a", { href: `${url.pathname}#${card.id}` }, ownText(card.querySelector(".pt-name")));
      return index ? [" · ", link] : [link];
    });
    const [before, after = ""] = (said.in ?? "").split("{methods}");
    const line = make("p", { className: "pt-found" }, before, ...links, cards.length > NAMED ? " …" : "", after);
    (item.querySelector("a") ?? item).after(line);
  }

  let described = 0;
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of /** @type {NodeListOf<Element>} */ (addedNodes)) {
        if (node.className === "context") node.textContent = node.textContent.replace(LEAD, "");
        if (node.matches?.("ul.search > li") && described++ < DETAILED) void describe(node);
      }
    }
  }).observe(list, { childList: true, subtree: true });

  return computed;
})();
