/** Amounts for people. They come as decimal strings and go to Intl as such: exact, never a float. */

import { lazily } from "./lazily";

type DecimalText = Intl.StringNumericLiteral;

const dollars = lazily(() => new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }));
const twoDecimals = lazily(
  () => new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
);
const whole = lazily(() => new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 }));

/** "-20.00" → "−$20.00", with a minus sign and not a hyphen. */
export function money(amount: string): string {
  return dollars()
    .format(amount as DecimalText)
    .replace("-", "−");
}

const exactDollars = lazily(
  () =>
    new Intl.NumberFormat("en-US", {
      style: "currency",
      currency: "USD",
      minimumFractionDigits: 2,
      maximumFractionDigits: 6,
    }),
);

/** With every decimal there is, at least two: "62.512300" → "$62.5123". */
export function exactMoney(amount: string): string {
  return exactDollars()
    .format(amount as DecimalText)
    .replace("-", "−");
}

/** "1234.5" → "1,234.50"; a whole amount stays short: "1000.00" → "1,000". */
export function credits(amount: string): string {
  const isWhole = !amount.includes(".") || /\.0+$/.test(amount);
  return (isWhole ? whole : twoDecimals)().format(amount as DecimalText);
}

/** Always two decimals, for columns. */
export function creditsInColumn(amount: string): string {
  return twoDecimals().format(amount as DecimalText);
}

/** "7 tasks", "1 task". */
export function count(number: number, one: string, many: string): string {
  return `${whole().format(number)} ${number === 1 ? one : many}`;
}

/** Whether a decimal string is zero. */
export function isZero(amount: string): boolean {
  return /^-?0*(\.0*)?$/.test(amount);
}
