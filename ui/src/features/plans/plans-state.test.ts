import { expect, test, vi } from "vitest";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import sample from "../../ipc/fixtures/sample.json";
import type { ChoiceAsked } from "../../ipc/bindings/ChoiceAsked";
import type { WhatIf } from "../../ipc/bindings/WhatIf";
import type { WhatIfView } from "../../ipc/bindings/WhatIfView";
import { Announcements } from "../../primitives/announcements.svelte";
import { around, failing, slow } from "../../test-answers";
import { PlansState } from "./plans-state.svelte";

const recorded = sample as unknown as Recorded;

function comparing() {
  const backend = recordedBackend(recorded);
  const looked = { selected: 1, visit: 1, undoRecord: vi.fn(() => Promise.resolve()) };
  const announcements = new Announcements();
  const beside = around();
  const plans = new PlansState(backend, looked, announcements, beside);
  return { backend, looked, announcements, beside, plans };
}

const nothing: WhatIf = { opened: false, until: null, a_day: null, changes: [], packs: false, choice: null };
const aDay = (a_day: string): WhatIf => ({ ...nothing, a_day });
const choosing = (plan: string): WhatIf => ({ ...nothing, choice: { plan, overage: true, packs: false } });
const lookedAt = ({ answer }: PlansState) => answer?.choices.find(({ looked_at }) => looked_at)?.plan;

test("it begins with the choice that the engine looks at, and stays with the one that is asked about", async () => {
  const { plans } = comparing();
  await plans.load();
  expect([lookedAt(plans), plans.answer?.receipt?.plan, plans.pricing]).toEqual(["pro", "pro", false]);
  await plans.suppose(choosing("power"));
  await plans.load();
  expect([lookedAt(plans), plans.answer?.receipt?.plan]).toEqual(["power", "power"]);
});

test("on another plan the choice is the engine's again", async () => {
  const { backend, plans } = comparing();
  await plans.load();
  await plans.suppose(choosing("power"));
  const asked: (ChoiceAsked | null)[] = [];
  backend.whatIf = (_, { choice }) => {
    asked.push(choice);
    return Promise.resolve({ ...recorded.whatIf!, plan: "Pro+" });
  };
  await plans.load();
  expect(asked.map((choice) => choice?.plan)).toEqual(["power", undefined]);
  expect(plans.question.choice).toBeNull();
});

test("while an answer is on its way only the newest question waits", async () => {
  const { backend, plans } = comparing();
  const { answer, come } = slow<WhatIfView>();
  const asked: (string | null)[] = [];
  backend.whatIf = (_, { a_day }) => {
    asked.push(a_day);
    return asked.length === 1 ? answer : Promise.resolve({ ...recorded.whatIf!, a_day: a_day ?? "" });
  };
  const first = plans.suppose(aDay("1"));
  for (const more of ["2", "3", "4"]) void plans.suppose(aDay(more));
  expect(plans.pricing).toBe(true);
  come(recorded.whatIf!);
  await first;
  expect(asked).toEqual(["1", "4"]);
  expect([plans.question.a_day, plans.answer?.a_day, plans.pricing]).toEqual(["4", "4", false]);
});

test("an answer that comes when the account was left is not shown for another", async () => {
  const { backend, looked, plans } = comparing();
  const { answer, come } = slow<WhatIfView>();
  backend.whatIf = () => answer;
  const loading = plans.load();
  await Promise.resolve();
  looked.selected = 2;
  looked.visit = 2;
  come(recorded.whatIf!);
  await loading;
  expect([plans.answer, plans.plans]).toEqual([null, null]);
});

test("what waits for an account that was left is not asked of another", async () => {
  const { backend, looked, plans } = comparing();
  const { answer, come } = slow<WhatIfView>();
  const asked: [number, string | null][] = [];
  backend.whatIf = (account, { a_day }) => {
    asked.push([account, a_day]);
    return answer;
  };
  const first = plans.suppose(aDay("1"));
  void plans.suppose(aDay("2"));
  looked.selected = 2;
  looked.visit = 2;
  come(recorded.whatIf!);
  await first;
  expect(asked).toEqual([[1, "1"]]);
  expect([plans.answer, plans.pricing]).toEqual([null, false]);
});

test("what was tried of an account is left with it", async () => {
  const { looked, plans } = comparing();
  await plans.suppose(aDay("30"));
  looked.visit += 1;
  expect([plans.question.a_day, plans.answer]).toEqual([null, null]);
});

test("a question that can't be answered leaves what is shown", async () => {
  const { backend, announcements, plans } = comparing();
  await plans.load();
  backend.whatIf = failing("There is no such plan.");
  await plans.suppose(choosing("power"));
  expect([plans.answer?.receipt?.plan, plans.pricing]).toEqual(["pro", false]);
  expect(announcements.latest?.text).toBe("There is no such plan.");
});

test("what is forgotten can be taken back", async () => {
  const { backend, announcements, plans } = comparing();
  await plans.suppose(aDay("30"));
  await plans.save("Busy");
  await plans.forget("Busy");
  expect(plans.answer?.saved.map(({ name }) => name)).not.toContain("Busy");
  await announcements.latest!.undo!();
  expect(plans.answer?.saved.map(({ name }) => name)).toContain("Busy");
  expect(backend.calls.filter(([name]) => name === "saveWhatIf").at(-1)).toEqual(["saveWhatIf", 1, "Busy", aDay("30")]);
});

test("a recorded change asks for everything again, and looks at no choice of before", async () => {
  const { beside, looked, announcements, plans } = comparing();
  await plans.load();
  await plans.suppose(choosing("pro-plus"));
  await plans.change("pro-plus", "Pro+");
  expect(beside.reload).toHaveBeenCalledOnce();
  expect(plans.question.choice).toBeNull();
  expect(announcements.latest?.text).toBe("The change to Pro+ is saved.");
  await announcements.latest!.undo!();
  expect(looked.undoRecord).toHaveBeenCalledOnce();
});
