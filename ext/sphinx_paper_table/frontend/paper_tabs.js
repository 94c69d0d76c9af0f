// @ts-check
// Tab sets of paper tables as real tabs: roles, keys, and the open tab in the address. The radio buttons that stand in
// the page are replaced; without a script they stay, and work.
(() => {
  "use strict";

  /**
   * @typedef {object} TabSet
   * @property {HTMLButtonElement[]} tabs
   * @property {HTMLElement[]} panels
   * @property {(index: number) => void} select
   */

  // Closed tabs that find-in-page and text fragments can open. A browser without this event would never show them.
  const CLOSED = "onbeforematch" in document ? "until-found" : "";

  /** What a heading says, without its permalink. @param {Element | null | undefined} heading */
  const textOf = (heading) =>
    [...(heading?.childNodes ?? [])]
      .filter((node) => !(node instanceof Element && node.matches(".headerlink")))
      .map((node) => node.textContent)
      .join("")
      .trim();

  /** Put an id into the address, without an entry in the history. @param {string} id */
  function remember(id) {
    try {
      history.replaceState(history.state, "", `#${encodeURIComponent(id)}`);
    } catch {
      // Browsers refuse after too many in a short time (a held key); the next one will do.
    }
  }

  /** @param {HTMLElement} set @returns {TabSet} */
  function enhance(set) {
    const inputs = [...set.children].filter((child) => child instanceof HTMLInputElement);
    const list = document.createElement("div");
    list.className = "pt-tablist";
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", textOf(set.closest("section")?.querySelector("h1, h2, h3, h4, h5, h6")));

    /** @type {HTMLButtonElement[]} */
    const tabs = [];
    /** @type {HTMLElement[]} */
    const panels = [];
    inputs.forEach((input, index) => {
      const label = input.nextElementSibling;
      const panel = label?.nextElementSibling;
      if (!(label instanceof HTMLElement && panel instanceof HTMLElement)) return;
      const tab = document.createElement("button");
      tab.type = "button";
      tab.className = "pt-tab";
      tab.id = `${panel.id}-tab`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      tab.textContent = (label.textContent ?? "").trim();
      tab.addEventListener("click", () => choose(index));
      const title = document.createElement("p"); // shown on paper, where every panel is
      title.className = "pt-tab-title";
      title.textContent = tab.textContent;
      label.replaceWith(title);
      panel.addEventListener("beforematch", () => select(index));
      tabs.push(tab);
      panels.push(panel);
    });

    /** Open a panel and close the others. @param {number} chosen */
    function select(chosen) {
      tabs.forEach((tab, index) => {
        tab.setAttribute("aria-selected", String(index === chosen));
        tab.tabIndex = index === chosen ? 0 : -1;
      });
      panels.forEach((panel, index) => {
        // What can be found is not quite hidden: a closed panel is kept from screen readers and the order of focus.
        const open = { role: "tabpanel", tabindex: "0", "aria-labelledby": tabs[index].id };
        const closed = { hidden: CLOSED };
        for (const name of Object.keys(index === chosen ? closed : open)) panel.removeAttribute(name);
        for (const [name, value] of Object.entries(index === chosen ? open : closed)) panel.setAttribute(name, value);
      });
      show(tabs[chosen]);
    }

    /** Scroll to a tab: only the list, never the page. @param {HTMLElement} tab */
    function show(tab) {
      list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
    }

    /** Open a panel because the reader says so. @param {number} chosen */
    function choose(chosen) {
      select(chosen);
      remember((panels[chosen].querySelector(":scope > [id]") ?? panels[chosen]).id);
    }

    list.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const now = tabs.findIndex((tab) => tab === document.activeElement);
      const forwards = getComputedStyle(list).direction === "rtl" ? -1 : 1;
      const steps = { ArrowRight: now + forwards, ArrowLeft: now - forwards, Home: 0, End: -1 };
      const wanted = steps[/** @type {keyof typeof steps} */ (event.key)];
      if (wanted === undefined) return;
      event.preventDefault();
      const next = (wanted + tabs.length) % tabs.length;
      choose(next);
      tabs[next].focus();
    });

    const checked = inputs.findIndex((input) => input.checked); // a reload restores what was chosen
    inputs.forEach((input) => input.remove());
    list.append(...tabs);
    set.prepend(list);
    set.classList.add("pt-on");
    select(Math.max(0, checked));
    // Fonts arrive, phones are turned, and other scripts put counts into tabs.
    const sizes = new ResizeObserver(() => show(tabs.find((tab) => tab.tabIndex === 0) ?? tabs[0]));
    for (const tab of tabs) sizes.observe(tab);
    // Style sheets open closed panels for print, but Chromium loses what is laid out only then and may not be broken.
    addEventListener("beforeprint", () => panels.forEach((panel) => panel.removeAttribute("hidden")));
    addEventListener("afterprint", () => select(tabs.findIndex((tab) => tab.tabIndex === 0)));
    return { tabs, panels, select };
  }

  /** The element that a hash leads to, as browsers look it up: as it is written, then decoded. @param {string} hash */
  function targetOf(hash) {
    const raw = hash.slice(1);
    const found = document.getElementById(raw);
    if (found || !raw) return found;
    try {
      return document.getElementById(decodeURIComponent(raw));
    } catch {
      return null; // a lone percent sign
    }
  }

  /** Open what hides a target; false when nothing did. @param {Element | null} target */
  function reveal(target) {
    let opened = false;
    for (const { panels, select } of sets) {
      const index = panels.findIndex((panel) => panel.hasAttribute("hidden") && panel.contains(target));
      if (index < 0) continue;
      select(index);
      opened = true;
    }
    return opened;
  }

  const sets = [...document.querySelectorAll(".pt-tabs")].filter((set) => set instanceof HTMLElement).map(enhance);
  if (!sets.length) return;

  function follow() {
    const target = targetOf(location.hash);
    if (reveal(target)) target?.scrollIntoView();
  }
  follow();
  addEventListener("hashchange", follow);

  // A link to the hash that the address has already changes nothing in it. Opened before the browser follows the link,
  // the target is where it scrolls to.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href*='#']") : null;
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const here = link.origin === location.origin && link.pathname === location.pathname && link.search === location.search;
    if (here) reveal(targetOf(link.hash));
  });
})();
