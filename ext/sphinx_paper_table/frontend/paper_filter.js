// @ts-check
// The bar above paper tables and lists: it shows the papers that fit, in the order that the reader wants, and keeps
// both in the address. Without a script the bar is hidden and every paper shows.
(() => {
  "use strict";

  /**
   * @typedef {object} Item
   * @property {HTMLElement} element
   * @property {string} id
   * @property {string[][]} places of tags, venue, relations, has and the fields that have a filter of their own
   * @property {string} year
   * @property {string} date
   * @property {HTMLElement[]} groups around it
   * @property {number} at
   * @property {string} [name]
   */

  const GROUPS = ".pt-section:not(.sd-tab-content > *), tbody, .pt-shelf, .pt-tabs > .sd-tab-content";
  const PAUSE = 250; // before the address is told and words are marked, which may take longer than a key should
  const MARKS = 1000;

  /** What is marked for each bar. @type {Range[][]} */
  const marked = [];

  /** As readers type it: without accents and capitals. @param {string | null | undefined} text */
  const plain = (text) => (text ?? "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** @param {URLSearchParams} wanted */
  const wordsOf = (wanted) => plain(wanted.get("q")).split(/\s+/).filter(Boolean);

  /** What a paper is found by: all that it says, except its BibTeX. @param {HTMLElement} element */
  function textOf(element) {
    const text = element.textContent ?? "";
    const source = element.querySelector(".pt-bibtex")?.textContent;
    return plain(source ? text.replace(source, "") : text);
  }

  /** The name without its permalink. @param {HTMLElement} element */
  const nameOf = (element) =>
    [...(element.querySelector(".pt-name") ?? element.querySelector("a") ?? element).childNodes]
      .filter((node) => !(node instanceof Element && node.matches(".headerlink")))
      .map((node) => node.textContent)
      .join("");

  /** @param {Element | null} tab */
  function counter(tab) {
    const found = document.createElement("span");
    found.className = "pt-count";
    tab?.append(" ", found);
    return found;
  }

  /** @param {HTMLFormElement} form @param {number} number of this bar on the page */
  function enhance(form, number) {
    const view = /** @type {HTMLElement} */ (form.closest(".pt-view"));
    const prefix = number ? `${number + 1}-` : "";
    const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
    const reset = /** @type {HTMLButtonElement} */ (form.querySelector("[type=reset]"));
    const summary = /** @type {HTMLElement | null} */ (form.querySelector("summary > .pt-count"));
    const fields = [...form.elements].filter((field) => field instanceof HTMLInputElement || field instanceof HTMLSelectElement);
    const names = [...new Set(fields.map((field) => field.name))];

    /** The values of a choice in their order, which is that of the places. @param {string} name */
    const values = (name) =>
      fields.flatMap((field) => {
        if (field.name !== name) return [];
        return field instanceof HTMLSelectElement ? [...field.options].slice(1).map((option) => option.value) : [field.value];
      });
    const extra = [...form.querySelectorAll("select[data-facet]")].map((field) => /** @type {HTMLSelectElement} */ (field).name);
    const kinds = ["tag", "venue", "relation", "has", ...extra];
    const choices = kinds.map(values);
    const labels = choices[0].map((value) => plain(form.querySelector(`[name=tag][value="${value}"]`)?.parentElement?.firstChild?.nextSibling?.nodeValue));

    /** @type {Map<Element | null, HTMLElement[]>} */
    const known = new Map();
    /** Siblings share the groups around them. @param {Element} element */
    function groupsAround(element) {
      const parent = element.parentElement;
      let found = known.get(parent);
      if (found) return found;
      known.set(parent, (found = []));
      for (let group = parent?.closest(GROUPS); group && view.contains(group); group = group.parentElement?.closest(GROUPS))
        if (group instanceof HTMLElement) found.push(group);
      return found;
    }

    /** @type {Item[]} */
    const items = [...view.querySelectorAll("[data-f]")].filter((element) => element instanceof HTMLElement).map((element, at) => {
      const [tags, venue, relations, has, year, date, ...more] = (element.dataset.f ?? "").split(",");
      const places = [tags, venue, relations, has, ...more].map((field) => field.split(".").filter(Boolean));
      const id = element.dataset.paper ?? element.querySelector("a")?.getAttribute("href") ?? "";
      return { element, id, places, year, date, groups: groupsAround(element), at };
    });
    const all = new Set(items.map((item) => item.id)).size;

    const counts = new Map(items.flatMap((item) => item.groups).map((group) => [group, 0]));
    const panels = [...counts.keys()].filter((group) => group.matches(".sd-tab-content"));
    const badges = panels.map((panel) => counter(document.querySelector(`[aria-controls="${panel.id}"]`) ?? panel.previousElementSibling));
    const jumps = [...counts.keys()].flatMap((group) => {
      const link = group.id && view.querySelector(`.pt-jump a[href="#${CSS.escape(group.id)}"]`);
      const jump = link && link.parentElement;
      return jump ? [{ group, jump, badge: jump.querySelector("small") }] : [];
    });
    /** @type {Map<HTMLElement, Item[]>} */
    const lists = new Map();
    for (const item of items) {
      const parent = /** @type {HTMLElement} */ (item.element.parentElement);
      const list = lists.get(parent);
      if (list) list.push(item);
      else lists.set(parent, [item]);
    }
    let order = "";
    /** @type {string[]} */
    const texts = [];

    /** What an item says, and its tags and venue, which short lines leave out. @param {Item} item */
    const searchable = ({ at, element, places: [tags, venues] }) =>
      (texts[at] ??= [textOf(element), ...tags.map((tag) => labels[Number(tag)]), ...venues.map((venue) => plain(choices[1][Number(venue)]))].join(" "));

    /** @param {URLSearchParams} wanted */
    function predicate(wanted) {
      const words = wordsOf(wanted);
      const needed = kinds.map((name, kind) => wanted.getAll(name).map((value) => String(choices[kind].indexOf(value))));
      const [from, to] = [wanted.get("from") ?? "", wanted.get("to") || "9999"];
      const dated = from || wanted.get("to");
      return (/** @type {Item} */ item) => {
        if (dated && !(item.year >= from && item.year <= to && item.year)) return false;
        if (!needed.every((some, kind) => some.every((place) => item.places[kind].includes(place)))) return false;
        if (!words.length) return true;
        const text = searchable(item);
        return words.every((word) => text.includes(word));
      };
    }

    /** @param {string} wanted */
    function sort(wanted) {
      if (wanted === order) return;
      order = wanted;
      const name = (/** @type {Item} */ item) => (item.name ??= nameOf(item.element));
      const sign = wanted.startsWith("-") ? -1 : 1;
      for (const [parent, list] of lists) {
        if (wanted === "name") list.sort((a, b) => name(a).localeCompare(name(b), document.documentElement.lang) || a.at - b.at);
        else if (wanted) list.sort((a, b) => Number(!a.date) - Number(!b.date) || sign * (a.date < b.date ? -1 : Number(a.date > b.date)) || a.at - b.at);
        else list.sort((a, b) => a.at - b.at);
        parent.append(...list.map((item) => item.element));
      }
    }

    /** What the reader asks for, without what is left open. */
    function asked() {
      const found = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string" && value.trim()) found.append(name, value.trim());
      return found;
    }

    let shown = all;
    let loose = 0; // shown outside tabs

    /** Whether what fits is in closed tabs only. */
    function isElsewhere() {
      const open = panels.find((panel) => !panel.hasAttribute("hidden") && getComputedStyle(panel).display !== "none");
      return Boolean(open && !counts.get(open) && !loose && shown);
    }

    /** Show what fits, and where. @param {boolean} follows whether the tab with most may open if nothing fits in the open one */
    function apply(follows) {
      const wanted = asked();
      sort(wanted.get("sort") ?? "");
      const fits = predicate(wanted);
      const ids = new Set();
      loose = 0;
      for (const group of counts.keys()) counts.set(group, 0);
      for (const item of items) {
        const fit = fits(item);
        if (item.element.hidden === fit) item.element.hidden = !fit;
        if (!fit) continue;
        ids.add(item.id);
        if (!item.groups.some((group) => panels.includes(group))) loose += 1;
        for (const group of item.groups) counts.set(group, (counts.get(group) ?? 0) + 1);
      }
      shown = ids.size;
      for (const [group, count] of counts) if (!panels.includes(group) && group.hidden === count > 0) group.hidden = !count;
      panels.forEach((panel, index) => {
        const count = counts.get(panel);
        badges[index].textContent = String(count);
        badges[index].parentElement?.classList.toggle("pt-empty", !count);
      });
      for (const { group, jump, badge } of jumps) {
        const count = counts.get(group) ?? 0;
        jump.hidden = !count;
        if (badge) badge.textContent = String(count);
      }
      const more = [...wanted.keys()].filter((name) => name !== "q" && name !== "sort").length;
      if (summary) {
        summary.hidden = !more;
        summary.textContent = String(more);
      }
      reset.hidden = !(more || wanted.has("q"));
      view.classList.toggle("pt-nothing", !shown);
      if (follows && isElsewhere()) {
        const most = Math.max(...panels.map((panel) => counts.get(panel) ?? 0));
        badges[panels.findIndex((panel) => counts.get(panel) === most)].parentElement?.click();
      }
      say();
    }

    /** Say how many there are, for eyes and ears, and whether they are where the reader is. */
    function say() {
      const { count = "", all: whole = "", none = "", elsewhere = "" } = form.dataset;
      const text = isElsewhere() ? elsewhere : !shown ? none : shown === all ? whole : count;
      const filled = text.replace("{shown}", String(shown)).replace("{all}", String(all));
      if (status.textContent !== filled) status.textContent = filled;
    }

    /** Put into the address what the form says, and leave there what others have put. */
    function remember() {
      const query = new URLSearchParams(location.search);
      for (const name of names) query.delete(prefix + name);
      for (const [name, value] of asked()) query.append(prefix + name, value);
      const text = query.toString();
      if (text === new URLSearchParams(location.search).toString()) return;
      try {
        history.replaceState(history.state, "", `${location.pathname}${text && "?"}${text}${location.hash}`);
      } catch {
        // Browsers refuse after too many in a short time; the next one will do. A page on a disk may have a fixed address.
      }
    }

    /** Mark the words that were asked for in what shows; those that run across elements stay unmarked. */
    function mark() {
      if (!("highlights" in CSS)) return;
      /** @type {Range[]} */
      const found = (marked[number] = []);
      const words = wordsOf(asked());
      for (const { element } of words.length ? items : []) {
        if (element.hidden) continue;
        const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (found.length < MARKS && texts.nextNode()) {
          const node = /** @type {Text} */ (texts.currentNode);
          const text = plain(node.data);
          if (text.length !== node.length) continue; // some accents take a place of their own
          for (const word of words)
            for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
              const range = new Range();
              range.setStart(node, at);
              range.setEnd(node, at + word.length);
              found.push(range);
            }
        }
      }
      CSS.highlights.set("pt-found", new Highlight(...marked.flat()));
    }

    /** Set the form to what the address says. */
    function recall() {
      const query = new URLSearchParams(location.search);
      for (const field of fields) {
        const wanted = query.getAll(prefix + field.name);
        if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = wanted.includes(field.value);
        else field.value = wanted[0] ?? "";
        if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = "";
      }
      const details = form.querySelector("details");
      const more = names.some((name) => name !== "q" && name !== "sort" && query.has(prefix + name));
      if (details && more && matchMedia("(width >= 40rem)").matches) details.open = true; // it fills a phone's screen
      apply(!location.hash); // else the address says which tab
      mark();
    }

    let frame = 0;
    let timer = 0;
    function soon() {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => apply(true));
      clearTimeout(timer);
      timer = setTimeout(() => {
        remember();
        mark();
      }, PAUSE);
    }

    /**
     * Show everything when a link leads to what is hidden: a paper, or a group if the reader has clicked.
     * @param {string} hash @param {string} [hidden]
     */
    function reveal(hash, hidden = "[data-f][hidden]") {
      let id = hash.slice(1);
      try {
        id = decodeURIComponent(id);
      } catch {
        // a lone percent sign
      }
      const target = id ? document.getElementById(id) : null;
      if (!target || !view.contains(target) || !target.closest(hidden)) return;
      form.reset();
      apply(false);
      remember();
      mark();
      target.scrollIntoView();
    }

    form.addEventListener("focusin", () => items.forEach(searchable), { once: true }); // so that no key has to wait for it
    form.addEventListener("input", soon);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => {
      setTimeout(soon); // the fields are empty after the event
      form.querySelector("input")?.focus();
    });
    for (const event of ["click", "keyup"]) view.querySelector(".pt-tabs")?.addEventListener(event, say);
    addEventListener("popstate", recall);
    addEventListener("hashchange", () => reveal(location.hash));
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
      if (link instanceof HTMLAnchorElement) reveal(link.hash, ".pt-view [hidden]:not(.sd-tab-content)");
    });
    form.hidden = false;
    recall();
    reveal(location.hash);
  }

  [...document.querySelectorAll("form.pt-filter")]
    .filter((form) => form instanceof HTMLFormElement)
    .forEach(enhance);
})();
