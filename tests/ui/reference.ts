import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

/** A box of the page as `boxes.js` reads it: where it is against its neighbours, in pixels. */
export interface Box {
  what: string;
  text: string;
  look: string;
  at: Record<string, number>;
  boxes: Box[];
}

/** From, to: where a box may be, over all widths of the letters that were tried. */
type Range = [number, number];
/** One way a box lies beside its neighbours: under the one before, or after it. */
type Place = Record<string, Range>;
interface Line {
  depth: number;
  what: string;
  text: string;
  look: string;
  places: Place[];
}

/** Rounding, and half a pixel more on each side of a border. */
const slack = 2;
const folder = "tests/ui/references";

const lines = (boxes: Box[], depth = 0): Line[] =>
  boxes.flatMap(({ what, text, look, at, boxes }) => [
    { depth, what, text, look, places: [rounded(at)] },
    ...lines(boxes, depth + 1),
  ]);

const rounded = (at: Box["at"]): Place =>
  Object.fromEntries(Object.entries(at).map(([name, value]) => [name, [Math.round(value), Math.round(value)]]));

const same = (one: Place, other: Place) => Object.keys(one).join() === Object.keys(other).join();
const head = ({ depth, what, text, look }: Line) =>
  `${"  ".repeat(depth)}${what}${text && ` ${JSON.stringify(text)}`}${look && ` (${look})`}`;

function wider(place: Place, other: Place): void {
  for (const [name, range] of Object.entries(place)) {
    range[0] = Math.min(range[0], other[name]![0]);
    range[1] = Math.max(range[1], other[name]![1]);
  }
}

/** The same page with letters of several widths, as one: a place that doesn't depend on them stays a single number. */
export function merged(readings: Box[][]): Line[] {
  const [first, ...others] = readings.map((boxes) => lines(boxes));
  for (const other of others) {
    const [one, two] = [first!.map(head), other.map(head)];
    if (one.join("\n") !== two.join("\n"))
      throw new Error(`with other letters there are other boxes: ${one.find((line, index) => line !== two[index])}`);
    first!.forEach(({ places }, index) => {
      const [place] = other[index]!.places;
      const known = places.find((known) => same(known, place!));
      if (known) wider(known, place!);
      else places.push(place!);
    });
  }
  return first!;
}

const inWords = (place: Place) =>
  Object.entries(place)
    .map(([name, [from, to]]) => `${name} ${from === to ? from : `${from}…${to}`}`)
    .join(" ");

function parsed(line: string): Line {
  const parts = /^( *)([^ ]+)(?: ("(?:[^"\\]|\\.)*"))?(?: \(([^)]*(?:\)[^)|]*)*)\))?(?: \| (.*))?$/.exec(line);
  if (!parts) throw new Error(`not a line of a reference: ${line}`);
  const [, indent, what, text, look, places] = parts;
  const place = (words: string): Place =>
    Object.fromEntries(
      [...words.matchAll(/([a-z]+) (-?\d+)(?:…(-?\d+))?/g)].map(([, name, from, to]) => [
        name!,
        [Number(from), Number(to ?? from)],
      ]),
    );
  return {
    depth: indent!.length / 2,
    what: what!,
    text: text ? (JSON.parse(text) as string) : "",
    look: look ?? "",
    places: (places ?? "").split(" or ").map(place),
  };
}

const path = (name: string) => `${folder}/${name}.txt`;

/** Keeps a layout for others to look at and to compare with. */
export function keep(name: string, layout: Line[]): void {
  mkdirSync(folder, { recursive: true });
  const text = layout.map((line) => `${head(line)} | ${line.places.map(inWords).join(" or ")}`.replace(/ \| $/, ""));
  writeFileSync(path(name), `${text.join("\n")}\n`);
}

function outside(place: Place, allowed: Place): string[] {
  return Object.entries(place)
    .filter(([name, [value]]) => value < allowed[name]![0] - slack || value > allowed[name]![1] + slack)
    .map(
      ([name, [value]]) => `${name} ${value} instead of ${inWords({ [name]: allowed[name]! }).slice(name.length + 1)}`,
    );
}

/** In what a page differs from the layout that was looked at; nothing, if it doesn't. */
export function differences(name: string, boxes: Box[]): string[] {
  if (!existsSync(path(name))) return [`${path(name)} is missing: \`make references\` writes it`];
  const wanted = readFileSync(path(name), "utf8").trimEnd().split("\n").map(parsed);
  const found = lines(boxes);
  const [wantedHeads, foundHeads] = [wanted.map(head), found.map(head)];
  if (wantedHeads.join("\n") !== foundHeads.join("\n")) {
    const missing = wantedHeads.filter((line) => !foundHeads.includes(line)).map((line) => `missing: ${line.trim()}`);
    const added = foundHeads.filter((line) => !wantedHeads.includes(line)).map((line) => `new: ${line.trim()}`);
    const at = wantedHeads.findIndex((line, index) => line !== foundHeads[index]);
    const moved = `other order from: ${wantedHeads[at]?.trim()}`;
    return missing.length + added.length > 0 ? [...missing, ...added] : [moved];
  }
  return found.flatMap((line, index) => {
    const [place] = line.places;
    const allowed = wanted[index]!.places.filter((allowed) => same(allowed, place!));
    if (allowed.length === 0)
      return [`${head(line).trim()}: ${inWords(place!)} instead of ${wanted[index]!.places.map(inWords).join(" or ")}`];
    return outside(place!, allowed[0]!).map((what) => `${head(line).trim()}: ${what}`);
  });
}
