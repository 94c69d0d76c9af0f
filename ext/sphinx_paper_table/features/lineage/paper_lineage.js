// @ts-check
// Lineages: pointing to a method, its focus, or a touch lights up what it follows and what follows it, and says what it
// is; the drawing can be made smaller and larger. The drawing, its links and the list below it need no script.
(() => {
  "use strict";
  const { all, make } = paperTable;
  const LEGIBLE = 0.7; // a drawing opens as a whole where its letters are not smaller than this
  const MANY = 8;

  /**
   * Where along one side a window of this size has most: its beginning.
   * @param {number[]} places @param {number} size
   */
  function densest(places, size) {
    const within = (/** @type {number} */ start) => places.filter((place) => place >= start && place <= start + size).length;
    return places.reduce((best, start) => (within(start) > within(best) ? start : best), places[0] ?? 0);
  }

  /** Size of the drawing in its frame, and where in it one is. @param {HTMLElement} figure */
  function zooming(figure) {
    const tools = /** @type {HTMLElement} */ (figure.querySelector(".pt-tools"));
    const frame = /** @type {HTMLElement} */ (figure.querySelector(".pt-scroll"));
    const parts = /** @type {SVGSVGElement[]} */ ([...frame.querySelectorAll("svg")]);
    const { width, height } = parts[1].viewBox.baseVal;
    const boxes = /** @type {SVGRectElement[]} */ ([...parts[1].querySelectorAll("[data-member] > rect")]);
    const frames = boxes.map((box) => [box.x.baseVal.value, box.y.baseVal.value, box.width.baseVal.value]);
    let [size, isFitted] = [1, false];
    const fitting = () => frame.clientWidth / width;

    const mini = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    mini.setAttribute("class", "pt-mini");
    mini.setAttribute("viewBox", parts[1].getAttribute("viewBox") ?? "");
    mini.setAttribute("aria-hidden", "true");
    const high = height > width ? 96 : 56;
    mini.setAttribute("height", `${high}`);
    mini.setAttribute("width", `${Math.round((high * width) / height)}`);
    for (const box of boxes) {
      mini.append(box.cloneNode());
      mini.lastElementChild?.setAttribute("class", box.parentElement?.getAttribute("class") ?? "");
    }
    const view = /** @type {SVGRectElement} */ (document.createElementNS(mini.namespaceURI, "rect"));
    view.setAttribute("class", "pt-window");
    mini.append(view);

    function follow() {
      const top = 24;
      const shown = { x: frame.scrollLeft / size, y: top + frame.scrollTop / size, width: frame.clientWidth / size, height: Math.min(height, frame.clientHeight / size) };
      for (const [name, value] of Object.entries(shown)) view.setAttribute(name, `${value}`);
      mini.toggleAttribute("hidden", shown.width >= width - 1 && shown.height >= height - 40);
      mini.style.display = mini.hasAttribute("hidden") ? "none" : "";
    }

    /** @param {number} wanted */
    function resize(wanted) {
      const middle = [(frame.scrollLeft + frame.clientWidth / 2) / size, (frame.scrollTop + frame.clientHeight / 2) / size];
      size = Math.min(3, Math.max(Math.min(0.2, fitting()), wanted));
      for (const part of parts) part.style.width = `${Math.round(width * size)}px`;
      frame.scrollTo(middle[0] * size - frame.clientWidth / 2, middle[1] * size - frame.clientHeight / 2);
      follow();
    }

    /** @type {Record<string, () => unknown>} */
    const doing = {
      fit: () => ((isFitted = true), resize(fitting())),
      out: () => ((isFitted = false), resize(size / 1.25)),
      in: () => ((isFitted = false), resize(size * 1.25)),
      full: () => (document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen()).catch(() => {}),
    };
    tools.addEventListener("click", ({ target }) => {
      if (target instanceof HTMLElement && target.dataset.do) doing[target.dataset.do]();
    });
    figure.addEventListener("keydown", (event) => {
      const name = { "+": "in", "-": "out", 0: "fit" }[event.key];
      if (!name || !paperTable.isPlain(event) && event.key !== "+") return;
      event.preventDefault();
      doing[name]();
    });

    /** @param {PointerEvent} event */
    function go({ clientX, clientY, buttons }) {
      if (!buttons) return;
      const { left, top, width: wide, height: tall } = mini.getBoundingClientRect();
      frame.scrollTo(((clientX - left) / wide) * width * size - frame.clientWidth / 2, ((clientY - top) / tall) * height * size - frame.clientHeight / 2);
    }
    mini.addEventListener("pointerdown", (event) => (mini.setPointerCapture(event.pointerId), go(event)));
    mini.addEventListener("pointermove", go);
    frame.addEventListener("scroll", follow, { passive: true });
    new ResizeObserver(() => (isFitted ? resize(fitting()) : follow())).observe(frame);

    if (!document.fullscreenEnabled) tools.querySelector("[data-do=full]")?.remove();
    tools.append(mini);
    tools.hidden = false;
    isFitted = fitting() >= LEGIBLE;
    resize(isFitted ? Math.min(1.1, fitting()) : 1);
    isFitted &&= size === fitting();
    const x = densest(frames.map(([left]) => left), frame.clientWidth / size - 120);
    const seen = frames.filter(([left]) => left >= x && left <= x + frame.clientWidth / size);
    frame.scrollTo((x - 20) * size, (densest(seen.map(([, y]) => y), frame.clientHeight / size) - 70) * size);
    follow();
  }

  /** @param {HTMLElement} view */
  function enhance(view) {
    const figure = view.querySelector("figure");
    if (!figure) return;
    zooming(figure);
    const drawings = /** @type {SVGElement[]} */ ([...figure.querySelectorAll(".pt-scroll > svg, .pt-upright")]);
    const said = new Map(all("[data-said]", view).map((item) => [item.dataset.said ?? "", item]));
    const hint = figure.dataset.hint ?? "";
    const readout = make("div", { className: "pt-readout", ariaLive: "polite" }, hint);
    figure.querySelector("figcaption")?.before(readout);

    /** What the list says of a method, and what follows it. @param {string} name @param {SVGElement[]} after */
    function tell(name, after) {
      const item = said.get(name);
      readout.classList.toggle("pt-full", Boolean(item));
      if (!item) return;
      const copy = /** @type {HTMLElement} */ (item.cloneNode(true));
      const list = copy.querySelector("ul") ?? make("ul");
      for (const bond of after.slice(0, MANY)) {
        const text = bond.querySelector("title")?.textContent ?? "";
        const address = bond.getAttribute("href");
        list.append(make("li", {}, address ? make("a", { className: "reference internal", href: address }, text) : text));
      }
      if (after.length > MANY) list.append(make("li", {}, `+${after.length - MANY}`));
      if (list.childElementCount) copy.append(list);
      readout.replaceChildren(...copy.childNodes);
    }

    /** @param {SVGElement} svg */
    function lighting(svg) {
      const boxes = /** @type {(SVGElement & HTMLOrSVGElement)[]} */ ([...svg.querySelectorAll("[data-member]")]);
      const bonds = /** @type {SVGElement[]} */ ([...svg.querySelectorAll("[data-from]")]);
      /** The method that is lit while nothing is pointed to. */
      let kept = "";

      /** @param {string} name of a method, or nothing for all */
      function light(name) {
        const after = bonds.filter(({ dataset }) => dataset.from === name);
        const lit = new Set(name ? [...after, ...bonds.filter(({ dataset }) => dataset.to === name)] : []);
        const near = new Set([name, ...[...lit].flatMap(({ dataset }) => [dataset.from, dataset.to])]);
        svg.classList.toggle("pt-dim", Boolean(name));
        for (const bond of bonds) bond.classList.toggle("pt-lit", lit.has(bond));
        for (const box of boxes) {
          box.classList.toggle("pt-lit", Boolean(name) && near.has(box.dataset.member ?? ""));
          box.classList.toggle("pt-self", Boolean(name) && box.dataset.member === name);
        }
        if (name) tell(name, after);
      }

      /** @param {Event} event @returns {string} */
      const memberOf = ({ target }) => (target instanceof Element && /** @type {SVGElement | null} */ (target.closest("[data-member]"))?.dataset.member) || "";

      // One stop for the Tab key; arrows go on from there.
      /** @param {SVGElement & HTMLOrSVGElement} box */
      const stopAt = (box) => boxes.forEach((other) => other.setAttribute("tabindex", other === box ? "0" : "-1"));
      if (boxes[0]) stopAt(boxes[0]);

      /** The nearest box above or below. @param {SVGElement} box @param {number} way */
      function beside(box, way) {
        const middle = (/** @type {Element} */ one) => {
          const { left, top, width } = one.getBoundingClientRect();
          return [left + width / 2, top];
        };
        const [x, y] = middle(box);
        const distance = (/** @type {Element} */ one) => {
          const [left, top] = middle(one);
          return (top - y) * way > 2 ? Math.abs(left - x) + 2 * Math.abs(top - y) : Infinity;
        };
        const found = boxes.reduce((best, one) => (distance(one) < distance(best) ? one : best), boxes[0]);
        return distance(found) < Infinity ? found : undefined;
      }

      svg.addEventListener("keydown", (event) => {
        const { key } = /** @type {KeyboardEvent} */ (event);
        const place = boxes.findIndex(({ dataset }) => dataset.member === memberOf(event));
        if (place < 0 || !paperTable.isPlain(/** @type {KeyboardEvent} */ (event))) return;
        /** @type {Record<string, () => (SVGElement & HTMLOrSVGElement) | undefined>} */
        const ways = {
          ArrowRight: () => boxes[place + 1],
          ArrowLeft: () => boxes[place - 1],
          ArrowDown: () => beside(boxes[place], 1),
          ArrowUp: () => beside(boxes[place], -1),
          Home: () => boxes[0],
          End: () => boxes.at(-1),
        };
        if (!Object.hasOwn(ways, key)) return;
        event.preventDefault();
        const next = ways[key]();
        next?.focus({ preventScroll: true });
        next?.scrollIntoView({ block: "nearest", inline: "center" });
      });

      // After a click that scrolls the page, something else lies under the pointer, which has not moved.
      let clicked = [-9, -9];
      document.addEventListener("click", (event) => (clicked = [event.clientX, event.clientY]), true);
      svg.addEventListener("pointerover", (event) => {
        const { clientX, clientY, pointerType } = /** @type {PointerEvent} */ (event);
        const isMoved = Math.hypot(clientX - clicked[0], clientY - clicked[1]) > 2;
        if (pointerType !== "touch" && isMoved) light(memberOf(event) || kept);
      });
      svg.addEventListener("pointerleave", () => light(kept));
      // On the parent: Chromium lets an SVG that listens to these have the focus itself.
      svg.parentElement?.addEventListener("focusin", (event) => {
        if (!(event.target instanceof Node && svg.contains(event.target))) return;
        const box = boxes.find(({ dataset }) => dataset.member === memberOf(event));
        if (box) stopAt(box);
        // What a finger lights shows when the finger is lifted: what is said would lie under it, and take the touch.
        if (event.target instanceof Element && event.target.matches(":focus-visible")) light(memberOf(event) || kept);
      });
      svg.parentElement?.addEventListener("focusout", () => light(kept));
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
        if (!name) readout.replaceChildren(hint), readout.classList.remove("pt-full");
      });
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && svg.classList.contains("pt-dim")) light((kept = ""));
      });

      /** Light the method whose box the address names, and bring it into sight. */
      return () => {
        const named = document.getElementById(location.hash.slice(1)); // ids are ASCII, and what is encoded is not ours
        if (!named || !figure?.contains(named) || !("member" in named.dataset)) return;
        const box = boxes.find(({ dataset }) => dataset.member === named.dataset.member);
        if (!box?.checkVisibility({ visibilityProperty: true })) return;
        kept = box.dataset.member ?? "";
        stopAt(box);
        light(kept);
        box.scrollIntoView({ block: "center", inline: "center" });
      };
    }

    for (const arrive of drawings.map(lighting)) {
      addEventListener("hashchange", arrive);
      arrive();
    }
  }

  all(".pt-lineage").forEach(enhance);
})();
