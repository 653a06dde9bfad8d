import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChargeNote } from "../ipc/bindings/ChargeNote";
import type { DifferenceView } from "../ipc/bindings/DifferenceView";
import type { LineView } from "../ipc/bindings/LineView";
import type { PlanRefusal } from "../ipc/bindings/PlanRefusal";
import type { QuotedCharge } from "../ipc/bindings/QuotedCharge";
import spoken from "../ipc/spoken/english.json";
import { chargeNote, difference, lineParts, lineTitle, quotedTitle, sum } from "./charges";
import { speak } from "./language.svelte";
import { planRefusal } from "./sayings";

const lines = spoken.lines as { line: LineView; title: string; parts: string[] }[];
const notes = spoken.notes as { note: ChargeNote; text: string }[];
const refusals = spoken.refusals as { refusal: PlanRefusal; text: string }[];
const differences = spoken.differences as { difference: DifferenceView; text: string }[];
const quoted = spoken.quoted as { quoted: QuotedCharge; title: string }[];

/** Everything that is said of charges. */
const everything = () => [
  ...lines.flatMap(({ line }) => [lineTitle(line), ...lineParts(line)]),
  ...notes.map(({ note }) => chargeNote(note)),
  ...refusals.map(({ refusal }) => planRefusal(refusal)),
  ...quoted.map(({ quoted }) => quotedTitle(quoted, "1 October")),
  ...spoken.sums.map(({ amount, at_least }) => sum(amount, at_least)),
];

describe("in English the window says what the command line and the PDF say", () => {
  beforeAll(() => speak("en", null));

  test.each(lines)("$title $parts", ({ line, title, parts }) => {
    expect([lineTitle(line), lineParts(line)]).toEqual([title, parts]);
  });

  test.each(notes)("$text", ({ note, text }) => {
    expect(chargeNote(note)).toBe(text);
  });

  test.each(refusals)("$text", ({ refusal, text }) => {
    expect(planRefusal(refusal)).toBe(text);
  });

  test.each(quoted)("$title", ({ quoted, title }) => {
    expect(quotedTitle(quoted, "1 October")).toBe(title);
  });

  test.each(differences)("$text", ({ difference: of, text }) => {
    expect(difference(of)).toBe(text);
  });

  test.each(spoken.sums)("$text", ({ amount, at_least, text }) => {
    expect(sum(amount, at_least)).toBe(text);
  });

  test("two users are two users, not two credits", () => {
    const line = lines.find(({ line }) => line.unit === "users" && line.kind === "refund")!.line;
    expect(lineParts(line)).toEqual(["2 users at −$20.00"]);
  });
});

describe("in German", () => {
  beforeAll(() => speak("de", null));
  afterAll(() => speak("en", null));

  test("every place is filled, and one is not many", () => {
    for (const sentence of everything()) expect(sentence).not.toMatch(/[{}]|undefined/);
    const users = lines.filter(({ line }) => line.unit === "users" && line.kind === "subscription");
    const parts = users.flatMap(({ line }) => lineParts(line));
    expect(parts.map((part) => part.replaceAll("\u00a0", " "))).toEqual([
      "1 Person zu 20,00 $",
      "1.200 Personen zu 20,00 $",
    ]);
  });

  test("what a sum leaves out is said", () => {
    expect(sum("40.00", true).replaceAll("\u00a0", " ")).toBe("mindestens 40,00 $");
    expect(sum(null, false)).toBe("nicht bekannt");
  });
});
