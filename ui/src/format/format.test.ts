import { describe, expect, test } from "vitest";
import {
  count,
  credits,
  creditsInColumn,
  creditsTick,
  exactMoneyIn,
  fromField,
  isZero,
  money,
  moneyTick,
  toField,
} from "./amounts";
import spoken from "../ipc/spoken/english.json";
import { locale } from "./locale.svelte";
import { date, inUtc, longDate, timeLeft } from "./moments";

test.each(spoken.numbers)("saved pages write $tag as the window does: $text", ({ tag, amount, text }) => {
  locale.numbers = tag;
  // Of the two apostrophes of the Swiss one is of newer browsers.
  expect(money(amount).replaceAll("'", "’")).toBe(text);
  locale.numbers = "en-US";
});

// "$1.84457" stood below "$1.517656", whose digits it doesn't share.
test("amounts of one column have as many decimals as the longest needs", () => {
  const column = exactMoneyIn(["1.517656", "1.844570", null]);
  expect([column("1.844570"), column("20")]).toEqual(["$1.844570", "$20.000000"]);
  expect(exactMoneyIn(["2.500000", null])("2.500000")).toBe("$2.50");
});

describe("amounts", () => {
  test.each([
    ["0.00", "$0.00"],
    ["20.00", "$20.00"],
    ["-6.67", "−$6.67"],
    ["1234567.89", "$1,234,567.89"],
    // Beyond what a binary number holds: every digit stays.
    ["90071992547409.93", "$90,071,992,547,409.93"],
  ])("money %s reads %s", (amount, text) => {
    expect(money(amount)).toBe(text);
  });

  test.each([
    ["1000.00", "1,000"],
    ["0.00", "0"],
    ["390.87", "390.87"],
    ["1234.50", "1,234.50"],
    ["90071992547409.93", "90,071,992,547,409.93"],
  ])("credits %s read %s", (amount, text) => {
    expect(credits(amount)).toBe(text);
  });

  test("columns keep their decimals", () => {
    expect(creditsInColumn("1000.00")).toBe("1,000.00");
  });

  // Found in November 2026: a German field showed "29.13" and refused "29,13".
  test.each([
    ["de-DE", "29,13", "29.13"],
    ["de-DE", "29.13", "29.13"],
    ["de-DE", "1.000", "1000"],
    ["de-DE", "1.234.567,5", "1234567.5"],
    ["de-DE", "1,2,3", "1,2,3"],
    ["en-US", " 29.13 ", "29.13"],
    ["en-US", "1,000", "1000"],
    ["en-US", "29,13", "29,13"],
    ["en-US", "much", "much"],
    ["en-US", "", ""],
  ])("a field in %s understands %s", (tag, typed, read) => {
    locale.numbers = tag;
    expect(fromField(typed)).toBe(read);
    locale.numbers = "en-US";
  });

  test("a field holds a decimal as it is written", () => {
    locale.numbers = "de-DE";
    expect([toField("29.13"), fromField(toField("1234.56"))]).toEqual(["29,13", "1234.56"]);
    locale.numbers = "en-US";
  });

  test("zero is told from almost zero", () => {
    expect([isZero("0.00"), isZero("0"), isZero("0.01"), isZero("-0.00"), isZero("10.00")]).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  test("counts know one from many", () => {
    expect([count(1, "task", "tasks"), count(0, "task", "tasks"), count(1200, "task", "tasks")]).toEqual([
      "1 task",
      "0 tasks",
      "1,200 tasks",
    ]);
  });
});

describe("a chart's lines", () => {
  test("lines of a chart are never rounded into one another", () => {
    expect([0, 0.5, 1, 1500].map(creditsTick)).toEqual(["0", "0.50", "1", "1,500"]);
    expect([0, 0.5, 1, 1500].map(moneyTick)).toEqual(["$0", "$0.50", "$1", "$1,500"]);
  });
});

describe("moments", () => {
  test("UTC stays UTC", () => {
    expect(inUtc("2026-12-01T00:00:00Z")).toBe("1 Dec 2026, 00:00 UTC");
    expect(date("2026-11-21")).toBe("21 Nov");
    expect(longDate("2026-11-20")).toBe("Friday 20 November");
  });

  test.each([
    [{ days: 9, hours: 229 }, "9 days"],
    [{ days: 1, hours: 30 }, "30 hours"],
    [{ days: 0, hours: 1 }, "an hour"],
    [{ days: 0, hours: 0 }, "less than an hour"],
  ])("%o reads %s", (left, text) => {
    expect(timeLeft(left)).toBe(text);
  });
});
