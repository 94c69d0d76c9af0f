// @ts-check
// What Sphinx's list of search results does not say: of a method, where and when it was published and what it is; of a
// page with methods, which of them have all the words. The pages are those that Sphinx fetches for its excerpts anyway.
// Words are found where they begin ("he" is not in "Fisher"), and excerpts are from what authors wrote.
const paperSearch = (() => {
  "use strict";
  const { elementOf, make, ownText, pageAt, parsed } = paperTable;
  const DETAILED = 20; // hits; who looks further than that has another question
  const NAMED = 8;
  const PARTS = ".pt-published, .pt-title";
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

  const computed = { begins, termsFor, wordsOf };
  const list = document.getElementById("search-results");
  if (!list) return computed;
  const message = document.currentScript?.dataset.in;
  const words = wordsOf(new URLSearchParams(location.search).get("q") ?? "");

  // Sphinx's own search is an object whose parts can be replaced; it takes words anywhere in others.
  // @ts-ignore (a global constant of searchtools.js)
  const sphinx = typeof Search === "undefined" ? null : Search;
  if (sphinx) {
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
    sphinx._performSearch = (/** @type {string} */ asked, /** @type {any[]} */ ...parts) =>
      performSearch(asked, ...parts).filter((/** @type {any[]} */ one) => one[6] !== "title" || begins(one[1], asked.trim()));
  }

  /** @param {Element} item */
  async function describe(item) {
    const link = item.querySelector("a");
    if (!link) return;
    const url = new URL(link.href);
    const from = await pageAt(url.origin + url.pathname);
    const card = from && elementOf(url.hash, from)?.closest("[data-paper]");
    if (card) item.append(...essence(card));
    else if (from && !url.hash) name(item, from, url);
  }

  /** Copies of what says when, where and under which title. @param {Element} card */
  function essence(card) {
    return [...card.querySelectorAll(PARTS)].map((part) => {
      const lang = part instanceof HTMLElement ? part.lang : "";
      return make("p", { className: `pt-found ${part.className}`, lang }, part.textContent.trim());
    });
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
    const [before, after = ""] = (message ?? "").split("{methods}");
    const line = make("p", { className: "pt-found" }, before, ...links, cards.length > NAMED ? " …" : "", after);
    (item.querySelector("a") ?? item).after(line);
  }

  let described = 0;
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        const isHit = node instanceof HTMLLIElement && node.parentElement?.matches("ul.search");
        if (isHit && described++ < DETAILED) void describe(node);
      }
    }
  }).observe(list, { childList: true, subtree: true });

  return computed;
})();
