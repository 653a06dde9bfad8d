import { expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import sample from "../../ipc/fixtures/sample.json";
import type { UsageQuery } from "../../ipc/bindings/UsageQuery";
import type { UsageRows } from "../../ipc/bindings/UsageRows";
import { Announcements } from "../../primitives/announcements.svelte";
import { failing, slow } from "../../test-answers";
import { UsageState } from "./usage-state.svelte";

function used() {
  const backend = recordedBackend(sample as unknown as Recorded);
  const announcements = new Announcements();
  return { backend, announcements, usage: new UsageState(backend, { selected: 1, visit: 1 }, announcements) };
}

const query: UsageQuery = { step: "day", search: "", sort: "time", descending: true, page: 0 };
const found = (many: number): UsageRows => ({ rows: [], found: many, page: 0, pages: 1 });

test("a step that is chosen stays", async () => {
  const { backend, usage } = used();
  await usage.load();
  await usage.showBy("month");
  await usage.load();
  expect(backend.calls.map(([, , step]) => step)).toEqual(["day", "month", "month"]);
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
