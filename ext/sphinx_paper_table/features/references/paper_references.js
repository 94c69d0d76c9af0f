// @ts-check
// The bar above a long list of references: it shows those that have all words, and downloads what it shows. Without
// a script the field is hidden, letters are links, and downloads have all references of the site.
const paperReferences = (() => {
  "use strict";
  const { all, elementOf, filled, make, prefixOf, putQuery } = paperTable;
  const PAUSE = 250; // before the address is told

  /** As readers type it: without accents and capitals. @param {string | null | undefined} text */
  const plain = (text) => (text ?? "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** Whether a text has words that begin so; Chinese is written without spaces. @param {string} text @param {string[]} words */
  const hasWords = (text, words) => words.every((word) => text.includes(/\p{Script=Han}/u.test(word) ? word : ` ${word}`));

  /** The words of a text, each after a space. @param {string} text */
  const spaced = (text) => ` ${plain(text).replace(/[^\p{L}\p{N}]+/gu, " ")}`;

  /** The cite keys in BibTeX. @param {string} source */
  const keysIn = (source) => [...source.matchAll(/^@\w+\{([^,\s]+),/gm)].map(([, key]) => key);

  /**
   * What a file has of these keys: items of CSL-JSON by their id, records of RIS by theirs.
   * @param {string} text @param {string} form @param {Set<string>} keys
   */
  function only(text, form, keys) {
    if (form === "CSL-JSON") {
      const items = /** @type {{ id: string }[]} */ (JSON.parse(text)).filter(({ id }) => keys.has(id));
      return `[\n${items.map((item) => JSON.stringify(item)).join(",\n")}\n]\n`;
    }
    const records = text.split(/^ER {2}-.*\n+/m).filter((record) => keys.has(/^ID {2}- (.*)$/m.exec(record)?.[1].trim() ?? ""));
    return records.map((record) => `${record}ER  - \n\n`).join("");
  }

  /** Let the reader keep a text as a file. @param {string} text @param {string} name */
  function save(text, name) {
    const address = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  /** @param {HTMLFormElement} form @param {number} number of this bar on the page */
  function enhance(form, number) {
    const bar = /** @type {HTMLElement} */ (form.parentElement);
    const list = /** @type {HTMLElement} */ (bar.nextElementSibling);
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
    const reset = /** @type {HTMLButtonElement} */ (form.querySelector("[type=reset]"));
    const label = /** @type {HTMLElement | null} */ (bar.querySelector(".pt-take > span"));
    const every = label?.textContent;
    const name = prefixOf(number) + "q";
    const entries = all(".citation", list).map((element) => {
      const source = element.querySelector("pre")?.textContent ?? "";
      return { element, source, text: "" };
    });
    const jumps = all(".pt-jump a", bar).map((link) => ({ jump: link.parentElement, at: entries.findIndex(({ element }) => element.id === link.getAttribute("href")?.slice(1)) }));
    let pause = 0;

    /** What an entry is found by: all that it says, and of its BibTeX the values. @param {typeof entries[number]} entry */
    const textOf = (entry) => (entry.text ||= spaced(entry.element.textContent?.replace(entry.source, entry.source.replace(/^\s*[\w-]+ = /gm, "")) ?? ""));
    const shown = () => entries.filter(({ element }) => !element.hidden);

    function show() {
      const words = spaced(field.value).split(" ").filter(Boolean);
      for (const entry of entries) {
        const hides = Boolean(words.length) && !hasWords(textOf(entry), words);
        if (entry.element.hidden !== hides) entry.element.hidden = hides;
      }
      const count = shown().length;
      const { count: some, all: whole, none } = form.dataset;
      status.textContent = filled(!count ? none : words.length ? some : whole, { shown: count, all: entries.length });
      reset.hidden = !words.length;
      if (label) label.textContent = count && count < entries.length ? filled(label.dataset.some, { shown: count }) : every ?? "";
      jumps.forEach(({ jump, at }, index) => {
        if (jump) jump.hidden = entries.slice(at, jumps[index + 1]?.at).every(({ element }) => element.hidden);
      });
    }

    function tell() {
      const query = new URLSearchParams(location.search);
      query.delete(name);
      if (field.value.trim()) query.set(name, field.value.trim());
      putQuery(query);
    }

    function change() {
      requestAnimationFrame(() => setTimeout(show)); // what the reader typed shows first
      clearTimeout(pause);
      pause = setTimeout(tell, PAUSE);
    }

    /** What an address leads to shows, whatever is asked for. */
    function uncover() {
      const target = elementOf(location.hash)?.closest(".citation");
      if (!(target instanceof HTMLElement && target.hidden && list.contains(target))) return;
      field.value = "";
      show();
      tell();
      target.scrollIntoView();
    }

    bar.addEventListener("click", async (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[download]") : null;
      const some = shown();
      const keys = new Set(some.flatMap(({ source }) => keysIn(source)));
      // All of them are the file itself; and where BibTeX is not shown, nothing says which these are.
      if (!(link instanceof HTMLAnchorElement) || !keys.size || some.length === entries.length) return;
      event.preventDefault();
      const form = link.textContent ?? "";
      const file = link.pathname.split("/").pop() ?? "";
      try {
        const text = form === "BibTeX" ? some.map(({ source }) => `${source}\n`).join("\n") : only(await (await fetch(link.href)).text(), form, keys);
        save(text, file);
      } catch {
        location.href = link.href; // offline, or a page on a disk: all of them
      }
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(change));
    field.addEventListener("input", change);
    addEventListener("hashchange", uncover);
    field.value = new URLSearchParams(location.search).get(name) ?? "";
    form.hidden = false;
    show();
    uncover();
  }

  all(".pt-references > form").forEach((form, number) => form instanceof HTMLFormElement && enhance(form, number));
  return { hasWords, keysIn, only, spaced };
})();
