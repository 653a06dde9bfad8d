/** Sums of amounts that stand on the screen: the one place of the window that adds any up, in whole hundredths. */

/** "-20.5" in hundredths, exactly; amounts of the engine have two decimals at most where they are added up. */
export function hundredths(amount: string): bigint {
  const parts = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount);
  if (!parts) throw new RangeError(`no amount of hundredths: ${amount}`);
  const [, sign, whole, rest = ""] = parts;
  const value = BigInt(`${whole}${rest.padEnd(2, "0")}`);
  return sign === "-" ? -value : value;
}

/** The sum, as the engine writes amounts: ["20.00", "0.50"] → "20.50". */
export function sumOf(amounts: readonly string[]): string {
  const sum = amounts.reduce((sum, amount) => sum + hundredths(amount), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(3, "0");
  return `${sum < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
