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

/** The line under an account without a charge ran through the name of its last column, and the sum stood in a narrow box. */
test("all accounts are a list in a narrow window, the sum too", async ({ page }) => {
  await page.setViewportSize({ width: 760, height: 780 });
  await open(page, "organisation");
  await page.getByRole("button", { name: "All accounts" }).click();
  const rows = page.locator("main .table.folded tr").filter({ has: page.locator("td:visible") });
  await expect(rows).toHaveCount(3);
  for (const row of await rows.all()) {
    const cut = await row.evaluate((of) => {
      const { left, right, bottom } = of.getBoundingClientRect();
      return [...of.querySelectorAll("th, td")]
        .filter((cell) => cell.checkVisibility())
        .map((cell) => ({ cell: cell.textContent, at: cell.getBoundingClientRect() }))
        .filter(({ at }) => at.bottom > bottom || Math.abs(at.left - left) > 1 || Math.abs(at.right - right) > 1)
        .map(({ cell }) => cell);
    });
    expect(cut).toEqual([]);
  }
});
