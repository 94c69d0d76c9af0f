// Runs axe in a page, on what `scope` selects: the rules about colours on examples, all others, unless they are not
// wanted, on everything. Returns the faults.
async ([scope, tags, colours, coloursOnly]) => {
  const examples = oneOfEachKind(scope);
  const runs = examples.length ? [await run({ include: examples }, { runOnly: { type: "rule", values: colours } })] : [];
  if (!coloursOnly) {
    const rules = Object.fromEntries(colours.map((rule) => [rule, { enabled: false }]));
    runs.push(await run(scope, { runOnly: { type: "tag", values: tags }, rules }));
  }
  return runs.flatMap((results) => results.violations).flatMap((fault) => fault.nodes.map((node) => ({
    rule: fault.id,
    element: node.element.matches("a, p, span, pre, small") && node.element.className
      ? `${node.element.tagName.toLowerCase()}.${[...node.element.classList].join(".")}` : node.target.flat().join(" "),
    detail: `${node.html.slice(0, 160)} ${node.failureSummary.split("\n").slice(1, 2).join("").trim()}`,
  })));

  function run(where, options) {
    return axe.run(where, { ...options, resultTypes: ["violations"], elementRef: true, preload: false });
  }

  // One element of each kind of text that can be seen: colours are nine tenths of axe's time, and a page has thousands of
  // texts that look the same. Two texts are of one kind when they have the same
  // * tag, classes, colour, background, opacity, size and weight, and so have all their ancestors, one by one,
  // * and, for what is in a link, when both links stand alone in their block or both among other text.
  // What is not in the flow of its ancestors may lie over anything: each such element is a kind of its own.
  function oneOfEachKind(scope) {
    const numbers = new Map(), kinds = new Map(), blocks = new Map(), examples = new Map();
    const number = (key) => numbers.get(key) ?? (numbers.set(key, numbers.size), numbers.get(key));
    const kind = (element) => {
      if (!element) return 0;
      if (!kinds.has(element)) {
        const style = getComputedStyle(element);
        const apart = ["absolute", "fixed", "sticky"].includes(style.position) ? kinds.size : "";
        kinds.set(element, number([
          kind(element.parentElement), element.tagName, element.className, apart, style.color, style.backgroundColor,
          style.backgroundImage, style.opacity, style.fontSize, style.fontWeight, style.textDecorationLine,
        ].join("|")));
      }
      return kinds.get(element);
    };
    const isAmongText = (link) => {
      let block = link.parentElement;
      while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
      if (!blocks.has(block)) {
        const count = (text) => text.replace(/\s+/g, "").length;
        const linked = [...block.querySelectorAll("a[href]")].map((other) => count(other.textContent));
        blocks.set(block, count(block.textContent) > linked.reduce((sum, length) => sum + length, 0));
      }
      return blocks.get(block);
    };
    const hasText = (element) => element.matches("input, select, textarea")
      || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    for (const element of document.querySelectorAll(`:is(${scope}), :is(${scope}) *`)) {
      if (!hasText(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
      const link = element.closest("a[href]");
      const key = `${kind(element)} ${link ? isAmongText(link) : ""}`;
      if (!examples.has(key)) examples.set(key, element);
    }
    return [...examples.values()];
  }
}
