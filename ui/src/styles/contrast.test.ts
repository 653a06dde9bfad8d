import { expect, test } from "vitest";
import tokens from "./tokens.css?raw";

const written = [...tokens.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)/g)];
const colours = new Map(written.map(([, name, light, dark]) => [name!, { light: light!, dark: dark! }]));

/** How light a colour is, by the accessibility guidelines (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

/** What is too near to what it lies on, in either theme. */
function tooNear(names: readonly string[], grounds: readonly string[], least: number): string[] {
  return names.flatMap((name) =>
    grounds.flatMap((ground) =>
      (["light", "dark"] as const)
        .map((theme) => [theme, contrast(colours.get(name)![theme], colours.get(ground)![theme])] as const)
        .filter(([, ratio]) => ratio < least)
        .map(([theme, ratio]) => `${name} on ${ground}, ${theme}: ${ratio.toFixed(2)}`),
    ),
  );
}

test("what is told by a line, a bar or a dot is seen in both themes (3 to 1)", () => {
  const drawn = [...colours.keys()].filter((name) => /^(bar|layer)-/.test(name));
  expect(drawn).toHaveLength(10);
  expect(tooNear([...drawn, "line-strong", "ink-soft", "accent"], ["surface", "surface-sunken"], 3)).toEqual([]);
});

test("what is read is read in both themes (4.5 to 1)", () => {
  const grounds = ["surface", "surface-raised", "surface-sunken", "ground"];
  expect(tooNear(["ink", "ink-soft", "accent", "good", "warn", "bad"], grounds, 4.5)).toEqual([]);
  for (const [text, ground] of [
    ["warn", "warn-wash"],
    ["bad", "bad-wash"],
    ["accent", "accent-wash"],
    ["ink", "warn-wash"],
    ["ink", "bad-wash"],
    ["ink", "accent-wash"],
    ["ink-soft", "accent-wash"],
    ["accent-ink", "accent"],
  ] as const)
    expect(tooNear([text], [ground], 4.5)).toEqual([]);
});

test("two colours are as far apart as the guidelines say", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
