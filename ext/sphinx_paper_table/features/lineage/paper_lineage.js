// @ts-check
// Lineages: pointing to a method, its focus, or a touch lights up what it follows and what follows it. The drawing, its
// links and the list below it need no script.
(() => {
  "use strict";

  /** @param {Element} view */
  function enhance(view) {
    const svg = view.querySelector(".pt-scroll > svg");
    const figure = view.querySelector("figure");
    if (!svg || !figure) return;
    const members = new Map([...svg.querySelectorAll("[data-member]")].map((box) => [/** @type {SVGElement} */ (box).dataset.member ?? "", box]));
    const bonds = /** @type {SVGElement[]} */ ([...svg.querySelectorAll("[data-from]")]);
    const [before, after] = [new Map(), new Map()];
    for (const bond of bonds) {
      for (const [map, key] of /** @type {const} */ ([[after, "from"], [before, "to"]])) {
        const end = bond.dataset[key] ?? "";
        map.set(end, [...(map.get(end) ?? []), bond]);
      }
    }

    /** All bonds that lead away from a method in one direction. @param {string} start @param {Map<string, SVGElement[]>} map @param {"from" | "to"} far */
    function follow(start, map, far) {
      const found = new Set();
      const seen = new Set([start]);
      for (const name of seen) {
        for (const bond of map.get(name) ?? []) {
          found.add(bond);
          seen.add(bond.dataset[far] ?? ""); // a set is walked through to what is added meanwhile
        }
      }
      return found;
    }

    /** @param {string} name of a method, or nothing for all */
    function light(name) {
      const lit = new Set(name ? [...follow(name, before, "from"), ...follow(name, after, "to")] : []);
      const near = new Set([name, ...[...lit].flatMap((bond) => [bond.dataset.from, bond.dataset.to])]);
      svg?.classList.toggle("pt-dim", Boolean(name));
      for (const bond of bonds) bond.classList.toggle("pt-lit", lit.has(bond));
      for (const [paper, box] of members) {
        box.classList.toggle("pt-lit", Boolean(name) && near.has(paper));
        box.classList.toggle("pt-self", Boolean(name) && paper === name);
      }
    }

    /** The method that is lit while nothing is pointed to. */
    let kept = "";
    /** @param {Event} event */
    const memberOf = (event) => (event.target instanceof Element && /** @type {SVGElement | null} */ (event.target.closest("[data-member]"))?.dataset.member) || "";

    // After a click that scrolls the page, something else lies under the pointer, which has not moved.
    let clicked = [-9, -9];
    document.addEventListener("click", (event) => (clicked = [event.clientX, event.clientY]), true);
    svg.addEventListener("pointerover", (event) => {
      const { clientX, clientY, pointerType } = /** @type {PointerEvent} */ (event);
      const isMoved = Math.hypot(clientX - clicked[0], clientY - clicked[1]) > 2;
      if (pointerType !== "touch" && isMoved) light(memberOf(event) || kept);
    });
    svg.addEventListener("pointerleave", () => light(kept));
    svg.addEventListener("focusin", (event) => light(memberOf(event) || kept));
    svg.addEventListener("focusout", () => light(kept));
    // The first touch lights, the second follows the link; a touch beside the methods ends it.
    let touched = false;
    svg.addEventListener("pointerdown", (event) => {
      touched = /** @type {PointerEvent} */ (event).pointerType === "touch";
    });
    svg.addEventListener("click", (event) => {
      if (!touched) return;
      const name = memberOf(event);
      if (name && name !== kept) event.preventDefault();
      kept = name;
      light(kept);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && svg.classList.contains("pt-dim")) light((kept = ""));
    });

    /** Light the method whose box the address names, and bring it into sight. */
    function arrive() {
      const box = document.getElementById(location.hash.slice(1)); // ids are ASCII, and what is encoded is not ours
      if (!box || !svg?.contains(box)) return;
      kept = box.dataset.member ?? "";
      light(kept);
      box.scrollIntoView({ block: "center", inline: "center" });
    }
    addEventListener("hashchange", arrive);
    arrive();

    figure.querySelector("figcaption")?.append(paperTable.make("span", { className: "pt-hint" }, ` ${figure.dataset.hint}`));
  }

  document.querySelectorAll(".pt-lineage").forEach(enhance);
})();
