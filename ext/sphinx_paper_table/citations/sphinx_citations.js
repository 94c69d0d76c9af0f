// @ts-check
// A copy button beside each BibTeX entry, on cards and in lists of references. Everything else works without a script.
(() => {
  "use strict";
  if (!navigator.clipboard) return; // not a secure context: selecting the text still works

  const { copy = "", copied = "" } = document.currentScript?.dataset ?? {};

  for (const box of document.querySelectorAll(".pt-bibtex")) {
    const text = box.querySelector("pre")?.textContent ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pt-copy";
    button.textContent = copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(`${text}\n`);
      button.textContent = copied;
      setTimeout(() => (button.textContent = copy), 2000);
    });
    box.append(button);
  }
})();
