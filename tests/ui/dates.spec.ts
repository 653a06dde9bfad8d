/** Days: shown and taken in the window's language, by mouse, by keyboard and for whoever listens. */
import { expect, test, type Page } from "@playwright/test";
import { open, show } from "./support";

/** Usage of days that are chosen. */
async function ownDays(page: Page) {
  await open(page, "sample");
  await show(page, "Usage");
  await page.locator("main select").first().selectOption("own");
}

test("days are shown and typed as the window's language writes them", async ({ page }) => {
  await open(page, "sample", "light", { language: "de" });
  await show(page, "Tarife");
  await page.getByText("Anderes Tempo oder anderen Tarif ausprobieren").click();
  const until = page.getByLabel("Bis zum", { exact: true });
  await expect(until).toHaveValue(/^\d\d\.\d\d\.2026$/);
  await expect(until).toHaveAttribute("placeholder", "TT.MM.JJJJ");
  await until.fill("31.1.2027");
  await until.press("Enter");
  await expect(until).toHaveValue("31.01.2027");
  await expect(page.getByRole("slider", { name: "Bis zu diesem Tag" })).toHaveAttribute(
    "aria-valuetext",
    "31. Januar 2027",
  );
  await until.fill("31.11.2026");
  await until.press("Tab");
  await expect(page.getByRole("status").filter({ hasText: "Geben Sie einen Tag wie" })).toBeVisible();
});

test("a day is chosen from the calendar by keyboard alone", async ({ page }) => {
  await ownDays(page);
  const until = page.getByLabel("To", { exact: true });
  await expect(until).toHaveValue("21 Nov 2026");
  await until.focus();
  await until.press("Alt+ArrowDown");
  const calendar = page.getByRole("dialog", { name: "Choose a day" });
  await expect(calendar.getByRole("button", { name: /21 November 2026/ })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  await expect(calendar.getByRole("button", { name: /13 November 2026/ })).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(calendar).toHaveCount(0);
  await expect(until).toBeFocused();
  await expect(until).toHaveValue("9 Nov 2026");
});

test("the calendar keeps to the days that may be in the field, and Escape leaves it as it was", async ({ page }) => {
  await ownDays(page);
  const from = page.getByLabel("From", { exact: true });
  await from.fill("2026-11-05");
  await from.press("Tab");
  const before = "5 Nov 2026";
  await page.getByRole("button", { name: "Choose a day" }).first().click();
  const calendar = page.getByRole("dialog", { name: "Choose a day" });
  await expect(calendar.getByRole("button", { name: "Month after" })).toHaveAttribute("aria-disabled", "true");
  await expect(calendar.getByRole("button", { name: /22 November 2026/ })).toHaveAttribute("aria-disabled", "true");
  await calendar.getByRole("button", { name: "Month before" }).click();
  await expect(calendar.getByText("October 2026")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(calendar).toHaveCount(0);
  await expect(from).toHaveValue(before);
  // The button closes it too, and opens it again.
  const button = page.getByRole("button", { name: "Choose a day" }).first();
  await button.click();
  await expect(calendar).toBeVisible();
  await button.click();
  await expect(calendar).toHaveCount(0);
});
