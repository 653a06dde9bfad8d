import { expect, test } from "@playwright/test";
import { cutOff, open, show, violations, views, type State } from "./support";

// The window in every size with every zoom, and each of both in either theme and language: every pair of values is met in
// some row. What is looked at goes round, so that each kind of account is met small, large and zoomed.
const table: [size: string, zoom: number, theme: "light" | "dark", language: "en" | "de", state: State][] = [
  ["760x540", 80, "light", "de", "sample"],
  ["760x540", 100, "dark", "en", "organisation"],
  ["760x540", 150, "light", "en", "team"],
  ["760x540", 200, "dark", "de", "over"],
  ["1180x780", 80, "dark", "en", "suspended"],
  ["1180x780", 100, "light", "de", "live"],
  ["1180x780", 150, "dark", "de", "organisation"],
  ["1180x780", 200, "light", "en", "sample"],
  ["1600x1000", 80, "light", "en", "organisation"],
  ["1600x1000", 100, "dark", "de", "team"],
  ["1600x1000", 150, "light", "de", "first-run"],
  ["1600x1000", 200, "dark", "en", "personal"],
  ["2560x1440", 80, "dark", "de", "team-pass"],
  ["2560x1440", 100, "light", "en", "over"],
  ["2560x1440", 150, "dark", "en", "sample"],
  ["2560x1440", 200, "light", "de", "organisation"],
];

test("the table meets every pair of a size, a zoom, a theme and a language", () => {
  const columns = [0, 1, 2, 3] as const;
  const values = columns.map((of) => [...new Set(table.map((row) => String(row[of])))]);
  const missing = columns.flatMap((one) =>
    columns
      .filter((other) => other > one)
      .flatMap((other) =>
        values[one]!.flatMap((a) =>
          values[other]!.filter((b) => !table.some((row) => String(row[one]) === a && String(row[other]) === b)).map(
            (b) => `${a} with ${b}`,
          ),
        ),
      ),
  );
  expect(missing).toEqual([]);
  expect(values.map(({ length }) => length)).toEqual([4, 4, 2, 2]);
});

for (const [size, zoom, theme, language, state] of table) {
  test(`axe finds nothing and nothing is cut: ${size} at ${zoom} %, ${theme}, ${language}, ${state}`, async ({
    page,
  }) => {
    // Zoomed, a window has room for so much less.
    const [width, height] = size.split("x").map((side) => Math.floor((Number(side) * 100) / zoom));
    await page.setViewportSize({ width: width!, height: height! });
    await open(page, state, theme, { language });
    for (const view of await views(page)) {
      await show(page, view);
      expect({ cut: await cutOff(page), axe: await violations(page) }, view).toEqual({ cut: [], axe: [] });
    }
  });
}
