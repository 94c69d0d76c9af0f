// @ts-check
// The links to other languages lead to what the reader sees: to the tab, the filter, the methods side by side and the
// words that the address names. Anchors and values are the same in every language.
(() => {
  "use strict";
  /** Before a reader follows a link, copies its address or opens it elsewhere. @param {Event} event */
  function complete({ target }) {
    const link = target instanceof Element ? target.closest(".pt-languages a") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    link.search = location.search;
    link.hash = location.hash;
  }
  for (const event of ["pointerover", "pointerdown", "focusin", "contextmenu", "click"])
    document.addEventListener(event, complete, true);
})();
