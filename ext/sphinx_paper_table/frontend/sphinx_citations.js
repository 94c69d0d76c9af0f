// @ts-check
// A copy button beside each BibTeX entry, on cards and in lists of references. Everything else works without a script.
(() => {
  "use strict";
  if (!navigator.clipboard) return; // not a secure context: selecting the text still works

  const zh = document.documentElement.lang.startsWith("zh");
  const words = zh ? { copy: "复制", copied: "已复制" } : { copy: "Copy", copied: "Copied" };

  for (const box of document.querySelectorAll(".pt-bibtex")) {
    const text = box.querySelector("pre")?.textContent ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pt-copy";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(`${text}\n`);
      button.textContent = words.copied;
      setTimeout(() => (button.textContent = words.copy), 2000);
    });
    box.append(button);
  }
})();
