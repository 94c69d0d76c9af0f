// @ts-check
// What Sphinx's list of search results does not say: of a method, where and when it was published and what it is; of a
// page with methods, which of them have all the words. The pages are those that Sphinx fetches for its excerpts anyway.
// Words are found where they begin ("he" is not in "Fisher"), and excerpts are from what authors wrote.
(() => {
  "use strict";
  const list = document.getElementById("search-results");
  if (!list) return;
  const DETAILED = 20; // hits; who looks further than that has another question
  const NAMED = 8;
  const PARTS = ".pt-published, .pt-title";
  const inMethods = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.dataset.in ?? "In: ";
  const query = new URLSearchParams(location.search).get("q")?.toLowerCase() ?? "";
  // As the search itself splits: words, and runs of Chinese as a whole.
  const words = query.split(/[^\p{Letter}\p{Number}_]+/u).filter(Boolean);
  /** @type {Map<string, Promise<Document | null>>} */
  const pages = new Map();

  const UNREAD = "form, nav, svg, .pt-filter, .pt-legend, .pt-jump, .pt-links, .pt-drawn, .pt-bibtex, .pt-hidden";

  /** A page as it is read: styles in it are nothing that the policy of this one has to allow. @param {string} html */
  const parsed = (html) => new DOMParser().parseFromString(html.replace(/\sstyle="[^"]*"/g, ""), "text/html");

  /** Whether a word begins somewhere in a text. Ideographs are words wherever they stand. @param {string} text @param {string} word */
  function begins(text, word) {
    const plain = word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    const isSpaced = /^[\p{Letter}\p{Number}_]/u.test(word) && !/^\p{Script=Han}/u.test(word);
    return new RegExp(isSpaced ? `(?<![\\p{Letter}\\p{Number}_])${plain}` : plain, "iu").test(text);
  }

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
      const some = (/** @type {object} */ terms) =>
        Object.fromEntries(Object.entries(terms).filter(([term]) => wanted.some((word) => term.startsWith(word))));
      sphinx._index = { ...index, terms: some(index.terms), titleterms: some(index.titleterms) };
      try {
        return performTermsSearch(asked, excluded);
      } finally {
        sphinx._index = index;
      }
    };
    sphinx._performSearch = (/** @type {string} */ asked, /** @type {any[]} */ ...parts) =>
      performSearch(asked, ...parts).filter((/** @type {any[]} */ one) => one[6] !== "title" || begins(one[1], asked.trim()));
  }

  /** The page of a hit, fetched once. @param {string} address @returns {Promise<Document | null>} */
  function page(address) {
    const found =
      pages.get(address) ??
      fetch(address)
        .then(async (answer) => (answer.ok ? parsed(await answer.text()) : null))
        .catch(() => null);
    pages.set(address, found);
    return found;
  }

  /** @param {Element} item */
  async function describe(item) {
    const link = item.querySelector("a");
    if (!link) return;
    const url = new URL(link.href);
    const from = await page(url.origin + url.pathname);
    const target = url.hash && from?.getElementById(decodeURIComponent(url.hash.slice(1)));
    const card = target ? target.closest("[data-paper]") : null;
    if (card) item.append(...essence(card));
    else if (from && !url.hash) name(item, from, url);
  }

  /** Copies of what says when, where and under which title. @param {Element} card */
  function essence(card) {
    return [...card.querySelectorAll(PARTS)].map((part) => {
      const copy = document.createElement("p");
      copy.className = `pt-found ${part.className}`;
      if (part instanceof HTMLElement) copy.lang = part.lang;
      copy.textContent = part.textContent.trim();
      return copy;
    });
  }

  /** Name the cards of a page that have all the words. @param {Element} item @param {Document} from @param {URL} url */
  function name(item, from, url) {
    const cards = [...from.querySelectorAll("[data-paper][id]")].filter((card) => {
      return words.length && words.every((word) => begins(card.textContent, word));
    });
    if (!cards.length) return;
    const line = document.createElement("p");
    line.className = "pt-found";
    line.append(inMethods);
    cards.slice(0, NAMED).forEach((card, index) => {
      const link = document.createElement("a");
      link.href = `${url.pathname}#${card.id}`;
      link.textContent = [...(card.querySelector(".pt-name")?.childNodes ?? [])]
        .filter((node) => !(node instanceof Element))
        .map((node) => node.textContent)
        .join("")
        .trim();
      line.append(index ? " · " : "", link);
    });
    if (cards.length > NAMED) line.append(" …");
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
})();
