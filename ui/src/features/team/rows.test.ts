import { expect, test } from "vitest";
import organisation from "../../ipc/fixtures/organisation.json";
import type { OrganisationView } from "../../ipc/bindings/OrganisationView";
import { steps, toDo } from "./acts";
import { byAct, found, rowsOf, saved, sorted, type Column } from "./rows";

const view = (organisation as unknown as { start: { overview: OrganisationView } }).start.overview;
const rows = rowsOf(view);
const ids = (of: typeof rows) => of.map(({ key }) => key);

/** Somebody with other figures. */
const like = (change: Partial<OrganisationView["users"][number]>) => ({ ...view.users[0]!, ...change });

test("everybody has a row, and an unused licence of whom no report says anything", () => {
  const idle = like({ id: "idle", used: null, is_idle: true, cheaper_tier: null, saves: null, leaving_saves: "40.00" });
  const all = rowsOf({ ...view, not_reported: [idle] });
  expect(all).toHaveLength(view.users.length + 1);
  const last = all.at(-1)!;
  expect([last.act, last.is.idle, toDo(last)]).toEqual([{ to: null, saves: "40.00" }, true, "Remove"]);
  expect(new Set(ids(all)).size, "a person under two profiles is told apart").toBe(all.length);
});

test("each column sorts either way, and what isn't known comes last", () => {
  const users = [
    like({ id: "b", tier: "Pro", used: "9.00", cost: "10.00", billed: null, used_up_on: null, runs_out_on: null }),
    like({
      id: "c",
      tier: "Power",
      used: null,
      cost: "9.50",
      billed: "-1.00",
      runs_out_on: "2026-11-28",
      saves: "9.00",
    }),
    like({
      id: "a",
      tier: "Pro+",
      used: "10.00",
      cost: null,
      billed: "0.00",
      used_up_on: "2026-11-09",
      saves: "10.00",
    }),
  ].map((user) => ({ ...user, name: null, email: null }));
  const three = rowsOf({ ...view, users });
  for (const [column, rising, unknown] of [
    ["user", "abc", ""],
    ["tier", "cba", ""],
    ["used", "ba", "c"],
    ["runsOut", "ac", "b"],
    ["cost", "cb", "a"],
    ["billed", "ca", "b"],
    ["act", "cab", ""],
  ] as [Column, string, string][]) {
    const order = (descending: boolean) =>
      sorted(three, column, descending)
        .map(({ user }) => user.id)
        .join("");
    expect(order(false), column).toBe(rising + unknown);
    expect(order(true), column).toBe([...rising].reverse().join("") + unknown);
  }
});

test("names with accents stand beside those without, and of equal ones the order stays either way", () => {
  const users = ["Zoe", "Öztürk", "Ada", "ada", "Olaf", "Émile", "Emil"].map((name, index) =>
    like({ id: String(index), name }),
  );
  const all = rowsOf({ ...view, users, not_reported: [] });
  const order = (descending: boolean) => sorted(all, "user", descending).map(({ user }) => `${user.name} ${user.id}`);
  expect(order(false)).toEqual(["Ada 2", "ada 3", "Emil 6", "Émile 5", "Olaf 4", "Öztürk 1", "Zoe 0"]);
  expect(order(true)).toEqual(["Zoe 0", "Öztürk 1", "Olaf 4", "Émile 5", "Emil 6", "Ada 2", "ada 3"]);
});

test("rows are found by name, id, profile, tier and group, of a part alone or of all", () => {
  expect(found(rows, " CEM ", null)).toHaveLength(1);
  expect(found(rows, "two", null)).toHaveLength(2);
  expect(found(rows, "", "cheaper").map(({ user }) => user.id)).toEqual(["cem-3"]);
  expect(found(rows, "bob", "cheaper")).toEqual([]);
});

test("what is chosen adds up exactly and is put together by what is to be done", () => {
  const users = [
    like({ id: "a", cheaper_tier: "Pro", saves: "180.10" }),
    like({ id: "b", cheaper_tier: null, saves: null, leaving_saves: "0.20" }),
    like({ id: "c", cheaper_tier: "Pro", saves: "0.03" }),
    like({ id: "d", cheaper_tier: null, saves: null, leaving_saves: null }),
  ];
  const chosen = rowsOf({ ...view, users });
  expect(saved(chosen)).toBe("180.33");
  expect(byAct(chosen).map(([to, of]) => [to, of.map(({ user }) => user.id)])).toEqual([
    ["Pro", ["a", "c"]],
    [null, ["b"]],
  ]);
});

test("the steps name everybody as the console finds them", () => {
  const users = [like({ id: "u-1", name: "Ada", email: "ada@example.com", cheaper_tier: "Pro", saves: "180.00" })];
  const text = steps(rowsOf({ ...view, users }), "2026-12");
  expect(text).toContain("1 chosen: −$180.00 a month, from December 2026");
  expect(text).toContain("Move to Pro (1 person):\n- Ada, ada@example.com, u-1 (Power)");
});
