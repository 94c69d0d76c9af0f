// @ts-check
// The number of each entry of a page, and beside a name that of the entry it leads to: what paper has for a link. No
// browser can say yet on which page of a print an entry stands.
(() => {
  "use strict";
  const { all, elementOf } = paperTable;

  addEventListener("beforeprint", () => {
    const shown = all(".pt-view [data-paper][id]").filter((entry) => !entry.closest("[hidden]:not([hidden='until-found'])"));
    shown.forEach((entry, index) => {
      for (const one of [entry, ...all(".pt-name", entry)]) one.dataset.number = String(index + 1);
    });
    for (const link of /** @type {HTMLAnchorElement[]} */ (all("a.reference[href^='#']"))) {
      const number = elementOf(link.hash)?.dataset.number;
      if (number) link.dataset.number = number;
    }
  });
})();
