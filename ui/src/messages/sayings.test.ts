import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Saying } from "../ipc/bindings/Saying";
import type { SayingValue } from "../ipc/bindings/SayingValue";
import spoken from "../ipc/spoken/english.json";
import { speak } from "./language.svelte";
import { say } from "./sayings";

const sayings = spoken.sayings as unknown as { saying: Saying; text: string }[];

describe("in English the window says what the command line says", () => {
  beforeAll(() => speak("en", null));

  test.each(sayings)("$text", ({ saying, text }) => {
    expect(say(saying)).toBe(text);
  });
});

/** What is wrong somewhere in a file. */
const at = (place: SayingValue, reason: Saying): Saying => ({
  code: "at-place",
  values: { place, reason: { saying: reason } },
});

const german: [string, Saying, string][] = [
  [
    "a wrong date",
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
  [
    "no such plan",
    { code: "no-such-plan", values: { text: { text: "gold" }, known: { text: "free, pro" } } },
    "Tarif: „gold“ gibt es nicht. Möglich sind free, pro.",
  ],
  [
    "a file of another kind",
    {
      code: "file-of-another-kind",
      values: {
        path: { text: "/a.csv" },
        what: { saying: { code: "aws-cost-export", values: {} } },
        reason: { saying: { code: "no-column", values: { column: { text: "Cost" } } } },
      },
    },
    "/a.csv ist kein Kostenexport von AWS: Die Spalte Cost fehlt.",
  ],
  [
    "offline",
    { code: "offline", values: { vendor: { text: "Kiro" } } },
    "Kiro ist nicht zu erreichen. Prüfen Sie die Verbindung.",
  ],
  [
    "sign in again",
    { code: "sign-in-again", values: { vendor: { text: "Kilo" } } },
    "Öffnen Sie Kilo, um sich neu anzumelden.",
  ],
  [
    "a damaged row",
    {
      code: "record-damaged",
      values: {
        table: { text: "events" },
        row: { text: "1234" },
        reason: { saying: { code: "no-plan", values: { text: { text: "gold" } } } },
      },
    },
    "Ein Eintrag ist beschädigt (events, Zeile 1234): „gold“ ist kein Tarif.",
  ],
  [
    "why a file is no scenario",
    {
      code: "no-scenario",
      values: {
        reason: {
          saying: at(
            { saying: { code: "event-at", values: { number: { text: "1" } } } },
            at(
              { text: "credits" },
              { code: "must-be-text", values: { found: { saying: { code: "found-number", values: {} } } } },
            ),
          ),
        },
      },
    },
    "Sie ist kein Szenario (Ereignis 1: credits: muss ein Text in Anführungszeichen sein, nicht eine Zahl)",
  ],
  ["no account", { code: "no-account", values: {} }, "Dieses Konto gibt es nicht mehr."],
  [
    "several of something",
    {
      code: "unreadable-bill",
      values: { count: { number: 2 }, months: { list: [{ month: "2026-09" }, { month: "2026-10" }] } },
    },
    "Eine Rechnung ist nicht mehr lesbar, auch nicht, für welchen dieser Monate sie ist: Importieren Sie alle davon noch einmal. September 2026, Oktober 2026.",
  ],
];

describe("in German", () => {
  beforeAll(() => speak("de", null));
  afterAll(() => speak("en", null));

  test("every saying has words of its own", () => {
    // Only what is nothing but its values reads the same, and the names of a vendor.
    const same = sayings.filter(({ saying, text }) => say(saying) === text).map(({ saying }) => saying.code);
    expect([...new Set(same)]).toEqual([
      "at-place",
      "difference-part",
      "file-because",
      "file-unreadable-as",
      "kind-kilo-team",
      "new-person",
      "new-personal",
      "part-pass",
      "verdict-usage",
    ]);
  });

  test.each(german)("%s", (_, saying, text) => {
    expect(say(saying)).toBe(text);
  });
});

test("a code without a sentence is said as it stands", () => {
  expect(say({ code: "of-tomorrow", values: {} })).toBe("of-tomorrow");
});
