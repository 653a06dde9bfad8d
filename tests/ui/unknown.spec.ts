import { expect, test } from "@playwright/test";
import { navigation, open, show } from "./support";

// Unknown is never a number, in any view.

/** Found in November 2026: What-if said "821.18 credits left" where the Overview said that it isn't known. */
test("without any usage What-if invents nothing", async ({ page }) => {
  await open(page, "empty");
  await expect(page.getByText("No usage is recorded yet, so what is left is not known.")).toBeVisible();
  await show(page, "What-if");
  await expect(page.getByTestId("what-if-left")).toHaveText("What is left on 30 Nov is not known");
  await expect(page.getByText("No usage is recorded, so an even use of the plan is supposed.")).toBeVisible();
  const then = page.getByRole("region", { name: "Result" });
  await expect(then).toContainText("nobody knows when the credits end");
  await expect(then).not.toContainText("credits left");
  await expect(page.getByRole("slider", { name: "Credits left by day" })).toHaveCount(0);
  const choices = page.getByRole("region", { name: "Table of choices" });
  await expect(choices.getByRole("row", { name: /^Pro, overage on/ })).toContainText("at least $20.00");
  await expect(choices).not.toContainText("they last");
  await expect(choices).not.toContainText("cheapest that covers you");
});

test("without any usage a receipt leaves out what nobody knows", async ({ page }) => {
  await open(page, "empty");
  await show(page, "Plans");
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
  await expect(account.getByRole("status")).toContainText("This corrects the plan since your first paid day.");
});

test("the tax that comes to a price is named", async ({ page }) => {
  await open(page, "first-paid-month");
  await show(page, "Plans");
  await expect(page.getByText("Prices exclude tax. Japanese consumption tax is added to each charge.")).toBeVisible();
  await open(page, "sample");
  await show(page, "Plans");
  await expect(page.getByText("Prices exclude tax.", { exact: true })).toBeVisible();
});
