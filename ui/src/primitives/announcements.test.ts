import { expect, test } from "vitest";
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

test("what can be taken back stays when the view is left, and nothing else does", () => {
  const announcements = new Announcements();
  announcements.say("Renamed.");
  announcements.leaveView();
  expect(announcements.latest).toBeNull();
  const undo = () => Promise.resolve();
  announcements.say("Removed.", false, undo);
  announcements.leaveView();
  expect(announcements.latest).toEqual({ text: "Removed.", bad: false, undo });
  announcements.dismiss();
  expect(announcements.latest).toBeNull();
});

test("nothing is said where saving was cancelled", () => {
  const announcements = new Announcements();
  announcements.saySaved(null);
  expect(announcements.latest).toBeNull();
  announcements.saySaved("/home/ada/a.pdf");
  expect(announcements.latest?.text).toContain("/home/ada/a.pdf");
});
