import { expect, test } from "vitest";
import type { StartView } from "./ipc/bindings/StartView";
import sample from "./ipc/fixtures/sample.json";
import { kinds } from "./kinds";

const sources = import.meta.glob<string>(["./**/*.svelte", "./**/*.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});
/** What people wrote: all but what `make generate` writes. */
const files = Object.entries(sources).filter(([file]) => !file.startsWith("./ipc/bindings/"));

/** A string that is one of these words, as code writes it. */
function literals(words: readonly string[], source: string): string[] {
  const written = [...source.matchAll(/(["'`])([\w-]+)\1/g)].map(([, , word]) => word!);
  return written.filter((word) => words.includes(word));
}

const isAt = (file: string, ...folders: string[]) => folders.some((folder) => file.startsWith(`./${folder}/`));

test("a kind of account is named in kinds/ alone", () => {
  const outside = files.filter(([file]) => !isAt(file, "kinds", "ipc") && file !== "./house.test.ts");
  const named = outside.map(([file, source]) => [file, literals(kinds, source)] as const);
  expect(named.filter(([, found]) => found.length > 0)).toEqual([]);
  expect(literals(kinds, sources["./kinds/index.ts"]!)).toEqual(expect.arrayContaining([...kinds]));
});

test("no country is told from another", () => {
  const { countries } = (sample.start as unknown as StartView).form;
  const codes = countries.map(({ code }) => code);
  const named = files
    .filter(([file]) => !isAt(file, "kinds", "ipc") && file !== "./house.test.ts")
    .map(([file, source]) => [file, literals(codes, source)] as const);
  expect(named.filter(([, found]) => found.length > 0)).toEqual([]);
  expect(literals(codes, 'if (country === "JP") tax()')).toEqual(["JP"]);
});

test("no two files are one where letters' case doesn't count", () => {
  // `./usage.svelte` is `usage.svelte.ts`, and `Usage.svelte` where the system finds files by any case.
  const names = files.map(([file]) => file.toLowerCase().replace(/\.ts$/, ""));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

/** The folders from the ground up; a file uses what lies beneath it, or beside it. */
const floors: [floor: number, of: RegExp][] = [
  [0, /^\.\/(ipc|styles)\//],
  [1, /^\.\/(format|messages)\//],
  [3, /^\.\/primitives\//],
  [5, /^\.\/kinds\/(later-)?screens\.ts$/],
  [2, /^\.\/kinds\//],
  [4, /^\.\/features\//],
  [6, /^\.\/shell\//],
  [7, /^\.\/[^/]*$/],
];
const floorOf = (file: string) => floors.find(([, of]) => of.test(file))?.[0];

/** The files that a file imports, for their types too. */
function importedBy(file: string, source: string): string[] {
  const folder = new URL(file, "file:///");
  return [...source.matchAll(/(?:from |import |import\()"(\.[^"]*)"/g)].flatMap(([, path]) => {
    const place = `.${new URL(path!, folder).pathname}`;
    const found = ["", ".ts", ".svelte", "/index.ts"].map((ending) => place + ending);
    return found.find((name) => name in sources) ?? (place.endsWith(".json") ? [] : [place]);
  });
}

test("a file uses what lies beneath it", () => {
  const arrows = files
    .filter(([file]) => !file.endsWith(".test.ts"))
    .flatMap(([file, source]) => importedBy(file, source).map((used) => [file, used] as const));
  expect(files.filter(([file]) => floorOf(file) === undefined).map(([file]) => file)).toEqual([]);
  const wrong = arrows.filter(([file, used]) => !(floorOf(used)! <= floorOf(file)!));
  expect(wrong.map(([file, used]) => `${file} uses ${used}`)).toEqual([]);
  expect(arrows.length).toBeGreaterThan(300);
});
