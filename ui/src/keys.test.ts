import { parse, type AST } from "svelte/compiler";
import { expect, test } from "vitest";

const sources = import.meta.glob<string>("./**/*.svelte", { query: "?raw", import: "default", eager: true });

/**
 * Keys that can't stand twice in a list, and why. Nothing that a vendor, a file or a user writes belongs here: two
 * entries of one key keep the whole view from being shown. Where no id is guaranteed, the index is the key.
 */
const unique: Record<string, string> = {
  "account.id": "the store's primary key",
  "pool.record": "the store's primary key",
  "entry.record": "the store's primary key",
  "row.account.id": "the store's primary key",
  "saved.name": "unique for each account in the store",
  "plan.id": "a plan of the built-in price list",
  "choice.id": "a plan or a seat's price of the built-in price list",
  "list.id": "a built-in price list",
  "choice.code": "a country that the engine knows",
  "view.name": "a view, listed in the kind of account",
};

/** Lists that are written in their component, by its name, each of them with the entry as its key. */
const written: Record<string, string[]> = {
  AccountsCard: ["kind"],
  AlertsCard: ["kind"],
  AppearanceCard: ["theme", "density", "tag", "size"],
  FirstRun: ["choice"],
  Message: ["failure"],
  SectionList: ["section"],
  HourMap: ["hour", "day"],
  ImportPanel: ["kind"],
  Selection: ["many"],
  VendorsCard: ["vendor"],
};

interface Each {
  file: string;
  line: number;
  key: string | null;
  isIndex: boolean;
}

/** Every list of a component. */
function listsOf(file: string, source: string): Each[] {
  const found: Each[] = [];
  const walk = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    if ((node as { type?: string }).type === "EachBlock") {
      const each = node as AST.EachBlock;
      const key = each.key ? source.slice(...placeOf(each.key)) : null;
      const line = source.slice(0, each.start).split("\n").length;
      found.push({ file, line, key, isIndex: key !== null && key === each.index });
    }
    for (const part of Object.values(node)) {
      if (Array.isArray(part)) part.forEach(walk);
      else walk(part);
    }
  };
  walk(parse(source, { modern: true }).fragment);
  return found;
}

/** Where an expression stands: the parser writes it beside what the type tells of. */
const placeOf = (node: object) => [(node as AST.BaseNode).start, (node as AST.BaseNode).end] as const;

const lists = Object.entries(sources).flatMap(([file, source]) => listsOf(file, source));

const isAllowed = (file: string, key: string | null) =>
  key !== null && (key in unique || (written[nameOf(file)] ?? []).includes(key));
const nameOf = (file: string) => file.replace(/^.*\/|\.svelte$/g, "");

test("no list is told apart by what can stand in it twice", () => {
  const wrong = lists.filter(({ file, key, isIndex }) => !isIndex && !isAllowed(file, key));
  expect(wrong.map(({ file, line, key }) => `${file}:${line}: (${key ?? "no key"})`)).toEqual([]);
  expect(lists.length).toBeGreaterThan(40);
});

test("every key that is allowed is in use", () => {
  const keys = new Set(lists.map(({ key }) => key));
  expect(Object.keys(unique).filter((key) => !keys.has(key))).toEqual([]);
  const places = new Set(lists.map(({ file, key }) => `${nameOf(file)}: ${key ?? ""}`));
  const listed = Object.entries(written).flatMap(([name, keys]) => keys.map((key) => `${name}: ${key}`));
  expect(listed.filter((place) => !places.has(place))).toEqual([]);
});

test("a list without an index for its key is found", () => {
  const source = "{#each models as model, index (index)}a{/each}{#each models as model (model.name)}b{/each}";
  expect(listsOf("A.svelte", source)).toEqual([
    { file: "A.svelte", line: 1, key: "index", isIndex: true },
    { file: "A.svelte", line: 1, key: "model.name", isIndex: false },
  ]);
});
