import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AppError } from "../ipc/bindings/AppError";
import { speak } from "../messages/language.svelte";
import { Announcements } from "./announcements.svelte";

test("a failure is said, and that it failed is known", async () => {
  const announcements = new Announcements();
  const refused = { code: "refused", saying: { code: "no-overage", values: {} } };
  expect(await announcements.trying(() => Promise.reject(refused as unknown as Error))).toBe(false);
  expect(announcements.latest).toEqual({ text: "Overage exists on paid plans only.", bad: true });
  expect(await announcements.trying(() => Promise.resolve())).toBe(true);
});

test.each<[string, AppError, string]>([
  [
    "a date that has not come",
    {
      code: "input",
      saying: {
        code: "date-to-come",
        values: {
          field: { saying: { code: "first-paid-day", values: {} } },
          date: { date: "2026-12-01" },
          today: { date: "2026-11-21" },
        },
      },
    },
    "Erster bezahlter Tag: Der 1. Dezember 2026 liegt noch vor uns (heute ist der 21. November 2026, UTC).",
  ],
  [
    "an account that is gone",
    { code: "no-account", saying: { code: "no-account", values: {} } },
    "Dieses Konto gibt es nicht mehr.",
  ],
])("%s is said in the window's language", (_, failure, text) =>
  speak("de", null)
    .then(() => {
      const announcements = new Announcements();
      announcements.fail(failure);
      expect(announcements.latest).toEqual({ text, bad: true });
    })
    .finally(() => speak("en", null)),
);

test("what the window itself can't do is said too", () => {
  const announcements = new Announcements();
  announcements.fail(new Error("no such channel"));
  expect(announcements.latest?.text).toBe("Something in the window failed (no such channel). Try again.");
});

test("nothing is said where saving was cancelled", () => {
  const announcements = new Announcements();
  announcements.saySaved(null);
  expect(announcements.latest).toBeNull();
  announcements.saySaved("/home/ada/a.pdf");
  expect(announcements.latest?.text).toContain("/home/ada/a.pdf");
});

describe("how long something is said", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("what went well leaves after six seconds, what went wrong stays until it is closed", () => {
    const announcements = new Announcements();
    announcements.fail(new Error("no such channel"));
    announcements.say("Renamed.");
    vi.advanceTimersByTime(5_900);
    expect(announcements.shown.map(({ bad }) => bad)).toEqual([true, false]);
    vi.advanceTimersByTime(200);
    expect(announcements.shown.map(({ bad }) => bad)).toEqual([true]);
    vi.advanceTimersByTime(3_600_000);
    expect(announcements.latest?.bad).toBe(true);
    announcements.dismiss();
    expect(announcements.latest).toBeNull();
  });

  test("whoever reads it keeps it, and has its whole time afterwards", () => {
    const announcements = new Announcements();
    announcements.say("Renamed.");
    vi.advanceTimersByTime(5_000);
    announcements.hold(true);
    vi.advanceTimersByTime(60_000);
    expect(announcements.latest?.text).toBe("Renamed.");
    announcements.hold(false);
    vi.advanceTimersByTime(5_900);
    expect(announcements.latest?.text).toBe("Renamed.");
    vi.advanceTimersByTime(200);
    expect(announcements.latest).toBeNull();
  });

  test("one that follows another has a time of its own", () => {
    const announcements = new Announcements();
    announcements.say("Renamed.");
    vi.advanceTimersByTime(5_000);
    announcements.say("Hidden.");
    vi.advanceTimersByTime(5_000);
    expect(announcements.shown.map(({ text }) => text)).toEqual(["Hidden."]);
  });
});

test("a failure is over when the same work succeeds, and no other's is", async () => {
  const announcements = new Announcements();
  const fails = (said: string) => () => Promise.reject({ code: "outside", saying: { code: said, values: {} } });
  await announcements.trying(fails("This folder holds no reports."), "import");
  await announcements.trying(fails("Kiro is busy."), "refresh");
  await announcements.trying(() => Promise.resolve(), "import");
  expect(announcements.shown.map(({ text }) => text)).toEqual(["Kiro is busy."]);
  await announcements.trying(() => Promise.resolve());
  expect(announcements.shown).toHaveLength(1);
});

test("a failure that comes again is told once, and the oldest of many makes room", () => {
  const announcements = new Announcements();
  for (const text of ["One.", "Two.", "One.", "Three.", "Four."]) announcements.say(text, true);
  expect(announcements.shown.map(({ text }) => text)).toEqual(["One.", "Three.", "Four."]);
});
