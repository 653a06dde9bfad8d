import { afterEach, expect, test } from "vitest";
import { dayOfWeek, daysLater, monthsLater, readDay, shownDay, typedDay, weekdays, weeks, wholeDay } from "./calendar";
import { locale } from "./locale.svelte";

afterEach(() => {
  locale.dates = "en-GB";
});

test("a day is shown as the language writes it", () => {
  expect([shownDay("2026-03-09"), typedDay("2026-03-09")]).toEqual(["9 Mar 2026", "09/03/2026"]);
  expect(wholeDay("2026-11-21")).toMatch(/^Saturday,? 21 November 2026$/);
  locale.dates = "de-DE";
  expect([shownDay("2026-03-09"), typedDay("2026-03-09")]).toEqual(["09.03.2026", "09.03.2026"]);
  expect(shownDay("")).toBe("");
});

test("what the field shows it reads again, in every language", () => {
  for (const tag of ["en-GB", "en-US", "de-DE"]) {
    locale.dates = tag;
    for (let month = 0; month < 12; month += 1) {
      const day = monthsLater("2026-01-31", month);
      for (const text of [shownDay(day), typedDay(day), day]) expect(readDay(text, false), `${tag} ${text}`).toBe(day);
    }
  }
});

test("a day is read as people type it, and nothing else is one", () => {
  for (const [tag, text, day] of [
    ["en-GB", "9/5/2026", "2026-05-09"],
    ["en-GB", "9 may 2026", "2026-05-09"],
    ["en-GB", "May 9, 2026", "2026-05-09"],
    ["en-GB", " 2026-05-09 ", "2026-05-09"],
    ["en-GB", "9/5/26", "2026-05-09"],
    ["de-DE", "9.5.2026", "2026-05-09"],
    ["de-DE", "9. Mai 2026", "2026-05-09"],
    ["de-DE", "9. März 26", "2026-03-09"],
    ["de-DE", "31.11.2026", null],
    ["de-DE", "9.5.", null],
    ["de-DE", "bald", null],
    ["de-DE", "1.2.3.2026", null],
    ["en-GB", "9 Ma 2026", null],
    ["en-GB", "29/2/2026", null],
  ] as [string, string, string | null][]) {
    locale.dates = tag;
    expect(readDay(text, true), `${tag} ${text}`).toBe(day);
  }
});

test("a year of two digits is one only when nothing more is typed", () => {
  expect([readDay("9/5/20", false), readDay("9/5/20", true)]).toEqual([null, "2020-05-09"]);
});

test("days and months go on over ends of months and years", () => {
  expect(daysLater("2026-12-31", 1)).toBe("2027-01-01");
  expect(daysLater("2026-03-01", -1)).toBe("2026-02-28");
  expect(monthsLater("2026-01-31", 1)).toBe("2026-02-28");
  expect(monthsLater("2026-01-15", -12)).toBe("2025-01-15");
});

test("a month has whole weeks that begin on Monday", () => {
  const november = weeks("2026-11-21");
  expect(november[0]).toEqual([null, null, null, null, null, null, "2026-11-01"]);
  expect(november.at(-1)).toEqual(["2026-11-30", null, null, null, null, null, null]);
  expect([dayOfWeek("2026-11-23"), dayOfWeek("2026-11-22")]).toEqual([0, 6]);
  expect(weekdays()[0]).toEqual({ short: "Mon", long: "Monday" });
});
