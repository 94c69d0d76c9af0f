// @ts-check
// Boxes that scroll sideways (code, tables) can be scrolled by keys, also in browsers that do not see to it themselves.
(() => {
  "use strict";
  const boxes = document.querySelectorAll(".highlight > pre, .table-wrapper, .math-block");
  const update = () => {
    for (const box of boxes) {
      if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0");
      else box.removeAttribute("tabindex");
    }
  };
  update();
  addEventListener("resize", update);
})();

// What was searched for, in the field on the page of results.
const again = document.querySelector(".search-again input");
if (again instanceof HTMLInputElement) again.value = new URLSearchParams(location.search).get("q") ?? "";

// The other versions of the site, in the sidebar. Only its host knows them: Read the Docs tells by an event, see
// https://docs.readthedocs.com/platform/stable/flyout-menu.html; elsewhere the list stays hidden.
document.addEventListener("readthedocs-addons-data-ready", (event) => {
  /** @type {{versions: {active: {slug: string, urls: {documentation: string}}[], current: {slug: string}}}} */
  const { versions } = /** @type {CustomEvent} */ (event).detail.data();
  const place = document.querySelector(".site-versions");
  if (!(place instanceof HTMLElement) || versions.active.length < 2) return;
  const list = document.createElement("ul");
  for (const { slug, urls } of versions.active) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.textContent = slug;
    link.href = urls.documentation;
    if (slug === versions.current.slug) link.setAttribute("aria-current", "true");
    item.append(link);
    list.append(item);
  }
  place.replaceChildren(list);
  place.hidden = false;
});
