import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { navigation, open, show, sizes, states, themes, views, type State } from "./support";

// Every view in every state against a small picture that somebody looked at (`make references` makes them anew).
// A quarter of the size: letters become grey, so another rasteriser passes; a box that moved doesn't. The font is
// the statements', so that none of the machine's own decides where lines break.
test.use({ deviceScaleFactor: 0.25 });
const tolerance = { scale: "device", maxDiffPixelRatio: 0.008 } as const;
const font = readFileSync("src-tauri/crates/app/fonts/NotoSans-Regular.ttf").toString("base64");
const style = `
  @font-face { font-family: Pictures; src: url(data:font/ttf;base64,${font}); }
  *, *::before, *::after { font-family: Pictures !important; transition: none !important; animation: none !important; }
  * { scrollbar-width: none; caret-color: transparent !important; }`;

async function drawn(page: Page, state: State, theme: (typeof themes)[number], more: Record<string, string> = {}) {
  await open(page, state, theme, more);
  await page.addStyleTag({ content: style });
  await page.evaluate(() => document.fonts.load("16px Pictures").then(() => document.fonts.ready));
}

/** Letters that every file system and archive takes. */
const fileName = (parts: string[]) =>
  parts
    .filter(Boolean)
    .join("-")
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .replace(/[^a-z0-9]+/g, "-");

async function compare(page: Page, name: string[]) {
  await page.mouse.move(0, 0);
  await expect(page).toHaveScreenshot(`${fileName(name)}.png`, tolerance);
}

for (const state of states) {
  for (const theme of themes) {
    for (const size of sizes) {
      const place = `${size.width}x${size.height}`;
      test(`as it was looked at: ${state}, ${theme}, ${place}`, async ({ page }) => {
        await page.setViewportSize(size);
        await drawn(page, state, theme);
        for (const view of await views(page)) {
          await show(page, view);
          await compare(page, [state, view, theme, place]);
        }
      });
    }
  }
}

/** What a size and a theme don't show: all of a long page, waiting, the other language, hidden amounts, dialogs. */
for (const state of ["sample", "over", "team", "organisation"] as const) {
  test(`as it was looked at: the whole of each view, ${state}`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 2800 });
    await drawn(page, state, "light");
    for (const view of await views(page)) {
      await show(page, view);
      await compare(page, [state, view, "whole"]);
    }
  });
}

for (const [name, more] of [
  ["waiting", { hold: "views" }],
  ["german", { language: "de" }],
  ["hidden", { hide: "yes" }],
  ["compact", { compact: "yes" }],
] as const) {
  for (const state of ["sample", "team", "organisation"] as const) {
    test(`as it was looked at: ${name}, ${state}`, async ({ page }) => {
      await page.setViewportSize({ width: 900, height: 600 });
      await drawn(page, state, "light", more);
      for (const view of await views(page)) {
        await show(page, view);
        await compare(page, [state, view, name]);
      }
    });
  }
}

async function closed(page: Page) {
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
}

for (const theme of themes) {
  test(`as it was looked at: dialogs and messages, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width: 900, height: 600 });
    await drawn(page, "over", theme);
    await page.getByRole("button", { name: "Stop at 1,000 credits" }).click();
    await compare(page, ["dialog", theme]);
    await closed(page);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox")).toBeVisible();
    await compare(page, ["palette", theme]);
    await closed(page);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await compare(page, ["shortcuts", theme]);
    await closed(page);
    await navigation(page).getByRole("button", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Remove this account" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
    await compare(page, ["message", theme]);
  });
}

test("a broken layout is noticed", async ({ page }) => {
  await page.setViewportSize(sizes[0]);
  await drawn(page, "sample", "light");
  await page.addStyleTag({ content: ".columns { grid-template-columns: 1fr 2fr !important; }" });
  await expect(page).not.toHaveScreenshot("sample-overview-light-1280x800.png", tolerance);
});
