import { expect, test, type Page } from "@playwright/test";
import { navigation, open, show } from "./support";

const list = (page: Page) => page.getByRole("navigation", { name: "Sections of Settings" });

test("Settings are sections with a list, danger last, and a section is gone to with the focus", async ({ page }) => {
  await open(page, "sample");
  await show(page, "Settings");
  const names = await list(page).getByRole("button").allInnerTexts();
  expect(names.at(-1)).toBe("Remove and delete");
  await expect(list(page).getByRole("button", { name: "This account" })).toHaveAttribute("aria-current", "true");
  const headings = await page.locator("main h2").allInnerTexts();
  expect(headings.at(-1)).toBe("Remove and delete");
  await list(page).getByRole("button", { name: "Appearance" }).click();
  await expect(page.locator("#settings-look")).toBeFocused();
  await expect(page.getByRole("heading", { name: "Appearance" })).toBeInViewport();
  await expect(list(page).getByRole("button", { name: "Appearance" })).toHaveAttribute("aria-current", "true");
});

test("what is searched for in Settings is found by its labels, in whichever language", async ({ page }) => {
  await open(page, "sample");
  await show(page, "Settings");
  const search = page.getByRole("searchbox", { name: "Search settings" });
  for (const [wanted, section] of [
    ["numbers", "Appearance"],
    ["guard", "Notifications"],
    ["Sprache", "Appearance"],
    ["delete everything", "Remove and delete"],
    ["battery", "Ask the vendors"],
    ["titles", "Data"],
  ] as const) {
    await search.fill(wanted);
    await expect(list(page).getByRole("button", { name: section }), wanted).toBeVisible();
    expect(await list(page).getByRole("button").count(), wanted).toBeLessThan(6);
  }
  await search.fill("xyzzy");
  await expect(page.getByText("No setting matches that.")).toBeVisible();
  await search.press("Escape");
  await expect(list(page).getByRole("button", { name: "This account" })).toBeVisible();
});

test("the palette leads to a section of Settings", async ({ page }) => {
  await open(page, "sample");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("notifications");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Notifications" })).toBeInViewport();
  await expect(page.locator("#settings-alerts")).toBeFocused();
});

test("what was recorded is undone from the history, and restored", async ({ page }) => {
  await open(page, "paused");
  await page.getByRole("button", { name: "Allow overage at $0.04 a credit" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Allow overage at $0.04 a credit" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Overage is saved as on." })).toContainText("Undo");
  await show(page, "Settings");
  const history = page.getByRole("region", { name: "History of changes" });
  const newest = history.getByRole("listitem").first();
  await expect(newest).toContainText("Overage turned on");
  await newest.getByRole("button", { name: /^Undo Overage turned on/ }).click();
  await expect(newest).toContainText("undone");
  await newest.getByRole("button", { name: /^Restore/ }).click();
  await expect(newest.getByRole("button", { name: /^Undo/ })).toBeVisible();
  // What nothing could be computed without stays.
  const first = history.getByRole("listitem").last();
  await expect(first).toContainText("Details: plan Pro");
  await expect(first).toContainText("Without it there would be nothing to compute.");
  await expect(first.getByRole("button")).toHaveCount(0);
});

test("an account that was removed is brought back from the history", async ({ page }) => {
  await open(page, "organisation");
  await show(page, "Settings");
  await page.getByRole("button", { name: "Remove this account" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Kiro organisation is removed." })).toBeVisible();
  await navigation(page).getByRole("button", { name: "Settings" }).click();
  const history = page.getByRole("region", { name: "History of changes" });
  await expect(history).toContainText("Kiro organisation was removed");
  await history.getByRole("button", { name: "Bring back Kiro organisation" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Kiro organisation is back." })).toBeVisible();
});

test("Ctrl + and − and 0 draw everything larger and smaller, which is kept", async ({ page }) => {
  await open(page, "sample");
  await show(page, "Settings");
  const size = page.getByLabel("Size");
  await expect(size).toHaveValue("100");
  await page.keyboard.press("Control++");
  await expect(size).toHaveValue("110");
  await page.keyboard.press("Control+=");
  await expect(size).toHaveValue("125");
  await page.keyboard.press("Control+-");
  await expect(size).toHaveValue("110");
  await page.keyboard.press("Control+0");
  await expect(size).toHaveValue("100");
  for (let press = 0; press < 9; press += 1) await page.keyboard.press("Control+-");
  await expect(size).toHaveValue("80");
});
