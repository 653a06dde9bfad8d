import { expect, test } from "vitest";
import { hundredths, sumOf } from "./exact";

test("amounts are added up exactly", () => {
  for (const [amounts, sum] of [
    [[], "0.00"],
    [["0.10", "0.20"], "0.30"],
    [["180.00", "160.00", "-6.5"], "333.50"],
    [["-0.05"], "-0.05"],
    [["90071992547409.93", "0.07"], "90071992547410.00"],
    [["3"], "3.00"],
  ] as [string[], string][]) {
    expect(sumOf(amounts)).toBe(sum);
  }
});

test("what is no amount of hundredths is refused, not taken for another", () => {
  for (const text of ["", "1.234", "1,00", "•••", "1e3"]) expect(() => hundredths(text)).toThrow(RangeError);
});
