import { expect, test } from "@playwright/test";
import { navigation, open, show } from "./support";

// Unknown is never a number, in any view.

/** Found in November 2026: "821.18 credits left" where the Overview said that it isn't known. */
test("without any usage nothing is made up of what another pace leaves", async ({ page }) => {
  await open(page, "empty");
  await expect(page.getByText("How long your credits last isn't known.")).toBeVisible();
  await show(page, "Plans");
  await page.getByText("Try a different pace or plan").click();
  await expect(page.getByTestId("what-if-left")).toHaveText("What is left on 30 Nov is not known");
  await expect(page.getByText("No usage is known, so Headroom assumes an even use of the plan.")).toBeVisible();
  const then = page.getByRole("region", { name: "Result" });
  await expect(then).toContainText("nobody knows when the credits run out");
  await expect(then).not.toContainText("credits left");
  await expect(page.getByRole("slider", { name: "Credits left by day" })).toHaveCount(0);
  const choices = page.getByRole("region", { name: "Table of options" });
  await expect(choices.getByRole("row", { name: /^Pro, overage on/ })).toContainText("at least $20.00");
  await expect(choices.getByRole("row", { name: /^Power, overage off/ })).toContainText("not known");
  await expect(choices).not.toContainText("yes");
  await expect(choices).not.toContainText("cheapest that covers you");
});

test("without any usage a receipt leaves out what nobody knows", async ({ page }) => {
  await open(page, "empty");
  await show(page, "Plans");
  await expect(page.getByRole("region", { name: "Stay on Pro" })).toContainText("$20.00");
  await page.getByRole("radio", { name: /^Pro\+, overage off/ }).check();
  const receipt = page.getByRole("region", { name: "Pro to Pro+" });
  await expect(receipt).toContainText("Plan credits left");
  await expect(receipt).toContainText("not known");
  await expect(receipt).toContainText("Pro+ pays off past 500 extra credits a month.");
});

test("saving the facts untouched states nothing, and another plan says what it means", async ({ page }) => {
  await open(page, "sample");
  await navigation(page).getByRole("button", { name: "Settings" }).click();
  const account = page.getByRole("region", { name: "Sample account" });
  await account.getByRole("button", { name: "Save the details" }).click();
  await expect(account.getByRole("status")).toHaveText("Nothing has changed, so nothing is saved.");
  await account.getByRole("radio", { name: /^Power/ }).check();
  await expect(account.getByRole("status")).toContainText(
    "Say below since when you are on it: months before stay as they were.",
  );
});

test("the tax that comes to a price is named", async ({ page }) => {
  await open(page, "first-paid-month");
  await show(page, "Plans");
  await expect(page.getByText("Prices exclude tax. Japanese consumption tax is added to each charge.")).toBeVisible();
  await open(page, "sample");
  await show(page, "Plans");
  await expect(page.getByText("Prices exclude tax.", { exact: true })).toBeVisible();
});

/** Found in November 2026: of somebody on "KIRO STUDENT" nothing was shown although Kiro had told limit, used and reset. */
test("of a plan in no price list what Kiro told is shown, and what it costs is said to be unknown", async ({
  page,
}) => {
  await open(page, "unlisted");
  await expect(page.getByTestId("headline")).toHaveText("722.75");
  await expect(page.locator("main")).toContainText("Kiro STUDENT");
  await expect(page.getByTestId("gone-before")).toContainText("125 of these expire");
  await expect(page.getByTestId("plan-change")).toContainText("KIRO STUDENT since");
  await expect(page.locator("main")).toContainText("not with the calendar month");
  const next = page.getByRole("region", { name: "Next charge" });
  await expect(next).toContainText("No price list has KIRO STUDENT, so what it costs isn't known.");
  await expect(next).not.toContainText("$");
  await show(page, "Invoices");
  await expect(page.locator("main")).toContainText(
    "No price list has KIRO STUDENT, so what Kiro charges for it isn't known.",
  );
});

/** Found in November 2026: it compared with a plan that the account isn't on, or had nothing to say. */
test("while the plan isn't known Plans says what is missing and offers it", async ({ page }) => {
  for (const [state, why, offer] of [
    ["unlisted", "No price list has KIRO STUDENT, so what it costs isn't known.", "Set the plan"],
    ["undecided", "Which login is this account's has to be chosen first.", "Choose the login"],
  ] as const) {
    await open(page, state);
    await show(page, "Plans");
    await expect(page.getByRole("heading", { name: "Plans", level: 1 })).toBeVisible();
    await expect(page.getByText(why)).toBeVisible();
    await page.getByRole("button", { name: offer }).click();
    await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  }
});

test("the first paid day is asked for where it is missing, in place", async ({ page }) => {
  await open(page, "by-login");
  await show(page, "Invoices");
  const month = page.getByRole("region", { name: "November 2026" });
  await expect(month).toContainText("The day you first paid for Kiro isn't known, so neither is what was charged.");
  await expect(page.locator("main")).not.toContainText("headroom facts");
  const save = month.getByRole("button", { name: "Save the details" });
  await expect(save).toBeDisabled();
  await month.getByLabel("First paid day").fill("2026-08-15");
  await save.click();
  await expect(page.getByText("The account's details are saved.")).toBeVisible();
});
