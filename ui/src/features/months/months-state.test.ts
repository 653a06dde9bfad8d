import { expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import organisation from "../../ipc/fixtures/organisation.json";
import sample from "../../ipc/fixtures/sample.json";
import type { Standing } from "../../ipc/bindings/Standing";
import { Announcements } from "../../primitives/announcements.svelte";
import { failing } from "../../test-answers";
import { MonthsState } from "./months-state.svelte";

const recorded = organisation as unknown as Recorded;

function months(of: Recorded = recorded) {
  const backend = recordedBackend(of);
  const looked = { selected: 1, visit: 1 };
  const present = { shown: of.start.overview };
  let loads = 0;
  const around = {
    loadView: () => {
      loads += 1;
      return Promise.resolve();
    },
  };
  const announcements = new Announcements();
  const state = new MonthsState(backend, looked, present, announcements, around);
  return { backend, looked, present, announcements, state, loads: () => loads };
}

const start = (standing: Standing | null) => standing && "month" in standing && standing.month.start.slice(0, 7);

test("a month is shown when its answer is here, and the view asks for its part of it", async () => {
  const { state, loads } = months();
  expect([state.month, state.known, state.beside(-1), state.beside(1)]).toEqual([
    "2026-11",
    ["2026-10", "2026-11"],
    "2026-10",
    null,
  ]);
  const asking = state.look("2026-10");
  expect(start(state.shown)).toBe("2026-11");
  await asking;
  expect([start(state.shown), state.month, state.chosen, loads()]).toEqual(["2026-10", "2026-10", "2026-10", 1]);
  await state.look("2026-11");
  expect([start(state.shown), state.chosen, loads()]).toEqual(["2026-11", null, 2]);
});

test("where a bill is newer than every report, the reports' newest month is a choice", async () => {
  const { state } = months({
    ...recorded,
    start: {
      ...recorded.start,
      overview: { ...(recorded.start.overview as Standing), months: ["2026-10", "2026-11", "2026-12"] } as Standing,
    },
  });
  await state.look("2026-11");
  expect([state.chosen, state.beside(1, "2026-11"), state.beside(-1, "2026-12")]).toEqual([
    "2026-11",
    "2026-12",
    "2026-11",
  ]);
});

test("each account keeps the month that was chosen of it", async () => {
  const { state, looked, backend } = months();
  await state.look("2026-10");
  Object.assign(looked, { selected: 2, visit: 2 });
  expect([state.chosen, state.month]).toEqual([null, "2026-11"]);
  Object.assign(looked, { selected: 1, visit: 3 });
  await state.load();
  expect(start(state.shown)).toBe("2026-10");
  expect(backend.calls).toEqual([
    ["standingIn", 1, "2026-10"],
    ["standingIn", 1, "2026-10"],
  ]);
});

test("a month that can't be read leaves the one that was looked at, and is told", async () => {
  const { state, backend, announcements } = months();
  backend.standingIn = failing("no-date");
  await state.look("2026-10");
  expect([state.chosen, start(state.shown)]).toEqual([null, "2026-11"]);
  expect(announcements.latest?.bad).toBe(true);
});

test("who isn't looked at month by month has none", () => {
  const { state } = months(sample as unknown as Recorded);
  expect([state.known, state.month, state.newest, state.chosen]).toEqual([[], null, null, null]);
});

test("the months beside the one that is shown are asked for ahead, and no click asks for them again", async () => {
  const { state, backend } = months();
  state.prepare();
  state.prepare();
  await state.look("2026-10");
  expect([start(state.shown), backend.calls]).toEqual(["2026-10", [["standingIn", 1, "2026-10"]]]);
});

test("what was asked ahead goes with the answer it was asked beside", async () => {
  const { state, backend, present } = months();
  state.prepare();
  present.shown = { ...present.shown! };
  await state.look("2026-10");
  expect(backend.calls).toHaveLength(2);
});

test("what couldn't be read ahead is said nowhere, and asked for once more where it is wanted", async () => {
  const { state, backend, announcements } = months();
  const { standingIn } = backend;
  backend.standingIn = failing("no-date");
  state.prepare();
  await Promise.resolve();
  expect(announcements.latest).toBeNull();
  backend.standingIn = standingIn;
  await state.look("2026-10");
  expect(start(state.shown)).toBe("2026-10");
});
