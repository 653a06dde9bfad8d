/** Amounts for people. They come as decimal strings and go to Intl as such: exact, never a float. */

import { locale, perLocale } from "./locale.svelte";

type DecimalText = Intl.StringNumericLiteral;

const dollars = perLocale("numbers", (tag) => new Intl.NumberFormat(tag, { style: "currency", currency: "USD" }));
const wholeDollars = perLocale(
  "numbers",
  (tag) => new Intl.NumberFormat(tag, { style: "currency", currency: "USD", maximumFractionDigits: 0 }),
);
const exactDollars = perLocale(
  "numbers",
  (tag) =>
    new Intl.NumberFormat(tag, {
      style: "currency",
      currency: "USD",
      minimumFractionDigits: 2,
      maximumFractionDigits: 6,
    }),
);
const twoDecimals = perLocale(
  "numbers",
  (tag) => new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
);
const whole = perLocale("numbers", (tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 0 }));
const percents = perLocale(
  "numbers",
  (tag) => new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 0 }),
);

/** What stands where an amount is hidden. */
export const HIDDEN = "•••";

/** With a minus sign and not a hyphen; nothing of it while amounts are hidden. */
function written(formatter: Intl.NumberFormat, amount: string): string {
  return locale.hidden ? HIDDEN : formatter.format(amount as DecimalText).replace("-", "−");
}

/** "-20.00" → "−$20.00". */
export function money(amount: string): string {
  return written(dollars(), amount);
}

/** "$200" or "$0.50", beside a line of a chart. */
export function moneyTick(amount: number): string {
  return written((Number.isInteger(amount) ? wholeDollars : dollars)(), String(amount));
}

/** "1,000" or "0.50", beside a line of a chart. */
export function creditsTick(amount: number): string {
  return credits(String(amount));
}

/** With every decimal there is, in whatever currency: "1234.50" → "1,234.50". */
export function decimal(amount: string): string {
  const decimals = amount.split(".")[1]?.length ?? 0;
  return written(
    new Intl.NumberFormat(locale.numbers, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
    amount,
  );
}

/** With every decimal there is, at least two: "62.512300" → "$62.5123". */
export function exactMoney(amount: string): string {
  return written(exactDollars(), amount);
}

/** With as many decimals as the longest of them needs, at least two: "1.5" beside "0.213750" → "$1.50000". */
export function exactMoneyIn(column: readonly (string | null)[]): (amount: string) => string {
  const needed = column.map((amount) => amount?.split(".")[1]?.replace(/0+$/, "").length ?? 0);
  const decimals = Math.max(2, ...needed);
  const formatter = new Intl.NumberFormat(locale.numbers, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return (amount) => written(formatter, amount);
}

/** "1234.5" → "1,234.50"; a whole amount stays short: "1000.00" → "1,000". */
export function credits(amount: string): string {
  const isWhole = !amount.includes(".") || /\.0+$/.test(amount);
  return written((isWhole ? whole : twoDecimals)(), amount);
}

/** Always two decimals, for columns. */
export function creditsInColumn(amount: string): string {
  return written(twoDecimals(), amount);
}

/** A whole number that is no amount: tasks, seats, rows. */
export function number(count: number): string {
  return whole().format(count);
}

/** "7 tasks", "1 task". */
export function count(counted: number, one: string, many: string): string {
  return `${number(counted)} ${counted === 1 ? one : many}`;
}

/** Thousandths as percent: 345 → "35%". */
export function percent(permille: number): string {
  return percents().format(Math.round(permille / 10) / 100);
}

/** The signs between groups of digits and before the decimals, as numbers are written now. */
function signs(): { group: string; point: string } {
  const parts = twoDecimals().formatToParts(12345.6);
  const sign = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return { group: sign("group"), point: sign("decimal") };
}

/** A decimal as a field holds it, to be changed: "29.13" → "29,13" where numbers are written so. */
export function toField(amount: string): string {
  return amount.replace(".", signs().point);
}

/** What was typed into a field, as the engine reads it: "1.000,5" → "1000.5" where numbers are written so. What is no
 * such number stays as it is, for the engine to refuse. */
export function fromField(text: string): string {
  const { group, point } = signs();
  const [whole = "", ...decimals] = text.trim().split(point);
  if (decimals.length > 1) return text.trim();
  const groups = group === "" ? [whole] : whole.split(group);
  const isGrouped = /^\d{1,3}$/.test(groups[0] ?? "") && groups.slice(1).every((three) => /^\d{3}$/.test(three));
  return [isGrouped ? groups.join("") : whole, ...decimals].join(".");
}

/** Whether a decimal string is zero. */
export function isZero(amount: string): boolean {
  return /^-?0*(\.0*)?$/.test(amount);
}
