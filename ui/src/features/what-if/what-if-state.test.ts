import { expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import sample from "../../ipc/fixtures/sample.json";
import type { WhatIf } from "../../ipc/bindings/WhatIf";
import type { WhatIfView } from "../../ipc/bindings/WhatIfView";
import { Announcements } from "../../primitives/announcements.svelte";
import { slow } from "../../test-answers";
import { WhatIfState } from "./what-if-state.svelte";

const recorded = sample as unknown as Recorded;

function supposing() {
  const backend = recordedBackend(recorded);
  const looked = { selected: 1, visit: 1 };
  const announcements = new Announcements();
  return { backend, looked, announcements, whatIf: new WhatIfState(backend, looked, announcements) };
}

const aDay = (a_day: string): WhatIf => ({ opened: false, until: null, a_day, changes: [], packs: false });

test("while an answer is on its way only the newest question waits", async () => {
  const { backend, whatIf } = supposing();
  const { answer, come } = slow<WhatIfView>();
  const asked: (string | null)[] = [];
  backend.whatIf = (_, { a_day }) => {
    asked.push(a_day);
    return asked.length === 1 ? answer : Promise.resolve({ ...recorded.whatIf!, a_day: a_day ?? "" });
  };
  const first = whatIf.suppose(aDay("1"));
  for (const more of ["2", "3", "4"]) void whatIf.suppose(aDay(more));
  come(recorded.whatIf!);
  await first;
  expect(asked).toEqual(["1", "4"]);
  expect([whatIf.question.a_day, whatIf.answer?.a_day]).toEqual(["4", "4"]);
});

test("what was supposed of an account is left with it", async () => {
  const { looked, whatIf } = supposing();
  await whatIf.suppose(aDay("30"));
  looked.visit += 1;
  expect([whatIf.question.a_day, whatIf.answer]).toEqual([null, null]);
});

test("what is forgotten can be taken back", async () => {
  const { backend, announcements, whatIf } = supposing();
  await whatIf.suppose(aDay("30"));
  await whatIf.save("Busy");
  await whatIf.forget("Busy");
  expect(whatIf.answer?.saved.map(({ name }) => name)).not.toContain("Busy");
  await announcements.latest!.undo!();
  expect(whatIf.answer?.saved.map(({ name }) => name)).toContain("Busy");
  expect(backend.calls.filter(([name]) => name === "saveWhatIf").at(-1)).toEqual(["saveWhatIf", 1, "Busy", aDay("30")]);
});
