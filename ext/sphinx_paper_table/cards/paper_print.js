// @ts-check
// What a printer takes: all tabs open, the number of each entry, and beside a name that of the entry it leads to: what
// paper has for a link. No browser can say yet on which page of a print an entry stands.
(() => {
  "use strict";
  const { all, elementOf } = paperTable;
  /** Panels that are closed, and how. @type {Map<HTMLElement, string>} */
  const closed = new Map();

  addEventListener("beforeprint", () => {
    // The style sheet opens them, but Chromium loses what is laid out only then and may not be broken.
    for (const panel of all(".pt-on > [hidden]")) closed.set(panel, panel.getAttribute("hidden") ?? "");
    for (const panel of closed.keys()) panel.removeAttribute("hidden");
    const shown = all(".pt-view [data-paper][id]").filter((entry) => !entry.closest("[hidden]:not([hidden='until-found'])"));
    shown.forEach((entry, index) => {
      for (const one of [entry, ...all(".pt-name", entry)]) one.dataset.number = String(index + 1);
    });
    for (const link of /** @type {HTMLAnchorElement[]} */ (all("a.reference[href^='#']"))) {
      const number = elementOf(link.hash)?.dataset.number;
      if (number) link.dataset.number = number;
    }
  });
  addEventListener("afterprint", () => {
    for (const [panel, how] of closed) panel.setAttribute("hidden", how);
    closed.clear();
  });
})();
