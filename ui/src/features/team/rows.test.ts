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
  expect([last.act, last.is.idle, toDo(last)]).toEqual([{ to: null, saves: "40.00" }, true, "Give up the licence"]);
  expect(new Set(ids(all)).size, "a person under two profiles is told apart").toBe(all.length);
});

test("each column sorts either way, and what isn't known comes last", () => {
  for (const column of ["user", "tier", "used", "runsOut", "cost", "billed", "act"] as Column[]) {
    for (const descending of [true, false]) {
      const known = sorted(rows, column, descending).map(({ by }) => by[column]);
      const first = known.indexOf(null);
      expect(known.slice(first === -1 ? known.length : first).every((of) => of === null)).toBe(true);
      const values = known.filter((of) => of !== null);
      const rising = descending ? [...values].reverse() : values;
      expect(
        rising.every((of, place) => place === 0 || rising[place - 1]! <= of),
        `${column} ${descending}`,
      ).toBe(true);
    }
  }
  const amounts = rowsOf({ ...view, users: ["9.00", "10.00", "-1.00"].map((cost) => like({ cost })) });
  expect(sorted(amounts, "cost", true).map(({ user }) => user.cost)).toEqual(["10.00", "9.00", "-1.00"]);
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
