import { expect, test } from "@playwright/test";
import { open, show } from "./support";

test("what was found is on, and one button is all", async ({ page }) => {
  await open(page, "login-found");
  const found = page.getByRole("group", { name: "Found on this computer" });
  await expect(found.getByRole("checkbox", { name: /^Ask Kiro for my usage/ })).toBeChecked();
  await expect(page.getByRole("group", { name: "Plan", exact: true })).toHaveCount(0);
  await expect(page.locator("main").getByRole("button", { name: "Show my credits" })).toBeInViewport();
  // Whoever doesn't want Kiro to be asked describes the account.
  await found.getByRole("checkbox", { name: /^Ask Kiro for my usage/ }).uncheck();
  await expect(page.getByRole("group", { name: "Plan", exact: true })).toBeVisible();
});

test("what was found stands before the questions, and no plan is chosen", async ({ page }) => {
  await open(page, "first-run");
  const found = page.getByRole("group", { name: "Found on this computer" });
  await expect(found.getByRole("checkbox", { name: /^Read my usage from 5 sessions/ })).toBeChecked();
  const [above, below] = [await found.boundingBox(), await page.getByText("Plan", { exact: true }).boundingBox()];
  expect(above!.y + above!.height).toBeLessThanOrEqual(below!.y);
  await expect(page.getByRole("radio", { name: /^(Free|Pro|Power)/, checked: true })).toHaveCount(0);
  // What was found says nothing of the plan: it is asked for besides, not instead.
  await expect(page.locator("main")).toContainText("And what you pay for:");
});

test("an account that is being added can be given up, and one comes back", async ({ page }) => {
  await open(page, "organisation");
  await show(page, "Settings");
  await page.getByRole("button", { name: "Add Kiro, one person" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Your Kiro account" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel, back to Kiro organisation" }).click();
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Rename/ })).toHaveCount(2);
});
