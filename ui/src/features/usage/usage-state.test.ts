import { expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import sample from "../../ipc/fixtures/sample.json";
import type { UsageAsked } from "../../ipc/bindings/UsageAsked";
import type { UsageQuery } from "../../ipc/bindings/UsageQuery";
import type { UsageRange } from "../../ipc/bindings/UsageRange";
import type { UsageRows } from "../../ipc/bindings/UsageRows";
import { Announcements } from "../../primitives/announcements.svelte";
import { failing, slow } from "../../test-answers";
import { UsageState } from "./usage-state.svelte";

function used() {
  const backend = recordedBackend(sample as unknown as Recorded);
  const announcements = new Announcements();
  return { backend, announcements, usage: new UsageState(backend, { selected: 1, visit: 1 }, announcements) };
}

const running: UsageRange = { kind: "running" };
const query: UsageQuery = { range: running, only: [], search: "", sort: "time", descending: true, page: 0 };
const found = (many: number): UsageRows => ({
  rows: [],
  found: many,
  total: null,
  not_summed: 0,
  at_least: false,
  page: 0,
  pages: 1,
});

const asked = (calls: readonly unknown[][]) => calls.map(([, , of]) => of as UsageAsked);

test("what is looked at stays, and begins anew with another account", async () => {
  const backend = recordedBackend(sample as unknown as Recorded);
  const looked = { selected: 1, visit: 1 };
  const usage = new UsageState(backend, looked, new Announcements());
  await usage.load();
  await usage.look({ range: { kind: "month", month: "2026-10" } });
  await usage.load();
  looked.selected = 2;
  await usage.load();
  const kinds = asked(backend.calls).map((of) => of.range.kind);
  expect(kinds).toEqual(["running", "month", "month", "running"]);
});

test("a part that is chosen is looked at alone, and chosen again no longer", async () => {
  const { backend, usage } = used();
  await usage.load();
  await usage.toggle({ by: "model", name: "auto" });
  await usage.toggle({ by: "client", name: "sample" });
  await usage.toggle({ by: "model", name: "auto" });
  expect(asked(backend.calls).map((of) => of.only.map((part) => part.name))).toEqual([
    [],
    ["auto"],
    ["auto", "sample"],
    ["sample"],
  ]);
});

test("what can't be read leaves what was looked at", async () => {
  const { backend, announcements, usage } = used();
  await usage.load();
  backend.usage = failing("The records can't be read.");
  await usage.look({ split: "session" });
  expect(usage.asked.split).toBe("model");
  expect(announcements.latest).toEqual({ text: "The records can't be read.", bad: true });
});

test("rows that come late are of another question, and not taken", async () => {
  const { backend, usage } = used();
  const [early, late] = [slow<UsageRows>(), slow<UsageRows>()];
  backend.usageRows = (_, { search }) => (search === "" ? early : late).answer;
  const asked = [usage.rows(1, query), usage.rows(1, { ...query, search: "opus" })];
  late.come(found(2));
  early.come(found(900));
  expect(await Promise.all(asked)).toEqual([null, found(2)]);
});

test("rows that can't be read are said", async () => {
  const { backend, announcements, usage } = used();
  backend.usageRows = failing("The records can't be read.");
  expect(await usage.rows(1, query)).toBeNull();
  expect(announcements.latest).toEqual({ text: "The records can't be read.", bad: true });
});

test("the month that every view shows is the one that usage is asked of, until another range is", async () => {
  const backend = recordedBackend(sample as unknown as Recorded);
  const looks: string[] = [];
  const months = {
    chosen: null as string | null,
    newest: "2026-11",
    known: ["2026-10", "2026-11"],
    look: (month: string) => Promise.resolve(void looks.push(month)),
  };
  const usage = new UsageState(backend, { selected: 1, visit: 1 }, new Announcements(), months);
  await usage.load();
  months.chosen = "2026-10";
  await usage.load();
  await usage.look({ range: { kind: "days", days: 30 } });
  await usage.load();
  months.chosen = null;
  await usage.load();
  expect(asked(backend.calls).map((of) => of.range)).toEqual([
    running,
    { kind: "month", month: "2026-10" },
    { kind: "days", days: 30 },
    { kind: "days", days: 30 },
    running,
  ]);
  // A month that is chosen here is chosen for every view.
  await usage.look({ range: { kind: "month", month: "2026-10" } });
  months.chosen = "2026-10";
  await usage.look({ range: running });
  expect(looks).toEqual(["2026-10", "2026-11"]);
});
