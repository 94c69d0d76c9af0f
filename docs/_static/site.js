// @ts-check
// Boxes that scroll sideways (code, tables) can be scrolled by keys, also in browsers that do not see to it themselves.
(() => {
  "use strict";
  const boxes = document.querySelectorAll(".highlight > pre, .table-wrapper, .math-block");
  // All are measured before the first one changes: between two changes the page would be laid out anew for each box.
  const update = () => {
    const scrolls = [...boxes].map((box) => box.scrollWidth > box.clientWidth);
    boxes.forEach((box, index) => (scrolls[index] ? box.setAttribute("tabindex", "0") : box.removeAttribute("tabindex")));
  };
  update();
  addEventListener("resize", update);
})();

// Furo's drawers: the boxes that open them obey Enter as buttons do, the focus goes along, and Escape or leaving shuts them.
for (const [id, name] of [["__navigation", ".sidebar-drawer"], ["__toc", ".toc-drawer"]]) {
  const box = document.getElementById(id);
  const drawer = document.querySelector(name);
  if (!(box instanceof HTMLInputElement && drawer instanceof HTMLElement)) continue;
  /** @param {boolean} [back] whether the focus returns to where it came from */
  const shut = (back) => {
    if (!box.checked) return;
    box.checked = false;
    if (back) box.focus({ preventScroll: true });
  };
  drawer.tabIndex = -1;
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") box.click();
    else if (event.key === "Escape") shut();
  });
  box.addEventListener("change", () => box.checked && drawer.focus({ preventScroll: true }));
  drawer.addEventListener("keydown", (event) => event.key === "Escape" && shut(true));
  drawer.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && relatedTarget !== box && !drawer.contains(relatedTarget)) shut();
  });
  drawer.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a[href^='#']")) shut();
  });
}

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
