// Runs in the page: reads the layout as a tree of boxes. A box is what somebody would point at: a landmark, a card,
// a heading, a text, a button, a chart. Each is measured against its neighbours and not against the page, so that
// one more line of text moves what follows it without changing it.
(() => {
  const landmarks = "main, aside, nav, section, header, footer, form, dialog, fieldset, table, .card";
  const leaves = "button, a, h1, h2, h3, h4, th, td, dt, dd, legend, label, kbd, summary, option";
  const controls = "input, select, textarea, progress, meter";
  const transparent = "rgba(0, 0, 0, 0)";

  /** The names of the colours, by what they are in the theme that is shown. A colour two names share in the light
   * theme has the first of them in both, so that one reference serves both themes. */
  function colourNames() {
    const root = document.documentElement;
    const theme = root.getAttribute("data-theme");
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const tokens = rules
      .filter((rule) => rule.selectorText === ":root")
      .flatMap((rule) => [...rule.style])
      .filter((name) => name.startsWith("--"));
    const none = "rgb(1, 2, 3)";
    const around = document.body.appendChild(document.createElement("i"));
    const probe = around.appendChild(document.createElement("i"));
    around.style.color = none;
    const valuesIn = (name) => {
      root.setAttribute("data-theme", name);
      return tokens.map((token) => {
        // What is no colour can't be one, and the colour around stays.
        probe.style.color = `var(${token})`;
        return getComputedStyle(probe).color;
      });
    };
    const light = valuesIn("light");
    const shown = theme === "dark" ? valuesIn("dark") : light;
    root.setAttribute("data-theme", theme ?? "light");
    around.remove();
    const names = new Map();
    shown.forEach((value, index) => {
      const name = tokens[light.indexOf(light[index])].slice(2);
      if (value !== none && !names.has(value)) names.set(value, name);
    });
    return (value) => names.get(value) ?? (value.startsWith("color(") ? "mixed" : value.replaceAll(" ", ""));
  }

  const shows = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest(".visually-hidden") &&
    element.getBoundingClientRect().width > 0 &&
    element.getBoundingClientRect().height > 0;

  const isIcon = (element) => element.localName === "svg" && element.getBoundingClientRect().width <= 48;
  const chart = (element) => element.localName === "svg" && !isIcon(element);

  /** The words in it as they are read, an icon as a sign, and the elements that hold them. */
  function wordsOf(element, holders = []) {
    let words = "";
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        words += node.data;
        if (node.data.trim() !== "" && !holders.includes(element)) holders.push(element);
      } else if (node.nodeType === Node.ELEMENT_NODE && shows(node)) {
        const apart = getComputedStyle(node).display === "inline" ? "" : " ";
        words += apart + (node.localName === "svg" ? "◦" : wordsOf(node, holders).words) + apart;
      }
    }
    return { words: words.replace(/\s+/g, " ").trim(), holders };
  }

  function inlineOnly(element) {
    const inner = [...element.children].filter(shows);
    return inner.every(
      (child) =>
        isIcon(child) ||
        (getComputedStyle(child).display.startsWith("inline") &&
          !(child.localName === "button" && painted(getComputedStyle(child))) &&
          inlineOnly(child)),
    );
  }

  const hasOwnText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");

  function isLeaf(element) {
    if (element.matches(controls) || element.localName === "svg" || element.localName === "hr") return true;
    if (element.querySelector(`${controls}, ${landmarks}`) || [...element.querySelectorAll("svg")].some(chart))
      return false;
    if (element.matches(leaves)) return true;
    if (element.localName === "tr") return element.matches("tbody tr:not(:first-child)");
    return (hasOwnText(element) || element.children.length > 0) && inlineOnly(element);
  }

  function painted(style) {
    const edge = ["Top", "Right", "Bottom", "Left"].some(
      (side) =>
        parseFloat(style[`border${side}Width`]) > 0 &&
        style[`border${side}Style`] !== "none" &&
        style[`border${side}Color`] !== transparent,
    );
    return style.backgroundColor !== transparent || style.backgroundImage !== "none" || edge;
  }

  function nameOf(element) {
    const kind = element
      .getAttribute("class")
      ?.split(/\s+/)
      .find((name) => name && !name.startsWith("svelte-"));
    const type = element.localName === "input" ? `[${element.type}]` : "";
    return `${element.localName}${type}${kind ? `.${kind}` : ""}`;
  }

  function valueOf(element) {
    if (element.localName === "select") return element.selectedOptions[0]?.text.trim() ?? "";
    if (element.localName === "progress") return String(element.value);
    return element.type === "checkbox" || element.type === "radio" ? "" : element.value || element.placeholder || "";
  }

  const states = [
    ["checked", (element) => element.matches("input:checked")],
    ["disabled", (element) => element.matches(":disabled")],
    ["current", (element) => element.hasAttribute("aria-current")],
    ["pressed", (element) => element.getAttribute("aria-pressed") === "true"],
  ];

  /** How it looks, in words: its state, size and weight of its letters, colours of letters, ground and edge. */
  function lookOf(element, holders, colour) {
    const style = getComputedStyle(element);
    const body = getComputedStyle(document.body);
    const all = (read, usual) =>
      [...new Set(holders.map((holder) => read(getComputedStyle(holder))))].filter(
        (value, _, values) => values.length > 1 || value !== usual,
      );
    const look = states.filter(([, is]) => is(element)).map(([name]) => name);
    if (style.opacity !== "1") look.push(`opacity ${style.opacity}`);
    if (holders.length > 0) {
      look.push(...all((of) => of.fontSize, body.fontSize), ...all((of) => of.fontWeight, "400"));
      if (["end", "right", "center"].includes(style.textAlign)) look.push(style.textAlign);
      const inks = all((of) => colour(of.color), "ink");
      if (inks.length > 0) look.push(`in ${inks.join("+")}`);
    }
    if (style.backgroundColor !== transparent) look.push(`on ${colour(style.backgroundColor)}`);
    const sides = ["Top", "Right", "Bottom", "Left"].filter((side) => parseFloat(style[`border${side}Width`]) > 0);
    const edges = [...new Set(sides.map((side) => colour(style[`border${side}Color`])))].filter(
      (name) => name !== transparent.replaceAll(" ", ""),
    );
    if (edges.length > 0) look.push(`edge ${edges.join("+")}`);
    return look.join(" ");
  }

  /** A chart as how many shapes of which kind and colour it has, what is written in it, and how far they reach. */
  function chartOf(svg, colour) {
    const shapes = [...svg.querySelectorAll("rect, path, line, circle, polyline, polygon, text")].filter(shows);
    const kinds = Map.groupBy(shapes, (shape) => shape.localName);
    const counts = [...kinds].map(([kind, of]) => `${of.length} ${kind}`);
    const written = (kinds.get("text") ?? []).map((text) => text.textContent.trim());
    const colours = shapes.flatMap((shape) => {
      const style = getComputedStyle(shape);
      // Which number a pattern's name has depends on what else was drawn before it.
      const paints = [style.fill, style.stroke].map((value) => value.replace(/url\("#c\d+-/, 'url("#'));
      return paints.filter((value) => !["none", transparent].includes(value)).map(colour);
    });
    const drawn = shapes.filter((shape) => shape.localName !== "text").map((shape) => shape.getBoundingClientRect());
    const outer = svg.getBoundingClientRect();
    const reach = drawn.length > 0 && {
      left: Math.min(...drawn.map((rect) => rect.left)) - outer.left,
      right: outer.right - Math.max(...drawn.map((rect) => rect.right)),
      top: Math.min(...drawn.map((rect) => rect.top)) - outer.top,
      bottom: outer.bottom - Math.max(...drawn.map((rect) => rect.bottom)),
    };
    const look = [...new Set(colours)].sort().join(" ");
    const text = [counts.join(", "), written.join(" ")].filter(Boolean).join(": ");
    return reach ? [{ what: "drawing", text, look, at: reach, boxes: [] }] : [];
  }

  /** A box against the one it lies in and those before it there. */
  function place(rect, style, around, before) {
    if (style.position === "fixed" || style.position === "absolute") {
      const from = style.position === "fixed" ? new DOMRect(0, 0, innerWidth, innerHeight) : around;
      const { left, right, top, bottom } = from;
      return { left: rect.left - left, right: right - rect.right, top: rect.top - top, bottom: bottom - rect.bottom };
    }
    const at = { left: rect.left - around.left, right: around.right - rect.right };
    const previous = before.at(-1);
    if (!previous) return { ...at, top: rect.top - around.top };
    const above = before.filter((other) => other.bottom <= rect.top + 1).map((other) => other.bottom);
    if (previous.bottom <= rect.top + 1 || rect.left < previous.left)
      return { ...at, under: rect.top - (above.length > 0 ? Math.max(...above) : previous.bottom) };
    return { after: rect.left - previous.right, right: at.right, level: rect.top - previous.top };
  }

  /** Of many alike the first and the last. */
  function shortened(elements) {
    const kept = [];
    for (let index = 0; index < elements.length;) {
      const name = nameOf(elements[index]);
      let end = index;
      while (end < elements.length && nameOf(elements[end]) === name) end += 1;
      const run = elements.slice(index, end);
      kept.push(...(run.length > 8 ? [...run.slice(0, 4), run.length - 5, run.at(-1)] : run));
      index = end;
    }
    return kept;
  }

  function reader(colour) {
    /** What an element adds: itself, what is in it, or nothing. */
    function found(element) {
      if (!(element instanceof Element) || element.localName === "script") return [];
      if (element.localName !== "dialog" && getComputedStyle(element).display === "contents")
        return [...element.children].flatMap(found);
      if (!shows(element)) return [];
      if (isLeaf(element)) return wordless(element) ? [] : [element];
      const inner = [...element.children].flatMap(found);
      const counts = element.matches(landmarks) || painted(getComputedStyle(element)) || hasOwnText(element);
      return counts || inner.length > 1 ? [element] : inner;
    }
    const wordless = (element) =>
      !element.matches(`${controls}, svg, hr`) && wordsOf(element).words === "" && !painted(getComputedStyle(element));

    function box(element, around, before) {
      const rect = element.getBoundingClientRect();
      const at = place(rect, getComputedStyle(element), around, before);
      before.push(rect);
      const leaf = isLeaf(element);
      if (leaf && element.localName === "svg") {
        at.high = rect.height;
        return {
          what: nameOf(element),
          text: "",
          look: "",
          at,
          boxes: isIcon(element) ? [] : chartOf(element, colour),
        };
      }
      const own = leaf ? wordsOf(element) : { words: "", holders: [] };
      if (!leaf && hasOwnText(element)) {
        own.words = [...element.childNodes]
          .filter((node) => node.nodeType === Node.TEXT_NODE)
          .map((node) => node.data.trim())
          .join(" ")
          .trim();
        own.holders = [element];
      }
      if (element.matches(controls)) Object.assign(own, { words: valueOf(element), holders: [element] });
      const boxes = leaf ? [] : inside(element, rect);
      if (leaf) at.high = rect.height;
      else if (boxes.length > 0) at.foot = rect.bottom - boxes.bottom;
      return { what: nameOf(element), text: own.words, look: lookOf(element, own.holders, colour), at, boxes };
    }

    function inside(element, rect) {
      const before = [];
      const boxes = [];
      for (const inner of shortened([...element.children].flatMap(found))) {
        if (typeof inner === "number") boxes.push({ what: "more", text: `${inner} more`, look: "", at: {}, boxes: [] });
        else if (boxes.at(-1)?.what === "more")
          boxes.push(
            box(inner, rect, [before.at(-1) && inner.previousElementSibling?.getBoundingClientRect()].filter(Boolean)),
          );
        else boxes.push(box(inner, rect, before));
      }
      boxes.bottom = Math.max(
        ...[...element.children].flatMap(found).map((inner) => inner.getBoundingClientRect().bottom),
      );
      return boxes;
    }
    return { found, inside };
  }

  /** Texts and controls in sight that something else lies over. */
  function covered(found) {
    const top = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
    const all = [...top.querySelectorAll("*")].filter((element) => isLeaf(element) && found(element).length > 0);
    return all.filter((element) => hidesUnder(element)).map((element) => element.outerHTML.slice(0, 160));
  }

  function hidesUnder(element) {
    if (element.localName === "svg" || element.parentElement.closest(leaves)) return false;
    const rect = element.getBoundingClientRect();
    const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
    for (let place = element.parentElement; place; place = place.parentElement) {
      const clip = getComputedStyle(place).overflow !== "visible" && place.getBoundingClientRect();
      if (clip && (x < clip.left || x > clip.right || y < clip.top || y > clip.bottom)) return false;
    }
    const hit = document.elementFromPoint(x, y);
    return hit !== null && !element.contains(hit) && !hit.contains(element);
  }

  window.readBoxes = () => {
    const { found, inside } = reader(colourNames());
    const body = document.body;
    return {
      boxes: [...inside(body, body.getBoundingClientRect())],
      covered: covered(found),
      overflow: innerWidth < document.documentElement.scrollWidth,
    };
  };
})();
