// @ts-check
// What a link to a method or a reference leads to, shown beside the link: on hover, on focus, and at the first tap. The
// text is that of the page itself, which is fetched when it is another one. Without a script, links are links.
//
// A page is hostile, whoever sent it: only those of this site and of origins that the build names are asked for, and
// nothing of them is taken over. What is shown is built anew, from elements and attributes that do no more than set text.
//
// WCAG 2.2, 1.4.13: Escape closes it, the pointer may go into it, and it stays until pointer and focus have left.
(() => {
  "use strict";
  const { open: OPEN = "", origins, style: STYLE = "" } = document.currentScript?.dataset ?? {};
  const { elementOf, linkOf: linkAt, make, pageAt } = paperTable;
  const ORIGINS = new Set([location.origin, ...(origins ?? "").split(" ")]);
  const LINKS = "a[href*='#paper-'], a[href*='#cite-'], a.pt-cite, .bibtex-citation a";
  const CLASSES = ["pt-name", "pt-status", "pt-published", "pt-title", "pt-note", "pt-summary", "pt-previewed"];
  const PARTS = CLASSES.map((name) => `.${name}`).join();
  /** The elements that are shown, of HTML and of MathML. */
  const ELEMENTS =
    /^(abbr|b|bd[io]|cite|code|del|em|i|ins|kbd|math|m(error|frac|[inos]|over|padded|phantom|root|row|space|sqrt|style|su[bp]|subsup|table|td|text|tr|under|underover)|q|small|span|strong|su[bp]|var)$/;
  const SPACES = /^http:..www.w3.org.(1999.xhtml|1998.Math.MathML)$/;
  const ATTRIBUTES = "dir display lang linethickness mathvariant stretchy width".split(" ");
  const VALUE = /^[\w.%+-]{1,30}$/;
  const LEFT_OUT = ".headerlink, .pt-cite, annotation, annotation-xml, button, iframe, noscript, script, style, svg, template, textarea";
  const DELAY = 250; // milliseconds before it shows, and before it goes: what the pointer only crosses shows nothing
  const canHover = matchMedia("(hover: hover)");

  const box = make("div", { className: "pt-preview", id: "pt-preview", role: "tooltip", popover: "manual" });
  /** @type {Promise<unknown> | undefined} */
  let styled;
  /** @type {HTMLAnchorElement | null} */
  let shown = null;
  /** The link whose preview is wanted next. @type {HTMLAnchorElement | null} */
  let wanted = null;
  let timer = 0;

  /** The look of previews, which pages need not wait for: asked for once, when the first one is wanted. */
  function style() {
    styled ??= new Promise((done) => {
      document.head.append(make("link", { rel: "stylesheet", href: STYLE, onload: done, onerror: done }));
    });
    return styled;
  }

  /** The page that a link leads to; nothing if it cannot be had, then the link remains. @param {URL} url */
  function page(url) {
    const address = url.origin + url.pathname + url.search;
    return address === location.origin + location.pathname + location.search ? document : pageAt(address, { credentials: "omit" });
  }

  /** A node built anew, without links, ids and all else that is not listed. @param {Node} node @returns {(Node | string)[]} */
  function rebuilt(node) {
    if (node instanceof Text) return [node.data];
    if (!(node instanceof Element) || node.matches(LEFT_OUT)) return [];
    if (node instanceof HTMLImageElement) return [node.alt];
    const children = [...node.childNodes].flatMap(rebuilt);
    if (!SPACES.test(node.namespaceURI ?? "") || !ELEMENTS.test(node.localName)) return children;
    const copy = document.createElementNS(node.namespaceURI, node.localName);
    for (const name of ATTRIBUTES) {
      const value = node.getAttribute(name) ?? "";
      if (VALUE.test(value)) copy.setAttribute(name, value);
    }
    copy.append(...children);
    return [copy];
  }

  /** What a preview says of a target. @param {Element} found @returns {Element[]} */
  function essence(found) {
    const card = found.closest("[data-paper]") ?? found.querySelector(":scope > .pt-entry");
    const heading = found.matches("section") ? [...found.querySelectorAll(":scope > :is(h1, h2, h3, h4, h5, h6)")] : [];
    const parts = card ? [...heading, ...card.querySelectorAll(PARTS)] : found.querySelectorAll(":scope > p:not(.cited-on)");
    return [...parts].map((part) => {
      const className = CLASSES.filter((name) => part.classList.contains(name)).join(" ");
      const copy = make(part.matches("h1, h2, h3, h4, h5, h6, th") ? "strong" : "p", { className }, ...[...part.childNodes].flatMap(rebuilt));
      if (part instanceof HTMLElement && VALUE.test(part.lang)) copy.lang = part.lang;
      return copy;
    });
  }

  /** @param {HTMLAnchorElement} link @param {boolean} touched */
  async function show(link, touched) {
    const [from] = await Promise.all([page(new URL(link.href)), style()]);
    const found = from && elementOf(link.hash, from);
    const parts = found ? essence(found) : [];
    if (wanted !== link) return; // the reader has gone on
    if (!parts.length) return touched && link.click();
    hide();
    shown = link;
    wanted = link;
    box.replaceChildren(...parts);
    if (touched) box.append(make("a", { href: link.href, className: "pt-open", onclick: hide }, OPEN));
    box.lang = from?.documentElement.lang ?? "";
    document.body.append(box);
    box.showPopover?.();
    link.setAttribute("aria-describedby", box.id);
    link.dataset.title = link.title; // the browser's own tooltip would lie on top
    link.removeAttribute("title");
    place(link);
  }

  /** Put the box below a link, or above it where there is more room. @param {HTMLAnchorElement} link */
  function place(link) {
    const { bottom, top } = link.getBoundingClientRect(); // all its lines, not only the first
    const { offsetWidth: width, offsetHeight: height } = box;
    const below = bottom + height + 4 <= innerHeight || top < innerHeight - bottom;
    box.style.top = `${Math.max(0, below ? bottom : top - height)}px`;
    box.style.left = `${Math.max(8, Math.min(link.getClientRects()[0]?.left, document.documentElement.clientWidth - width - 8))}px`;
  }

  function hide() {
    clearTimeout(timer);
    wanted = null;
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    if (shown.dataset.title) shown.title = shown.dataset.title;
    shown = null;
    box.remove();
  }

  /** @param {HTMLAnchorElement} link @param {number} delay */
  function ask(link, delay) {
    clearTimeout(timer);
    if (link === shown) return;
    wanted = link;
    timer = setTimeout(() => void show(link, false), delay);
  }

  function leave() {
    clearTimeout(timer);
    wanted = shown;
    timer = setTimeout(() => !box.matches(":hover") && shown !== document.activeElement && hide(), DELAY);
  }

  /** @param {Event} event */
  const linkOf = (event) => {
    const link = linkAt(event, LINKS);
    return link?.hash && !link.closest(".headerlink, .pt-preview, nav") && ORIGINS.has(link.origin) ? link : null;
  };

  /** @param {Event} event */
  const isInside = (event) => box.contains(/** @type {Node} */ (event.target));

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkOf(event);
    if (link) ask(link, DELAY);
    else if (isInside(event)) clearTimeout(timer);
    else if (shown || wanted) leave();
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link !== shown && !isInside(event)) hide(); // it may lie on what has the focus now
    if (link?.matches(":focus-visible")) ask(link, 0);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (shown || wanted)) hide();
  });
  // The first tap shows, the second one follows.
  document.addEventListener(
    "click",
    (event) => {
      const link = linkOf(event);
      const touched = event instanceof PointerEvent ? event.pointerType === "touch" : !canHover.matches;
      if (!link) return shown && !isInside(event) ? hide() : undefined;
      if (!touched || !event.isTrusted || link === shown) return hide();
      event.preventDefault();
      event.stopPropagation();
      clearTimeout(timer);
      wanted = link;
      void show(link, true);
    },
    true,
  );
  addEventListener("scroll", () => shown && place(shown), { passive: true });
  addEventListener("resize", () => shown && place(shown), { passive: true });
})();
