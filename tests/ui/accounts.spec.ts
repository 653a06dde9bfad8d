import { expect, test } from "@playwright/test";
import { open } from "./support";

test("all accounts, one row each, the worst first, with what is charged next together", async ({ page }) => {
  await open(page, "organisation");
  const sidebar = page.locator("aside section");
  await sidebar.getByRole("button", { name: "All accounts" }).click();
  await expect(page.getByRole("heading", { name: "All accounts", level: 1 })).toBeVisible();
  const table = page.getByRole("region", { name: "All accounts" }).getByRole("table");
  const rows = table.locator("tbody tr");
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("Kiro organisation");
  await expect(rows.first()).toContainText("$348.60");
  await expect(rows.first()).toContainText("at least");
  await expect(rows.nth(1)).toContainText("nothing");
  await expect(table.locator("tfoot")).toContainText("at least $348.60");
  // Every row leads to its account, and the sidebar says the same of it.
  for (const judgement of ["runs out early", "not known"]) {
    await expect(table.locator("tbody")).toContainText(judgement);
    await expect(sidebar).toContainText(judgement);
  }
  await rows.nth(1).getByRole("button").click();
  await expect(page.getByRole("heading", { name: "Kiro", level: 1, exact: true })).toBeVisible();
});

test("where there is one account there is nothing beside it", async ({ page }) => {
  await open(page, "sample");
  await expect(page.getByRole("button", { name: "All accounts" })).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("all accounts");
  await expect(page.getByRole("option", { name: "Show all accounts" })).toHaveCount(0);
});

test("samples of every kind stand behind one link, at first and in Settings", async ({ page }) => {
  const kinds = ["Kiro, for myself", "Kiro, for an organisation", "Kilo for Teams", "Kilo, for myself"];
  for (const [state, view] of [
    ["nothing-found", null],
    ["sample", "Settings"],
  ] as const) {
    await open(page, state);
    if (view) await page.getByRole("button", { name: view, exact: true }).click();
    const link = page.getByRole("button", { name: "Open a sample" });
    const samples = page.locator("main .stack:has(> p > .link)").last().getByRole("button");
    await expect(link).toHaveAttribute("aria-expanded", "false");
    await link.click();
    await expect(link).toHaveAttribute("aria-expanded", "true");
    await expect(samples).toHaveText(["Open a sample", ...kinds]);
    await link.click();
    await expect(page.getByRole("button", { name: "Kilo for Teams" })).toHaveCount(0);
  }
});
