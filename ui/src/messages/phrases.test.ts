import { afterAll, beforeAll, expect, test } from "vitest";
import { speak } from "./language.svelte";
import { around, usable } from "./phrases";

beforeAll(() => speak("de", null));
afterAll(() => speak("en", null));

interface Made {
  plain: string;
  filled: (places: Record<string, string | number>) => string;
  rows: (places: { count: number; of: string }) => string;
  until: (places: { day: string }) => string;
}
const words = usable({
  plain: "Ein Text.",
  filled: "{name} hat {many} von {other}",
  rows: { one: "{count} Zeile in {of}", other: "{count} Zeilen in {of}" },
  until: "Bezahlt bis {day}.",
}) as Made;

test("what has no places is a text, everything else is a function of them", () => {
  expect(words.plain).toBe("Ein Text.");
  expect(words.filled({ name: "{other}", many: 1234, other: "B" })).toBe("{other} hat 1.234 von B");
});

test("one is not many", () => {
  const told = [0, 1, 2, 1234].map((count) => words.rows({ count, of: "x" }));
  expect(told).toEqual(["0 Zeilen in x", "1 Zeile in x", "2 Zeilen in x", "1.234 Zeilen in x"]);
});

test("a sentence ends with one full stop, and keeps dots that it has of its own", () => {
  expect(words.until({ day: "30. Nov." })).toBe("Bezahlt bis 30. Nov.");
  expect(words.until({ day: "1. Mai" })).toBe("Bezahlt bis 1. Mai.");
});

test("a sentence is said around what isn't text", () => {
  expect(around((gap) => `In ${gap}, die nur an Kilo geht.`)).toEqual(["In", ", die nur an Kilo geht."]);
  expect(around((gap) => `Alle: ${gap}.`)).toEqual(["Alle:", "."]);
});
