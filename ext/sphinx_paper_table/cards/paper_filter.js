// @ts-check
// The bar above paper tables and lists: it shows the papers that fit, in the order that the reader wants, and keeps
// both in the address. Without a script the bar is hidden and every paper shows.
const paperFilter = (() => {
  "use strict";
  const { all, elementOf, filled, linkOf, make, ownText, prefixOf, putQuery } = paperTable;

  /**
   * What is known of a paper, and the elements that show it.
   * @typedef {object} Item
   * @property {HTMLElement} element
   * @property {string} id
   * @property {string[][]} places of tags, venue, relations, has and the fields that have a filter of their own
   * @property {string} year
   * @property {string} date
   * @property {HTMLElement[]} groups around it
   * @property {Element | null} home where it stands in its group
   * @property {number} at its place on the page
   */

  const KINDS = ["tag", "venue", "relation", "has"];
  const GROUPS = ".pt-section:not(.sd-tab-content > *), tbody, .pt-shelf, .pt-tabs > .sd-tab-content";
  const PAUSE = 250; // before the address is told and words are marked, which may take longer than a key should
  const MARKS = 1000;

  // What is computed

  /** As readers type it: without accents and capitals. @param {string | null | undefined} text */
  const plain = (text) => (text ?? "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** The words to find. @param {URLSearchParams} wanted */
  const wordsOf = (wanted) => plain(wanted.get("q")).split(/\s+/).filter(Boolean);

  /** What the build says of a paper, in `data-f`. @param {string} [facts] */
  function factsOf(facts = "") {
    const [tags = "", venue = "", relations = "", has = "", year = "", date = "", ...more] = facts.split(",");
    return { places: [tags, venue, relations, has, ...more].map((field) => field.split(".").filter(Boolean)), year, date };
  }

  /**
   * Whether a paper fits what a reader asks for.
   * @param {URLSearchParams} wanted @param {string[]} kinds @param {string[][]} choices the values of each kind, in the order of the places
   * @returns {(item: Pick<Item, "places" | "year">, text: () => string) => boolean}
   */
  function predicate(wanted, kinds, choices) {
    const words = wordsOf(wanted);
    const needed = kinds.map((name, kind) => wanted.getAll(name).map((value) => String(choices[kind].indexOf(value))));
    const [from, to] = [wanted.get("from") ?? "", wanted.get("to") || "9999"];
    const isDated = Boolean(from || wanted.get("to"));
    return ({ places, year }, text) => {
      if (isDated && !(year && year >= from && year <= to)) return false;
      if (!needed.every((some, kind) => some.every((place) => places[kind].includes(place)))) return false;
      return !words.length || words.every((word) => text().includes(word));
    };
  }

  /**
   * How two papers stand to each other; what has no date comes last, and equals stay as they are on the page.
   * @param {string} order @param {(item: Item) => string} nameOf @param {string} language
   * @returns {(a: Item, b: Item) => number}
   */
  function comparison(order, nameOf, language) {
    const sign = order.startsWith("-") ? -1 : 1;
    if (!order) return (a, b) => a.at - b.at;
    if (order === "name") return (a, b) => nameOf(a).localeCompare(nameOf(b), language) || a.at - b.at;
    return (a, b) => Number(!a.date) - Number(!b.date) || sign * (a.date < b.date ? -1 : Number(a.date > b.date)) || a.at - b.at;
  }

  /** The query with what is asked for in a bar, and what others have put there. @param {string} search @param {string} prefix @param {string[]} names @param {URLSearchParams} asked */
  function queryWith(search, prefix, names, asked) {
    const query = new URLSearchParams(search);
    for (const name of names) query.delete(prefix + name);
    for (const [name, value] of asked) query.append(prefix + name, value);
    return query;
  }

  /** Where words stand in a text, as [from, to]. @param {string} text @param {string[]} words @returns {number[][]} */
  const occurrences = (text, words) =>
    words.flatMap((word) => {
      const found = [];
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) found.push([at, at + word.length]);
      return found;
    });

  // What is read from the page

  /** What a paper is found by: all that it says, except its BibTeX. @param {HTMLElement} element */
  function textOf(element) {
    const text = element.textContent ?? "";
    const source = element.querySelector(".pt-bibtex")?.textContent;
    return plain(source ? text.replace(source, "") : text);
  }

  /** The groups around elements; siblings share them. @param {HTMLElement} view */
  function groupsIn(view) {
    /** @type {Map<Element | null, HTMLElement[]>} */
    const known = new Map();
    return (/** @type {Element} */ element) => {
      const parent = element.parentElement;
      let found = known.get(parent);
      if (found) return found;
      known.set(parent, (found = []));
      for (let group = parent?.closest(GROUPS); group && view.contains(group); group = group.parentElement?.closest(GROUPS))
        if (group instanceof HTMLElement) found.push(group);
      return found;
    };
  }

  /** @param {HTMLElement} view @returns {Item[]} */
  function itemsIn(view) {
    const groupsAround = groupsIn(view);
    return all("[data-f]", view).map((element, at) => {
      const id = element.dataset.paper ?? element.querySelector("a")?.getAttribute("href") ?? "";
      return { element, id, ...factsOf(element.dataset.f), groups: groupsAround(element), home: element.parentElement, at };
    });
  }

  /** The values of a choice in their order, which is that of the places. @param {(HTMLInputElement | HTMLSelectElement)[]} fields @param {string} name */
  const valuesOf = (fields, name) =>
    fields.flatMap((field) => {
      if (field.name !== name) return [];
      return field instanceof HTMLSelectElement ? [...field.options].slice(1).map((option) => option.value) : [field.value];
    });

  /** The name of a tag on the bar. @param {HTMLFormElement} form @param {string} value */
  const labelOf = (form, value) =>
    plain(form.querySelector(`[name=tag][value="${value}"]`)?.parentElement?.firstChild?.nextSibling?.nodeValue);

  /** A count on the tab of a panel. @param {HTMLElement} panel */
  function badgeOf(panel) {
    const badge = make("span", { className: "pt-count" });
    (document.querySelector(`[aria-controls="${panel.id}"]`) ?? panel.previousElementSibling)?.append(" ", badge);
    return badge;
  }

  /** The links on the page that jump to a group. @param {HTMLElement} view @param {Iterable<HTMLElement>} groups */
  const jumpsTo = (view, groups) =>
    [...groups].flatMap((group) => {
      const jump = group.id && view.querySelector(`.pt-jump a[href="#${CSS.escape(group.id)}"]`)?.parentElement;
      return jump ? [{ group, jump, badge: jump.querySelector("small") }] : [];
    });

  /** What the reader asks for, without what is left open. @param {HTMLFormElement} form */
  function askedIn(form) {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && value.trim()) found.append(name, value.trim());
    return found;
  }

  /** The conditions besides words and order. @param {Iterable<string>} names */
  const conditions = (names) => [...names].filter((name) => name !== "q" && name !== "sort");

  // What is shown

  /** Bring papers into an order, each once and all in one list, or back into their groups. @param {Item[]} items @param {string} order @param {HTMLElement} list */
  function arrange(items, order, list) {
    if (!order) return items.forEach(({ element, home }) => home?.append(element));
    const nameOf = (/** @type {Item} */ { element }) => ownText(element.querySelector(".pt-name") ?? element.querySelector("a") ?? element);
    const names = new Map(items.map((item) => [item, nameOf(item)]));
    const once = [...new Map([...items].reverse().map((item) => [item.id, item])).values()];
    list.append(...once.sort(comparison(order, (item) => names.get(item) ?? "", document.documentElement.lang)).map(({ element }) => element));
  }

  /**
   * Show each paper that fits, and count them in their groups.
   * @param {Item[]} items @param {(item: Item) => boolean} fits @param {Map<HTMLElement, number>} counts
   * @returns {Item[]} those that fit
   */
  function showFitting(items, fits, counts) {
    for (const group of counts.keys()) counts.set(group, 0);
    return items.filter((item) => {
      const fit = fits(item);
      if (item.element.hidden === fit) item.element.hidden = !fit;
      if (fit) for (const group of item.groups) counts.set(group, (counts.get(group) ?? 0) + 1);
      return fit;
    });
  }

  /** Say on the bar how much is asked for. @param {HTMLFormElement} form @param {URLSearchParams} wanted */
  function showConditions(form, wanted) {
    const number = conditions(wanted.keys()).length;
    const summary = /** @type {HTMLElement | null} */ (form.querySelector("summary > .pt-count"));
    if (summary) Object.assign(summary, { hidden: !number, textContent: number });
    /** @type {HTMLButtonElement} */ (form.querySelector("[type=reset]")).hidden = !(number || wanted.has("q"));
  }

  /**
   * The value of what an old address calls by another name; empty when there is none.
   * @param {{ value: string, dataset: DOMStringMap }[]} options @param {string} [name]
   */
  const presentName = (options, name) =>
    options.find(({ value, dataset }) => [value, ...JSON.parse(dataset.former ?? "[]")].some((known) => plain(known) === plain(name)))?.value ?? "";

  /** Set fields to what the address says. @param {(HTMLInputElement | HTMLSelectElement)[]} fields @param {string} prefix */
  function fill(fields, prefix) {
    const query = new URLSearchParams(location.search);
    for (const field of fields) {
      const wanted = query.getAll(prefix + field.name);
      if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = wanted.some((name) => presentName([field], name) === field.value);
      else field.value = wanted[0] ?? "";
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = presentName([...field.options], wanted[0]);
    }
  }

  /** What is marked for each bar. @type {Range[][]} */
  const marked = [];

  /** Mark words in what shows; those that run across elements stay unmarked. @param {Item[]} items @param {string[]} words @param {number} number of the bar */
  function mark(items, words, number) {
    if (!("highlights" in CSS)) return;
    /** @type {Range[]} */
    const found = (marked[number] = []);
    for (const { element } of words.length ? items : []) {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (found.length < MARKS && !element.hidden && texts.nextNode()) {
        const node = /** @type {Text} */ (texts.currentNode);
        const text = plain(node.data);
        if (text.length !== node.length) continue; // some accents take a place of their own
        for (const [from, to] of occurrences(text, words)) {
          const range = new Range();
          range.setStart(node, from);
          range.setEnd(node, to);
          found.push(range);
        }
      }
    }
    CSS.highlights.set("pt-found", new Highlight(...marked.flat()));
  }

  // A bar

  /** @param {HTMLFormElement} form @param {number} number of this bar on the page */
  function enhance(form, number) {
    const view = /** @type {HTMLElement} */ (form.closest(".pt-view"));
    const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
    const fields = [...form.elements].filter((field) => field instanceof HTMLInputElement || field instanceof HTMLSelectElement);
    const names = [...new Set(fields.map((field) => field.name))];
    const kinds = [...KINDS, .../** @type {HTMLSelectElement[]} */ (all("select[data-facet]", form)).map((field) => field.name)];
    const choices = kinds.map((name) => valuesOf(fields, name));
    const labels = choices[0].map((value) => labelOf(form, value));
    const items = itemsIn(view);
    const total = new Set(items.map((item) => item.id)).size;
    const counts = new Map(items.flatMap((item) => item.groups).map((group) => [group, 0]));
    const panels = [...counts.keys()].filter((group) => group.matches(".sd-tab-content"));
    const badges = panels.map(badgeOf);
    const jumps = jumpsTo(view, counts.keys());
    const prefix = prefixOf(number);
    // Whatever order is asked for goes across groups: all in one list, and nothing else shows.
    const list = /** @type {HTMLElement} */ (items[0]?.home?.cloneNode() ?? make("div"));
    const parts = [...view.children].filter((part) => part.matches(".pt-jump") || items.some(({ element }) => part.contains(element)));
    let fitting = items;
    let order = "";

    /** @type {string[]} */
    const texts = [];
    /** What an item says, and its tags and venue, which short lines leave out. @param {Item} item */
    const searchable = ({ at, element, places: [tags, venues] }) =>
      (texts[at] ??= [textOf(element), ...tags.map((tag) => labels[Number(tag)]), ...venues.map((venue) => plain(choices[1][Number(venue)]))].join(" "));

    /** Whether what fits is in closed tabs only. */
    function isElsewhere() {
      const open = panels.filter((panel) => !panel.hasAttribute("hidden") && getComputedStyle(panel).display !== "none");
      const isInTab = (/** @type {Item} */ { groups }) => groups.some((group) => panels.includes(group));
      return Boolean(!order && open.length && !open.some((panel) => counts.get(panel)) && fitting.length && fitting.every(isInTab));
    }

    /** Say how many there are, for eyes and ears, and whether they are where the reader is. */
    function say() {
      const { count, all: every, none, elsewhere } = form.dataset;
      const shown = new Set(fitting.map((item) => item.id)).size;
      const message = isElsewhere() ? elsewhere : !shown ? none : shown === total ? every : count;
      const text = filled(message, { shown, all: total });
      if (status.textContent !== text) status.textContent = text;
    }

    /** Hide groups without a paper, and say on tabs and jumps how many there are. */
    function showGroups() {
      for (const [group, count] of counts) if (!panels.includes(group)) group.hidden = !count || (parts.includes(group) && Boolean(order));
      panels.forEach((panel, index) => {
        badges[index].textContent = String(counts.get(panel));
        badges[index].parentElement?.classList.toggle("pt-empty", !counts.get(panel));
      });
      for (const { group, jump, badge } of jumps) {
        jump.hidden = !counts.get(group);
        if (badge) badge.textContent = String(counts.get(group));
      }
    }

    /** Open the tab with most. */
    function openFullest() {
      const most = Math.max(...panels.map((panel) => counts.get(panel) ?? 0));
      badges[panels.findIndex((panel) => counts.get(panel) === most)].parentElement?.click();
    }

    /** Show what fits, and where. @param {boolean} follows whether another tab may open if nothing fits in the open one */
    function apply(follows) {
      const wanted = askedIn(form);
      const sort = wanted.get("sort") ?? "";
      if (sort !== order) {
        arrange(items, (order = sort), list);
        if (order) view.append(list);
        else list.remove();
        for (const part of parts) /** @type {HTMLElement} */ (part).hidden = Boolean(order);
      }
      const fits = predicate(wanted, kinds, choices);
      fitting = showFitting(items, (item) => fits(item, () => searchable(item)), counts);
      showGroups();
      showConditions(form, wanted);
      if (follows && isElsewhere()) openFullest();
      say();
    }

    /** Put into the address what the form says, and mark what it asks for. */
    function remember() {
      const query = queryWith(location.search, prefix, names, askedIn(form));
      if (String(query) !== String(new URLSearchParams(location.search))) putQuery(query);
      mark(items, wordsOf(askedIn(form)), number);
    }

    /** Do what the address says. */
    function recall() {
      fill(fields, prefix);
      const details = form.querySelector("details");
      const isConditioned = conditions(askedIn(form).keys()).length;
      if (details && isConditioned && matchMedia("(width >= 40rem)").matches) details.open = true; // it fills a phone's screen
      apply(!location.hash); // else the address says which tab
      mark(items, wordsOf(askedIn(form)), number);
    }

    /**
     * Show everything when a link leads to what is hidden: a paper, or a group if the reader has clicked.
     * @param {string} hash @param {string} [hidden]
     */
    function reveal(hash, hidden = "[data-f][hidden]") {
      const target = elementOf(hash);
      if (!target || !view.contains(target) || !target.closest(hidden)) return;
      form.reset();
      apply(false);
      remember();
      target.scrollIntoView();
    }

    let frame = 0;
    let timer = 0;
    function soon() {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setTimeout(apply, 0, true)); // what the reader typed shows first
      clearTimeout(timer);
      timer = setTimeout(remember, PAUSE);
    }

    form.addEventListener("focusin", () => items.forEach(searchable), { once: true }); // so that no key has to wait for it
    form.addEventListener("input", soon);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => {
      setTimeout(soon); // the fields are empty after the event
      form.querySelector("input")?.focus();
    });
    view.addEventListener("click", ({ target }) => {
      const line = target instanceof Element && target.closest(".pt-shelf > summary");
      if (!line) return;
      const { top } = line.getBoundingClientRect(); // stays, though another ranking may shut above it
      setTimeout(() => scrollBy({ top: line.getBoundingClientRect().top - top, behavior: "instant" }));
    });
    for (const event of ["click", "keyup"]) view.querySelector(".pt-tabs")?.addEventListener(event, say);
    addEventListener("popstate", recall);
    addEventListener("hashchange", () => reveal(location.hash));
    document.addEventListener("click", (event) => {
      const link = linkOf(event, "a[href^='#']");
      if (link) reveal(link.hash, ".pt-view [hidden]:not(.sd-tab-content)");
    });
    form.hidden = false;
    recall();
    reveal(location.hash);
  }

  all("form.pt-filter[role=search]").forEach((form, number) => enhance(/** @type {HTMLFormElement} */ (form), number));

  return { comparison, factsOf, occurrences, plain, predicate, presentName, queryWith, wordsOf };
})();
