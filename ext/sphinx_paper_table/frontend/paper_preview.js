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
  const script = document.currentScript;
  const OPEN = script?.dataset.open ?? "Open";
  const ORIGINS = new Set([location.origin, ...(script?.dataset.origins ?? "").split(" ")]);
  const LINKS = "a[href*='#paper-'], a[href*='#cite-'], a.pt-cite, .bibtex-citation a";
  const CLASSES = ["pt-name", "pt-published", "pt-title", "pt-note", "pt-summary", "pt-previewed"];
  const PARTS = CLASSES.map((name) => `.${name}`).join();
  /** The elements that are shown, of HTML and of MathML. */
  const ELEMENTS =
    /^(abbr|b|bd[io]|cite|code|del|em|i|ins|kbd|math|m(error|frac|[inos]|over|padded|phantom|root|row|space|sqrt|style|su[bp]|subsup|table|td|text|tr|under|underover)|q|small|span|strong|su[bp]|var)$/;
  const SPACES = /^http:..www.w3.org.(1999.xhtml|1998.Math.MathML)$/;
  const ATTRIBUTES = "dir display lang linethickness mathvariant stretchy width".split(" ");
  const VALUE = /^[\w.%+-]{1,30}$/;
  const LEFT_OUT = ".headerlink, .pt-cites, annotation, annotation-xml, button, iframe, noscript, script, style, svg, template, textarea";
  const DELAY = 250; // milliseconds before it shows, and before it goes: what the pointer only crosses shows nothing
  const canHover = matchMedia("(hover: hover)");

  // Here and not in a file: one request less on every page with a link. No element, which a policy would have to allow.
  const STYLE = `.pt-preview{
position:fixed;inset:auto;z-index:100;box-sizing:border-box;width:max-content;max-width:min(26rem,calc(100vw - 16px));max-height:60vh;
margin:0;padding:.7rem .9rem;overflow:auto;border:1px solid color-mix(in srgb,currentColor 30%,transparent);border-radius:.5rem;
background:var(--color-background-primary,var(--pst-color-on-background,var(--pst-color-background,Canvas)));
color:var(--color-foreground-primary,var(--pst-color-text-base,CanvasText));
box-shadow:0 4px 18px rgb(0 0 0/25%);font-size:.875rem;line-height:1.5;text-align:start;
>*{display:block;margin:0 0 .35rem}
>:last-child{margin-bottom:0}
strong{font-size:1rem}
.pt-published{opacity:.85;font-size:.8125rem}
.pt-open{font-weight:600;padding-block:.4rem}
@media print{display:none}
}`;

  /** @type {Map<string, Promise<Document | null>>} */
  const pages = new Map();
  const box = document.createElement("div");
  box.className = "pt-preview";
  box.id = "pt-preview";
  box.setAttribute("role", "tooltip");
  box.popover = "manual";
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);
  /** @type {HTMLAnchorElement | null} */
  let shown = null;
  /** The link whose preview is wanted next. @type {HTMLAnchorElement | null} */
  let wanted = null;
  let timer = 0;

  /** A page as it is read: styles in it are nothing that the policy of this one has to allow. @param {string} html */
  const parsed = (html) => new DOMParser().parseFromString(html.replace(/\sstyle="[^"]*"/g, ""), "text/html");

  /** The page that a link leads to, fetched once. @param {URL} url @returns {Promise<Document | null>} */
  function page(url) {
    const address = url.origin + url.pathname + url.search;
    if (address === location.origin + location.pathname + location.search) return Promise.resolve(document);
    const known = pages.get(address);
    if (known) return known;
    const found = fetch(address, { credentials: "omit" })
      .then(async (answer) => (answer.ok ? parsed(await answer.text()) : null))
      .catch(() => null); // offline, or a host that does not share its pages: the link remains
    pages.set(address, found);
    return found;
  }

  /** The element of a hash, as browsers look it up. @param {Document} from @param {string} hash */
  function target(from, hash) {
    const raw = hash.slice(1);
    try {
      return from.getElementById(raw) ?? from.getElementById(decodeURIComponent(raw));
    } catch {
      return null;
    }
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
      const copy = document.createElement(part.matches("h1, h2, h3, h4, h5, h6, th") ? "strong" : "p");
      copy.className = CLASSES.filter((name) => part.classList.contains(name)).join(" ");
      if (part instanceof HTMLElement && VALUE.test(part.lang)) copy.lang = part.lang;
      copy.append(...[...part.childNodes].flatMap(rebuilt));
      return copy;
    });
  }

  /** @param {HTMLAnchorElement} link @param {boolean} touched */
  async function show(link, touched) {
    const from = await page(new URL(link.href));
    const found = from && target(from, new URL(link.href).hash);
    const parts = found ? essence(found) : [];
    if (wanted !== link) return; // the reader has gone on
    if (!parts.length) return touched && link.click();
    hide();
    shown = link;
    wanted = link;
    box.replaceChildren(...parts);
    if (touched) {
      const open = document.createElement("a");
      open.href = link.href;
      open.className = "pt-open";
      open.textContent = OPEN;
      open.addEventListener("click", hide);
      box.append(open);
    }
    box.lang = from?.documentElement.lang ?? "";
    if (!document.adoptedStyleSheets.includes(style)) document.adoptedStyleSheets.push(style);
    document.body.append(box);
    box.showPopover?.();
    link.setAttribute("aria-describedby", box.id);
    link.dataset.title = link.title; // the browser's own tooltip would lie on top
    link.removeAttribute("title");
    place(link);
  }

  /** Put the box below a link, or above it where there is more room. @param {HTMLAnchorElement} link */
  function place(link) {
    const at = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box;
    const below = at.bottom + height + 4 <= innerHeight || at.top < innerHeight - at.bottom;
    box.style.top = `${Math.max(0, below ? at.bottom : at.top - height)}px`;
    box.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8))}px`;
  }

  function hide() {
    clearTimeout(timer);
    wanted = null;
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown.title = shown.dataset.title ?? "";
    if (!shown.title) shown.removeAttribute("title");
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
    const link = event.target instanceof Element ? event.target.closest(LINKS) : null;
    if (!(link instanceof HTMLAnchorElement) || link.closest(".headerlink, .pt-preview, nav") || !link.hash) return null;
    return link.matches(".headerlink") || !ORIGINS.has(new URL(link.href).origin) ? null : link;
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkOf(event);
    if (link) ask(link, DELAY);
    else if (box.contains(/** @type {Node} */ (event.target))) clearTimeout(timer);
    else if (shown || wanted) leave();
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link?.matches(":focus-visible")) ask(link, 0);
    else if (shown && !box.contains(/** @type {Node} */ (event.target))) hide();
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
      if (!link) return shown && !box.contains(/** @type {Node} */ (event.target)) ? hide() : undefined;
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
