import { expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import organisation from "../../ipc/fixtures/organisation-empty.json";
import { Announcements } from "../../primitives/announcements.svelte";
import { around } from "../../test-answers";
import { ImportState } from "./import-state.svelte";

function importing(held = false) {
  const backend = recordedBackend(organisation as unknown as Recorded, undefined, held);
  const announcements = new Announcements();
  const beside = around();
  return { backend, announcements, beside, imports: new ImportState(backend, announcements, beside) };
}

test("what was brought shows in everything", async () => {
  const { beside, imports } = importing();
  const report = await imports.import("aws-cost", "folder", 1);
  expect(report?.kind).toBe("aws-cost");
  expect(beside.reload).toHaveBeenCalledOnce();
  expect(imports.running).toBeNull();
});

test("an import says how far it is, and is over when it was stopped", async () => {
  const { announcements, beside, imports } = importing(true);
  const done = imports.import("aws-cost", "folder", 1);
  expect(imports.running).toEqual({ kind: "aws-cost", progress: { rows: 65536, permille: 450 } });
  await imports.stop();
  expect(await done).toBeNull();
  expect([imports.running, beside.reload.mock.calls.length]).toEqual([null, 0]);
  expect(announcements.latest?.bad).toBe(true);
});

test("choosing no file brings nothing and says nothing", async () => {
  const { backend, announcements, beside, imports } = importing();
  backend.import = () => Promise.resolve(null);
  expect(await imports.import("aws-cost", "file", 1)).toBeNull();
  expect([announcements.latest, beside.reload.mock.calls.length]).toEqual([null, 0]);
});
