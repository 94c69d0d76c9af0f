// Runs axe in a page, on what `scope` selects: the rules about colours, which stand with their selectors, on examples, all
// others, unless they are not wanted, on everything. Returns the faults.
async ([scope, tags, colours, coloursOnly]) => {
  const EXAMPLE = "data-axe-example";
  mark(scope);
  // In one run: before its first rule axe reads the whole page and lays it out on a grid, however little is asked of it.
  axe.configure({ rules: colours.map(([id, selector]) => ({ id, selector: `${selector}[${EXAMPLE}]` })) });
  const only = coloursOnly ? { type: "rule", values: colours.map(([id]) => id) } : { type: "tag", values: tags };
  const options = { runOnly: only, resultTypes: ["violations"], elementRef: true, preload: false };
  const { violations } = await axe.run(scope, options);
  return violations.flatMap((fault) => fault.nodes.map((node) => ({
    rule: fault.id,
    element: node.element.matches("a, p, span, pre, small") && node.element.className
      ? `${node.element.tagName.toLowerCase()}.${[...node.element.classList].join(".")}` : node.target.flat().join(" "),
    detail: `${node.html.slice(0, 160)} ${node.failureSummary.split("\n").slice(1, 2).join("").trim()}`,
  })));

  // Mark one element of each kind of text that can be seen: colours are nine tenths of axe's time, and a page has thousands
  // of texts that look the same. Two texts are of one kind when they have the same
  // * tag, classes, colour, size, weight and line,
  // * things painted behind them by their ancestors: backgrounds, opacity, and pseudo-elements laid over what is in them,
  // * and, for what is in a link, text around the link: none or some in the same block, in the same colour.
  // What is not in the flow of its ancestors may lie over anything: where it lies belongs to its kind.
  // The longest text of a kind is marked, as axe does not judge single letters.
  function mark(scope) {
    const numbers = new Map(), grounds = new Map(), blocks = new Map(), examples = new Map();
    const number = (key) => numbers.get(key) ?? (numbers.set(key, numbers.size + 1), numbers.get(key));
    const ground = (element) => {
      if (!element) return 0;
      if (!grounds.has(element)) {
        const style = getComputedStyle(element);
        const own = [place(style), style.opacity, paint(style), over(element, "::before"), over(element, "::after")].join("|");
        const behind = ground(element.parentElement);
        grounds.set(element, own === "|1|||" ? behind : number(`${behind}|${own}`));
      }
      return grounds.get(element);
    };
    const around = (link) => {
      let block = link.parentElement;
      while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
      if (!blocks.has(block)) {
        const count = (text) => text.replace(/\s+/g, "").length;
        const linked = [...block.querySelectorAll("a[href]")].map((other) => count(other.textContent));
        blocks.set(block, count(block.textContent) > linked.reduce((sum, length) => sum + length, 0));
      }
      return `${blocks.get(block)} ${getComputedStyle(link.parentElement).color}`;
    };
    for (const old of document.querySelectorAll(`[${EXAMPLE}]`)) old.removeAttribute(EXAMPLE);
    for (const element of document.querySelectorAll(`:is(${scope}), :is(${scope}) *`)) {
      const length = lengthOf(element);
      if (!length || !element.checkVisibility({ visibilityProperty: true })) continue;
      const style = getComputedStyle(element);
      const link = element.closest("a[href]");
      const looks = [style.color, style.fontSize, style.fontWeight, style.textDecorationLine, link ? around(link) : ""];
      const key = [element.localName, element.getAttribute("class"), ground(element), ...looks].join("|");
      if (length > (examples.get(key)?.length ?? 0)) examples.set(key, { element, link, length });
    }
    for (const { element, link } of examples.values()) for (const part of [element, link]) part?.setAttribute(EXAMPLE, "");
  }

  function lengthOf(element) {
    if (element.matches("input, select, textarea")) return 1;
    const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    return texts.reduce((sum, node) => sum + node.data.trim().length, 0);
  }

  function place(style) {
    return ["absolute", "fixed", "sticky"].includes(style.position) ? `${style.position} ${style.top} ${style.right}` : "";
  }

  function paint(style) {
    return `${style.backgroundColor} ${style.backgroundImage}`.replace("rgba(0, 0, 0, 0) none", "");
  }

  function over(element, name) {
    const style = getComputedStyle(element, name);
    return style.position === "absolute" && style.content !== "none" ? paint(style) : "";
  }
}
