// @ts-check
// What the other scripts share; a page loads it before them. None of them is a module: browsers load no modules from a
// disk, where the pages work too. So each names one constant after itself, with what it computes, and keeps the rest.
const paperTable = (() => {
  "use strict";

  /**
   * An element with properties and content.
   * @template {keyof HTMLElementTagNameMap} N
   * @param {N} name @param {Partial<HTMLElementTagNameMap[N]>} [properties] @param {(Node | string)[]} content
   */
  function make(name, properties, ...content) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...content);
    return element;
  }

  /** The elements of HTML for a selector. @param {string} selector @param {ParentNode} [within] */
  const all = (selector, within = document) => [.../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(selector))];

  /** The link that an event is about, if it is one of these. @param {Event} event @param {string} selector */
  function linkOf({ target }, selector) {
    const link = target instanceof Element ? target.closest(selector) : null;
    return link instanceof HTMLAnchorElement ? link : null;
  }

  /** What a heading says, without its permalink. @param {Element | null | undefined} heading */
  const ownText = (heading) =>
    [...(heading?.childNodes ?? [])]
      .filter((node) => !(node instanceof Element && node.matches(".headerlink")))
      .map((node) => node.textContent)
      .join("")
      .trim();

  /** The element that a hash leads to, as browsers look it up: as it is written, then decoded. @param {string} hash */
  function elementOf(hash, from = document) {
    const id = hash.slice(1);
    try {
      return from.getElementById(id) ?? from.getElementById(decodeURIComponent(id));
    } catch {
      return null; // a lone percent sign
    }
  }

  /** Put text between the words of a message, at `{name}`. @param {string} [message] @param {Record<string, string | number>} [values] */
  const filled = (message = "", values = {}) => message.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));

  /** What stands before the names of the second, third … thing of a kind in the address. @param {number} number */
  const prefixOf = (number) => (number ? `${number + 1}-` : "");

  /** Tell the address of the page: a hash, or a query and a hash. @param {string} address @param {"replaceState" | "pushState"} [how] */
  function putAddress(address, how = "replaceState") {
    try {
      history[how](history.state, "", address);
    } catch {
      // Browsers refuse after too many in a short time; the next one will do. A page on a disk may have a fixed address.
    }
  }

  /** Tell another query in the address. @param {URLSearchParams} query */
  const putQuery = (query) => putAddress(`${location.pathname}${String(query) && "?"}${query}${location.hash}`);

  /** Whether a key or a click has no other key with it. @param {KeyboardEvent | MouseEvent} event */
  const isPlain = (event) => !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);

  /** A page as it is read: styles in it are nothing that the policy of this one has to allow. @param {string} html */
  const parsed = (html) => new DOMParser().parseFromString(html.replace(/\sstyle="[^"]*"/g, ""), "text/html");

  /** @type {Map<string, Promise<Document | null>>} */
  const pages = new Map();

  /** Another page, fetched once; nothing if it cannot be had. @param {string} address @param {RequestInit} [options] */
  function pageAt(address, options) {
    const found =
      pages.get(address) ??
      fetch(address, options)
        .then(async (answer) => (answer.ok ? parsed(await answer.text()) : null))
        .catch(() => null); // offline, or a host that does not share its pages
    pages.set(address, found);
    return found;
  }

  // Style sheets put off what is out of sight. It is laid out a little at each frame, and keeps that height, which
  // browsers remember: filters have less to do, and links lead to the pixel.
  const PUT_OFF = ":is([data-f], .citation-list > *, figure:has(svg), .math-block):not(tr, .pt-many *, .pt-far *, details:not([open]) *)";
  const frame = requestAnimationFrame;
  /** How wide each was when its height was remembered. @type {WeakMap<Element, number>} */
  const widths = new WeakMap();
  const sight = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting, boundingClientRect } of seen) {
      target.classList.toggle("pt-calm", !isIntersecting);
      widths.set(target, boundingClientRect.width || -1);
    }
  });
  /** @param {HTMLElement} one */
  function layOut(one) {
    one.classList.add("pt-laid");
    one.classList.remove("pt-calm");
    sight.unobserve(one);
    frame(() => frame(() => sight.observe(one))); // browsers remember heights behind a frame
  }
  /** @param {HTMLElement[]} some */
  function layOutSoon(some) {
    some.splice(0, 4).map(layOut);
    if (some.length) frame(() => layOutSoon(some));
  }
  /** Before a link leads past it: what was never laid out, or is of another width now. */
  const layOutStale = () => all(PUT_OFF).filter((one) => widths.get(one) !== one.getBoundingClientRect().width).map(layOut);
  if (location.hash) all(PUT_OFF).map(layOut);
  else addEventListener("load", () => layOutSoon(all(PUT_OFF)));
  addEventListener("click", ({ target }) => target instanceof Element && target.closest("a[href*='#']") && layOutStale(), true);

  return { all, elementOf, filled, isPlain, linkOf, make, ownText, pageAt, parsed, prefixOf, putAddress, putQuery };
})();
