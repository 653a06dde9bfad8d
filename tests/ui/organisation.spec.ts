import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test, type Page } from "@playwright/test";
import { drawn, open, show, themes, views } from "./support";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on the page, by its rules' names. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const runner = (window as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe;
    return (await runner.run()).violations.map(({ id }) => id);
  });
}

const table = (page: Page) => page.getByRole("region", { name: "Table of users" });
const names = (page: Page) => table(page).locator("tbody tr:not([aria-hidden]) th span:first-child").allInnerTexts();
const sortBy = (page: Page, column: string) => table(page).getByRole("button", { name: column }).click();

// Defect 7: who is under two profiles had the whole bill in both rows.
test("what is billed for a user of two profiles stands in one row, and the other says so", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, "organisation");
  await show(page, "Team");
  await expect(table(page).getByText("$65.02", { exact: true })).toHaveCount(1);
  const other = table(page).getByText("other row", { exact: true });
  await expect(other).toHaveCount(1);
  await expect(other).toHaveAttribute("title", /^A bill names users and no profiles/);
});

// Defect 20: October couldn't be seen in November although it was imported.
test("one month is looked at in every view, by button and by key", async ({ page }) => {
  await open(page, "organisation");
  const month = page.getByRole("group", { name: "Month", exact: true });
  await expect(month).toContainText("November 2026");
  await month.getByRole("button", { name: "Show October 2026, the month before" }).click();
  await expect(month).toContainText("October 2026");
  await expect(page.getByTestId("verdict")).toContainText("What October 2026 cost isn't known");
  await expect(page.getByTestId("verdict")).toContainText("AWS billed $263.77 for October 2026");
  await expect(page.locator("main")).toContainText("No activity report of October 2026 is imported.");
  await show(page, "Team");
  await expect(month).toContainText("October 2026");
  await expect(table(page).getByRole("columnheader", { name: "Cost in October 2026" })).toBeVisible();
  await show(page, "Invoices");
  await expect(page.getByRole("region", { name: "October 2026" })).toContainText("$263.77");
  await show(page, "Usage");
  await expect(page.getByRole("combobox", { name: "Days" })).toHaveValue("month 2026-10");
  // By the arrow keys, and not beyond the last.
  await month.getByRole("button", { name: "Show November 2026, the month after" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(month).toContainText("November 2026");
  await expect(page.getByRole("combobox", { name: "Days" })).toHaveValue("running");
  await page.keyboard.press("ArrowRight");
  await expect(month.getByRole("button", { name: "No later month is known" })).toBeFocused();
  await expect(month).toContainText("November 2026");
  // What is chosen in one view is what the others show.
  await show(page, "Invoices");
  await page
    .getByRole("navigation", { name: "Periods" })
    .getByRole("button", { name: /^October 2026/ })
    .click();
  await show(page, "Overview");
  await expect(month).toContainText("October 2026");
  // The sidebar says how the account stands now, whatever month is looked at.
  await expect(page.getByRole("button", { name: /^Kiro organisation\s*, runs out early/ })).toBeVisible();
});

test("the first view has what the month comes to, the month before, and what it is made of", async ({ page }) => {
  await open(page, "organisation");
  const hero = page.locator(".hero");
  await expect(hero).toContainText("By the end of November");
  await expect(hero).toContainText("$430.22");
  await expect(hero).toContainText("October 2026, Headroom's calculation");
  await expect(hero).toContainText("October 2026, billed by AWS");
  await expect(page.getByRole("region", { name: "By tier" }).first()).toContainText("Power");
  await expect(page.getByRole("region", { name: "By profile" }).first()).toContainText("TWO");
  await page.getByRole("button", { name: "See whom to move" }).click();
  await expect(table(page)).toBeVisible();
});

// Found in November 2026: an organisation's first view was the only one without the course of its month.
test("an organisation's month is drawn by day, up to where its reports end", async ({ page }) => {
  await open(page, "organisation");
  const chart = page.getByRole("slider", { name: "Credits used by day of November 2026" });
  await expect(chart).toBeVisible();
  await expect(chart).toHaveAttribute("aria-valuetext", "Friday 20 November: 5,772 used so far");
  await page.getByRole("button", { name: "Show as a table" }).click();
  await expect(page.getByRole("row", { name: /^Monday 30 November/ })).toContainText("8,658");
  await page.getByRole("button", { name: "Show October 2026, the month before" }).click();
  await expect(page.getByTestId("verdict")).toContainText("What October 2026 cost isn't known");
  await expect(page.getByRole("slider")).toHaveCount(0);
  await open(page, "partial");
  await expect(page.getByTestId("verdict")).toBeVisible();
  await expect(page.getByRole("slider"), "of no day anything is known").toHaveCount(0);
});

// Defect 22: no sorting, the head scrolled away, and no list to take away.
test("users are sorted by every column, and where nothing is known comes last", async ({ page }) => {
  await open(page, "organisation");
  await show(page, "Team");
  const head = (name: string) => table(page).getByRole("columnheader", { name });
  await expect(head("Cost in November → end")).toHaveAttribute("aria-sort", "descending");
  for (const [column, first, last] of [
    ["User", "ada-1@example.com", "eli-5@example.com"],
    ["Tier", "cem-3@example.com", "eli-5@example.com"],
    ["Credits used", "ada-1@example.com", "ada-1@example.com"],
    ["Runs out", "ada-1@example.com", "ada-1@example.com"],
    // Last is whose amount stands in her other row, beside whom the bill has nothing for.
    ["Billed for October 2026", "cem-3@example.com", "ada-1@example.com"],
    ["To do", "cem-3@example.com", "ada-1@example.com"],
  ] as const) {
    await sortBy(page, column);
    const order = await names(page);
    expect([order[0], order.at(-1)], column).toEqual([first, last]);
    const direction = (await head(column).getAttribute("aria-sort")) ?? "";
    await sortBy(page, column);
    await expect(head(column)).toHaveAttribute("aria-sort", direction === "ascending" ? "descending" : "ascending");
  }
});

test("each tile shows whom it counts, and pressed again everybody", async ({ page }) => {
  await open(page, "organisation");
  await show(page, "Team");
  for (const [tile, many] of [
    ["Needs attention 3", 3],
    ["Tier too large 1", 1],
    ["Possible duplicates 2", 2],
  ] as const) {
    const button = page.getByRole("button", { name: tile });
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "true");
    expect(await names(page), tile).toHaveLength(many);
    await button.click();
    expect(await names(page)).toHaveLength(6);
  }
  await expect(page.getByRole("button", { name: "Paid for, never used 0" })).toBeDisabled();
});

test("who is chosen adds up, and goes to the console as steps", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "organisation");
  await show(page, "Team");
  await page.getByRole("checkbox", { name: "Choose cem-3@example.com" }).check();
  const bar = page.getByRole("region", { name: "Selection" });
  await expect(bar).toContainText("1 chosen: −$180.00 a month, from December 2026");
  await bar.getByRole("button", { name: "Copy the steps for the console" }).click();
  await expect(page.getByText("The steps are copied.")).toBeVisible();
  const steps = await page.evaluate(() => navigator.clipboard.readText());
  expect(steps).toContain("Move to Pro (1 person):\n- cem-3@example.com, cem-3 (Power)");
  await bar.getByRole("button", { name: "Save CSV" }).click();
  await expect(page.getByText("Saved as /home/ada/headroom-moves.csv.")).toBeVisible();
  // What is chosen stays while it is sorted and searched, and goes with the month in which there is nothing to do.
  await page.getByRole("searchbox", { name: "Search users" }).fill("bob");
  await expect(bar).toContainText("1 chosen");
  await bar.getByRole("button", { name: "Clear selection" }).click();
  await expect(bar).toHaveCount(0);
});

test("of ten thousand users those are drawn that are seen, and each act finds the others", async ({ page }) => {
  await open(page, "organisation", "light", { users: "10000" });
  await show(page, "Team");
  const drawnRows = table(page).locator("tbody tr:not([aria-hidden])");
  await expect(table(page).getByRole("table")).toHaveAttribute("aria-rowcount", "10001");
  expect(await drawnRows.count()).toBeLessThan(80);
  await table(page).evaluate((scrolled) => scrolled.scrollTo(0, scrolled.scrollHeight));
  await drawn(page);
  await expect(drawnRows.last()).toHaveAttribute("aria-rowindex", "10001");
  await expect(drawnRows.last()).toBeInViewport();
  await expect(table(page).getByRole("columnheader", { name: "User" })).toBeInViewport();
  await page.getByRole("searchbox", { name: "Search users" }).fill("person-09999");
  await expect(drawnRows).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Search users" }).fill("");
  await page.getByRole("checkbox", { name: "Select all suggestions (1,667)" }).check();
  await expect(page.getByRole("region", { name: "Selection" })).toContainText("1,667 chosen: −$300,060.00 a month");
});

for (const theme of themes) {
  test(`axe finds nothing in a month without reports, nor where users are chosen, ${theme}`, async ({ page }) => {
    await open(page, "organisation", theme);
    await page.getByRole("button", { name: "Show October 2026, the month before" }).click();
    await expect(page.getByTestId("verdict")).toContainText("October");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Show November 2026, the month after" }).click();
    await show(page, "Team");
    await page.getByRole("button", { name: /^Tier too large/ }).click();
    await page.getByRole("checkbox", { name: "Choose cem-3@example.com" }).check();
    await expect(page.getByRole("region", { name: "Selection" })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

/** In Usage it stood in the middle, and what was chosen beside it began a line of its own. */
test("the month is picked at the same place in every view", async ({ page }) => {
  for (const language of ["en", "de"]) {
    await page.setViewportSize({ width: 1180, height: 780 });
    await open(page, "organisation", "light", { language });
    const places = new Set<string>();
    for (const view of (await views(page)).slice(0, -1)) {
      await show(page, view);
      const { x, y } = (await page.locator("main .months").boundingBox())!;
      places.add(`${Math.round(x / 4)} ${Math.round(y / 4)}`);
    }
    expect([...places], language).toHaveLength(1);
  }
});
