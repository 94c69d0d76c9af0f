// @ts-check
// Tab sets of paper tables as real tabs: roles, keys, and the open tab in the address. The radio buttons that stand in
// the page are replaced; without a script they stay, and work.
(() => {
  "use strict";
  const { all, elementOf, isPlain, linkOf, make, ownText, putAddress } = paperTable;

  /**
   * @typedef {object} TabSet
   * @property {HTMLButtonElement[]} tabs
   * @property {HTMLElement[]} panels
   * @property {(index: number) => void} select
   */

  // Closed tabs that find-in-page and text fragments can open. A browser without this event would never show them.
  const CLOSED = "onbeforematch" in document ? "until-found" : "";

  /** @param {HTMLElement} set @returns {TabSet} */
  function enhance(set) {
    const inputs = [...set.children].filter((child) => child instanceof HTMLInputElement);
    const list = make("div", { className: "pt-tablist" });
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", ownText(set.closest("section")?.querySelector("h1, h2, h3, h4, h5, h6")));

    /** @type {HTMLButtonElement[]} */
    const tabs = [];
    /** @type {HTMLElement[]} */
    const panels = [];
    let every = -1; // the tab that opens all panels
    inputs.forEach((input, index) => {
      const label = input.nextElementSibling;
      const panel = label?.nextElementSibling;
      if (!(label instanceof HTMLElement && panel instanceof HTMLElement)) return;
      const text = (label.textContent ?? "").trim();
      const tab = make("button", { type: "button", className: "pt-tab", id: `${panel.id}-tab` }, text);
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      tab.addEventListener("click", () => choose(index));
      if (label.matches(".pt-all-groups")) every = index;
      label.replaceWith(make("p", { className: "pt-tab-title" }, index === every ? "" : text)); // on paper, where every panel is
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
        const isOpen = index === chosen || (chosen === every && index !== every);
        for (const name of Object.keys(isOpen ? closed : open)) panel.removeAttribute(name);
        for (const [name, value] of Object.entries(isOpen ? open : closed)) panel.setAttribute(name, value);
      });
      show(tabs[chosen]);
    }

    /** Scroll to a tab: only the list, never the page, which keeps its rows in sight. @param {HTMLElement} tab */
    function show(tab) {
      set.style.setProperty("--pt-rows", `${list.offsetHeight}px`);
      list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
    }

    /** Open a panel because the reader says so. @param {number} chosen */
    function choose(chosen) {
      select(chosen);
      putAddress(`#${encodeURIComponent((panels[chosen].querySelector(":scope > [id]") ?? panels[chosen]).id)}`);
    }

    list.addEventListener("keydown", (event) => {
      if (!isPlain(event)) return;
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
    return { tabs, panels, select };
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

  const sets = all(".pt-tabs").map(enhance);
  if (!sets.length) return;

  function follow() {
    const target = elementOf(location.hash);
    // Browsers open what can be found themselves, but scroll before the list of tabs has its height.
    if (reveal(target) || target?.closest(".pt-tabs")) target?.scrollIntoView();
  }
  follow();
  addEventListener("hashchange", follow);

  // A link to the hash that the address has already changes nothing in it. Opened before the browser follows the link,
  // the target is where it scrolls to.
  document.addEventListener("click", (event) => {
    const link = linkOf(event, "a[href*='#']");
    if (!link || event.defaultPrevented || event.button || !isPlain(event)) return;
    const here = link.origin === location.origin && link.pathname === location.pathname && link.search === location.search;
    if (here) reveal(elementOf(link.hash));
  });
})();
