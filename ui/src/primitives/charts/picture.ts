/**
 * A part of the page as a picture: it is drawn once more on a canvas, shape by shape and word by word, as it looks now. Nothing
 * is loaded for it, so that the window's policy goes on allowing images of its own alone; amounts that are hidden stay hidden.
 */

/** Pixels of the picture for one of the page: sharp on any screen. */
const SCALE = 2;
const MARGIN = 16;
/** What is there to be used and not to be looked at. */
const CONTROLS = "[data-controls], .visually-hidden, defs, [hidden], select, input";

type Draws = (pen: CanvasRenderingContext2D) => void;

const isSeen = (color: string) => color !== "none" && !/^rgba\(.*, 0\)$|^transparent$/.test(color);
const attribute = (shape: Element, name: string) => Number(shape.getAttribute(name) ?? 0);

/** The outline of a shape; none of what has none. */
function outline(shape: SVGGraphicsElement): Path2D | null {
  const at = (name: string) => attribute(shape, name);
  const path = new Path2D();
  switch (shape.localName) {
    case "line":
      path.moveTo(at("x1"), at("y1"));
      path.lineTo(at("x2"), at("y2"));
      return path;
    case "rect":
      path.roundRect(at("x"), at("y"), at("width"), at("height"), at("rx"));
      return path;
    case "circle":
      path.arc(at("cx"), at("cy"), at("r"), 0, 2 * Math.PI);
      return path;
    case "path":
      return new Path2D(shape.getAttribute("d") ?? "");
    case "polyline":
    case "polygon": {
      const points = Array.from((shape as SVGPolylineElement).points);
      points.forEach(({ x, y }, index) => (index === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
      if (shape.localName === "polygon") path.closePath();
      return path;
    }
    default:
      return null;
  }
}

function pens(pen: CanvasRenderingContext2D, style: CSSStyleDeclaration): void {
  pen.globalAlpha = Number(style.opacity);
  pen.fillStyle = style.fill;
  pen.strokeStyle = style.stroke;
  pen.lineWidth = parseFloat(style.strokeWidth);
  pen.lineCap = style.strokeLinecap as CanvasLineCap;
  pen.lineJoin = style.strokeLinejoin as CanvasLineJoin;
  pen.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
}

/** Stripes, which is what the charts' one pattern is. */
function striped(pen: CanvasRenderingContext2D, path: Path2D, shape: SVGGraphicsElement): void {
  const stripe = shape.ownerSVGElement?.querySelector("pattern > *");
  if (!stripe) return;
  const box = shape.getBBox();
  const style = getComputedStyle(stripe);
  pen.clip(path);
  pen.globalAlpha = Number(style.opacity);
  pen.strokeStyle = style.fill;
  pen.lineWidth = 3;
  for (let from = box.x - box.height; from < box.x + box.width; from += 8) {
    pen.beginPath();
    pen.moveTo(from, box.y);
    pen.lineTo(from + box.height, box.y + box.height);
    pen.stroke();
  }
}

function font(pen: CanvasRenderingContext2D, style: CSSStyleDeclaration): void {
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
}

/** A word of a drawing, on a ground that lines don't strike through where it has one. */
function label(pen: CanvasRenderingContext2D, shape: SVGGraphicsElement, style: CSSStyleDeclaration): void {
  font(pen, style);
  pen.textAlign = ({ middle: "center", end: "right" } as const)[style.textAnchor] ?? "left";
  const [text, x, y] = [shape.textContent ?? "", attribute(shape, "x"), attribute(shape, "y")];
  if (isSeen(style.stroke) && style.paintOrder.startsWith("stroke")) pen.strokeText(text, x, y);
  pen.fillText(text, x, y);
}

function shape(of: SVGGraphicsElement): Draws | null {
  const place = of.getScreenCTM();
  const path = outline(of);
  if (!place || (path === null && of.localName !== "text")) return null;
  const style = getComputedStyle(of);
  return (pen) => {
    pen.transform(place.a, place.b, place.c, place.d, place.e, place.f);
    pens(pen, style);
    if (path === null) label(pen, of, style);
    else if (style.fill.startsWith("url")) striped(pen, path, of);
    else {
      if (isSeen(style.fill)) pen.fill(path);
      if (isSeen(style.stroke) && pen.lineWidth > 0) pen.stroke(path);
    }
  };
}

/** What lies behind the words of a part of the page, and its frame. */
function ground(of: Element): Draws | null {
  const style = getComputedStyle(of);
  const isFramed = parseFloat(style.borderTopWidth) > 0 && parseFloat(style.borderLeftWidth) > 0;
  if (!isSeen(style.backgroundColor) && !isFramed) return null;
  const { left, top, width, height } = of.getBoundingClientRect();
  return (pen) => {
    const path = new Path2D();
    path.roundRect(left, top, width, height, Math.min(parseFloat(style.borderTopLeftRadius) || 0, height / 2));
    pen.fillStyle = style.backgroundColor;
    if (isSeen(style.backgroundColor)) pen.fill(path);
    pen.strokeStyle = style.borderTopColor;
    if (isFramed) pen.stroke(path);
  };
}

/** The words of a text, each where it stands. */
function words(text: Text): Draws {
  const style = getComputedStyle(text.parentElement!);
  const range = document.createRange();
  const placed = [...text.data.matchAll(/\S+/g)].map((word) => {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return { word: word[0], at: range.getBoundingClientRect() };
  });
  return (pen) => {
    font(pen, style);
    pen.fillStyle = style.color;
    for (const { word, at } of placed) {
      const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = pen.measureText(word);
      pen.fillText(word, at.left, at.top + (at.height - above - below) / 2 + above);
    }
  };
}

/** Everything there is to be drawn of a part of the page, in its order. */
function* drawn(of: Element): Generator<Draws> {
  if (of.matches(CONTROLS) || !of.checkVisibility()) return;
  const own = of instanceof SVGGraphicsElement ? shape(of) : ground(of);
  if (own) yield own;
  for (const child of of.childNodes) {
    if (child instanceof Element) yield* drawn(child);
    else if (child instanceof Text && !(of instanceof SVGElement) && child.data.trim() !== "") yield words(child);
  }
}

/** A picture of it, as PNG. */
export async function picture(of: HTMLElement): Promise<Blob> {
  const { left, top, width, height } = of.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil((width + 2 * MARGIN) * SCALE);
  canvas.height = Math.ceil((height + 2 * MARGIN) * SCALE);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(SCALE, SCALE);
  pen.translate(MARGIN - left, MARGIN - top);
  for (const draw of drawn(of)) {
    pen.save();
    draw(pen);
    pen.restore();
  }
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png");
  });
}
