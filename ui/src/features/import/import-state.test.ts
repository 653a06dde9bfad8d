import { expect, test } from "vitest";
import type { DropView } from "../../ipc/bindings/DropView";
import type { ImportView } from "../../ipc/bindings/ImportView";
import type { NoticedView } from "../../ipc/bindings/NoticedView";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import organisation from "../../ipc/fixtures/organisation-empty.json";
import { Announcements } from "../../primitives/announcements.svelte";
import { around, failing } from "../../test-answers";
import { ImportState } from "./import-state.svelte";
import { summaryOf } from "./summary";

function importing(held = false) {
  const backend = recordedBackend(organisation as unknown as Recorded, undefined, held);
  const announcements = new Announcements();
  const beside = around();
  return { backend, announcements, beside, imports: new ImportState(backend, announcements, beside) };
}

test("what was brought from its usual place shows in everything", async () => {
  const { beside, imports } = importing();
  const report = await imports.import("kiro-sessions", 1);
  expect(report?.kind).toBe("kiro-sessions");
  expect(beside.reload).toHaveBeenCalledOnce();
  expect(imports.running).toBeNull();
});

test("an import says how far it is, and is over when it was stopped", async () => {
  const { announcements, beside, imports } = importing(true);
  const done = imports.import("aws-cost", 1);
  expect(imports.running).toEqual({ kind: "aws-cost", progress: { rows: 65536, permille: 450 } });
  await imports.stop();
  expect(await done).toBeNull();
  expect([imports.running, beside.reload.mock.calls.length]).toEqual([null, 0]);
  expect(announcements.latest?.bad).toBe(true);
});

test("what came of an import is said, and a failed one is over when the next succeeds", async () => {
  const { backend, announcements, imports } = importing();
  const { import: brings } = backend;
  backend.import = failing("This folder holds no reports.");
  await imports.import("kiro-activity", 1);
  expect(announcements.shown.map(({ text, bad }) => [text, bad])).toEqual([["This folder holds no reports.", true]]);
  backend.import = brings;
  await imports.import("kiro-sessions", 1);
  expect(announcements.shown.map(({ bad }) => bad)).toEqual([false]);
  expect(announcements.latest?.text).toMatch(/^4 (files|sessions) read: 7 new tasks\. 2 carry no cost\./);
});

test.each<[Partial<ImportView>, string]>([
  [{ added: 1084, files: 122, unmetered: 43 }, "122 sessions read: 1,084 new tasks. 43 carry no cost."],
  [{ added: 0, files: 1, unmetered: 1 }, "1 session read: nothing new. 1 carries no cost."],
  [{ added: 1, files: 2, sessions: null, bad: 1 }, "2 files read: 1 new task. 1 unreadable row left out."],
])("an import in a line: %j", (change, line) => {
  const nothing = {
    kind: "kiro-sessions",
    sessions: { auxiliary: "0.00", least: 0 },
    replaced: 0,
    unmetered: 0,
    bad: 0,
  };
  expect(summaryOf({ ...nothing, skipped: [], ...change } as unknown as ImportView)).toBe(line);
});

test("choosing no file looks at nothing and says nothing", async () => {
  const { backend, announcements, beside, imports } = importing();
  backend.look = () => Promise.resolve(null);
  await imports.look("file", "aws-cost", 1);
  expect([imports.looked, announcements.latest, beside.reload.mock.calls.length]).toEqual([null, null, 0]);
});

test("what was looked at is imported kind by kind, with the issue that was chosen", async () => {
  const { backend, beside, imports } = importing();
  await imports.look("file", "kiro-activity", 1);
  expect(imports.looked?.view.parts.map(({ kind }) => kind)).toEqual(["aws-cost", "kiro-activity", "kilo-usage"]);
  expect(beside.reload).not.toHaveBeenCalled();
  await imports.bring("aws-cost", [1]);
  await imports.bring("kiro-activity", []);
  expect(Object.keys(imports.looked?.brought ?? {})).toEqual(["aws-cost", "kiro-activity"]);
  expect(backend.calls.filter(([name]) => name === "bring")).toEqual([
    ["bring", 1, "aws-cost", [1], 1],
    ["bring", 1, "kiro-activity", [], 1],
  ]);
  imports.putAway();
  expect(imports.looked).toBeNull();
});

test("sessions that come by themselves are shown, and why they couldn't is said", () => {
  const { backend, announcements, beside, imports } = importing();
  let tell!: (noticed: NoticedView) => void;
  backend.watchSessions = (heard) => {
    tell = heard;
    return Promise.resolve();
  };
  imports.watchSessions();
  expect(beside.reload).not.toHaveBeenCalled();
  tell({ account: 1, failure: null });
  expect(beside.reload).toHaveBeenCalledOnce();
  tell({ account: null, failure: { code: "store", saying: { code: "disk-full", values: {} } } });
  expect(beside.reload).toHaveBeenCalledOnce();
  expect([imports.running, announcements.latest?.bad]).toEqual([null, true]);
});

test("the page is told that something was dropped, and never where it lies", async () => {
  const { backend, imports } = importing();
  let drop!: (drop: DropView) => void;
  backend.watchDrops = (heard) => {
    drop = heard;
    return Promise.resolve();
  };
  imports.watchDrops(() => 7);
  drop({ state: "over", files: 2 });
  expect(imports.over).toBe(2);
  drop({ state: "gone" });
  expect(imports.over).toBeNull();
  drop({ state: "dropped", files: 2 });
  await Promise.resolve();
  expect(backend.calls.filter(([name]) => name === "look")).toEqual([["look", "dropped", 7]]);
});
