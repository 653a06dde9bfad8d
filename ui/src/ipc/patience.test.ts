import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lanes, type Backend } from "./backend";
import { recordedBackend, type Recorded } from "./fixtures";
import sample from "./fixtures/sample.json";
import { patient } from "./patience";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const recorded = sample as unknown as Recorded;
const never = () => new Promise<never>(() => undefined);

/** A backend that answers nothing at all. */
function silent(): Backend {
  return Object.fromEntries(Object.keys(lanes).map((name) => [name, never])) as unknown as Backend;
}

/** What became of a question. */
function becomes(question: Promise<unknown>): () => unknown {
  let outcome: unknown = "waiting";
  question.then(
    (answer) => (outcome = answer),
    (error: unknown) => (outcome = error),
  );
  return () => outcome;
}

test("a command that never answers is told after a bound, each but those that wait for a person", async () => {
  const backend = patient(silent());
  const asked = Object.keys(lanes).map((name) => {
    const question = backend[name as keyof Backend] as () => Promise<unknown>;
    return [name, becomes(question())] as const;
  });
  await vi.advanceTimersByTimeAsync(10 * 60 * 1000);
  const waiting = asked.filter(([, outcome]) => outcome() === "waiting").map(([name]) => name);
  expect(waiting).toEqual(
    Object.keys(lanes).filter((name) => ["file", "question"].includes(lanes[name as keyof Backend])),
  );
  for (const [, outcome] of asked.filter(([name]) => !waiting.includes(name)))
    expect(outcome()).toMatchObject({ code: "outside", saying: { code: "no-answer" } });
});

test("a view's answer is waited for half a minute, a vendor's longer than a vendor is asked", async () => {
  const backend = patient(silent());
  const [view, vendor] = [becomes(backend.overview(1)), becomes(backend.refresh(1, true, false))];
  await vi.advanceTimersByTimeAsync(29_000);
  expect(view()).toBe("waiting");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(view()).toMatchObject({ saying: { values: { seconds: { number: 30 } } } });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(vendor()).toBe("waiting");
});

test("answers and failures that come are those of the backend, and no timer stays", async () => {
  const backend = recordedBackend(recorded);
  expect(await patient(backend).start()).toEqual(recorded.start);
  backend.usage = () => Promise.reject(new Error("of its own"));
  await expect(patient(backend).usage(1, { range: { kind: "running" }, split: null, only: [] })).rejects.toThrow(
    "of its own",
  );
  expect(vi.getTimerCount()).toBe(0);
});
