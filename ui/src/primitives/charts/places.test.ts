import { expect, test } from "vitest";
import { apart, runs } from "./places";

test("a run ends where something isn't known and begins anew after it", () => {
  const known = (items: (number | null)[]) => runs(items, (item) => item !== null);
  expect(known([null, 1, 2, null, null, 3])).toEqual([[1, 2], [3]]);
  expect(known([1, 0])).toEqual([[1, 0]]);
  expect(known([null])).toEqual([]);
  expect(known([])).toEqual([]);
});

test("names stay in their order, apart from each other and within the room", () => {
  const heights = (...ys: number[]) =>
    apart(
      ys.map((y) => ({ y })),
      10,
      { from: 0, to: 100 },
    ).map(({ y }) => y);
  expect(heights(50, 20)).toEqual([20, 50]);
  expect(heights(50, 52, 53)).toEqual([50, 60, 70]);
  expect(heights(-5)).toEqual([0]);
  expect(heights(98, 99)).toEqual([90, 100]);
  expect(heights()).toEqual([]);
});
