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
