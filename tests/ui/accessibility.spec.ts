import { expect, test } from "@playwright/test";
import { open, show, states, themes, views, violations } from "./support";

for (const theme of themes) {
  for (const state of states) {
    test(`axe finds nothing: ${state}, ${theme}`, async ({ page }) => {
      await open(page, state, theme);
      for (const view of await views(page)) {
        await show(page, view);
        expect(await violations(page), view).toEqual([]);
      }
    });
  }
  test(`axe finds nothing in a dialog, a table and a report, ${theme}`, async ({ page }) => {
    await open(page, "over", theme);
    await page.getByRole("button", { name: "Show as a table" }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Stop at 1,000 credits" }).click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Choose a folder… Kiro command line and IDE sessions" }).click();
    await expect(page.getByText("1 file was skipped:")).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
  for (const [name, more] of [
    ["waiting", { hold: "views" }],
    ["german", { language: "de" }],
    ["hidden amounts", { hide: "yes" }],
  ] as const) {
    test(`axe finds nothing: ${name}, ${theme}`, async ({ page }) => {
      await open(page, "sample", theme, more);
      for (const view of await views(page)) {
        await show(page, view);
        expect(await violations(page), view).toEqual([]);
      }
    });
  }
  test(`axe finds nothing in a calendar and beside a day that is wrong, ${theme}`, async ({ page }) => {
    await open(page, "sample", theme);
    await show(page, "Usage");
    await page.locator("main select").first().selectOption("own");
    await page.getByLabel("From", { exact: true }).fill("soon");
    await page.getByLabel("From", { exact: true }).press("Tab");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Choose a day" }).last().click();
    await expect(page.getByRole("dialog", { name: "Choose a day" })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
  test(`axe finds nothing in the palette, the shortcuts, every table and a supposed change, ${theme}`, async ({
    page,
  }) => {
    await open(page, "sample", theme);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox")).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.locator("dialog")).toHaveCount(0);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    for (const view of ["Usage", "Plans"]) {
      await show(page, view);
      await expect(page.getByRole("button", { name: "Show as a table" }).last()).toBeVisible();
      while ((await page.getByRole("button", { name: "Show as a table" }).count()) > 0)
        await page.getByRole("button", { name: "Show as a table" }).first().click();
      expect(await violations(page), view).toEqual([]);
    }
    await page.getByText("Try a different pace or plan").click();
    await page.getByRole("button", { name: "Add a change" }).click();
    expect(await violations(page)).toEqual([]);
  });
}
