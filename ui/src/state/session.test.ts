import { describe, expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../ipc/fixtures";
import type { AppError } from "../ipc/bindings/AppError";
import sample from "../ipc/fixtures/sample.json";
import { speak } from "../messages/language.svelte";
import { Session } from "./session.svelte";

const recorded = sample as unknown as Recorded;

describe("session", () => {
  test("one question brings the first figures", async () => {
    const backend = recordedBackend(recorded);
    const session = new Session(backend);
    await session.open();
    expect(backend.calls).toEqual([["start"]]);
    expect(session.person?.left).toBe("390.87");
    expect(session.account?.sample).toBe(true);
  });

  test("the plans view begins with the next larger plan", async () => {
    const session = new Session(recordedBackend(recorded));
    await session.open();
    await session.show("plans");
    expect(session.receipt?.plan).toBe("pro-plus");
    expect(session.pricing).toBe(false);
  });

  test("a failed question leaves what is shown and is said in its own words", async () => {
    const backend = recordedBackend(recorded);
    const session = new Session(backend);
    await session.open();
    const failure: AppError = { code: "refused", saying: { code: "no-overage", values: {} } };
    backend.setOverage = () => Promise.reject(failure as unknown as Error);
    await session.setOverage(true);
    expect(session.person?.left).toBe("390.87");
    expect(session.message).toEqual({ text: "Overage exists on paid plans only.", bad: true });
  });

  test.each<[string, AppError["saying"], string]>([
    [
      "a date that has not come",
      {
        code: "date-to-come",
        values: {
          field: { saying: { code: "first-paid-day", values: {} } },
          date: { date: "2026-12-01" },
          today: { date: "2026-11-21" },
        },
      },
      "Erster bezahlter Tag: Der 1. Dezember 2026 liegt noch vor uns (heute ist der 21. November 2026, UTC).",
    ],
    ["an account that is gone", { code: "no-account", values: {} }, "Dieses Konto gibt es nicht mehr."],
  ])("%s is said in the window's language", async (_, saying, text) => {
    const backend = recordedBackend(recorded);
    const session = new Session(backend);
    await session.open();
    await speak("de", null);
    const failure: AppError = { code: "input", saying };
    backend.setOverage = () => Promise.reject(failure as unknown as Error);
    await session.setOverage(true);
    expect(session.message).toEqual({ text, bad: true });
    await speak("en", null);
  });

  test("what the window itself can't do is said too", async () => {
    const backend = recordedBackend(recorded);
    const session = new Session(backend);
    await session.open();
    backend.setOverage = () => Promise.reject(new Error("no such channel"));
    await session.setOverage(true);
    expect(session.message?.text).toBe("Something in the window failed (no such channel). Try again.");
  });

  test("when nothing can be read, that is what is shown, and trying again helps", async () => {
    const failure: AppError = { code: "store", saying: { code: "not-a-database", values: {} } };
    const session = new Session(recordedBackend(recorded, failure));
    await session.open();
    expect(session.failure).toEqual(failure);
    session.backend.start = () => Promise.resolve(recorded.start);
    await session.open();
    expect(session.failure).toBeNull();
    expect(session.person?.left).toBe("390.87");
  });

  test("removing the last account leads back to the first run", async () => {
    const session = new Session(recordedBackend(recorded));
    await session.open();
    await session.removeAccount(session.account!);
    expect(session.account).toBeNull();
    expect(session.overview).toBeNull();
    expect(session.message?.text).toBe("Sample account is removed.");
  });
});
