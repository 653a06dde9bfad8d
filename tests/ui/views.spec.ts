import { expect, test } from "@playwright/test";
import { navigation, open, show } from "./support";

const go = (page: Parameters<typeof open>[0], view: string) =>
  navigation(page).getByRole("button", { name: view, exact: true }).click();

test("charges month by month, last month chosen, saved as a PDF", async ({ page }) => {
  await open(page, "sample");
  await go(page, "Invoices");
  const periods = page.getByRole("navigation", { name: "Periods" });
  await expect(periods.getByRole("button", { name: /^October 2026/ })).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("region", { name: "October 2026" })).toContainText("$20.00");
  await periods.getByRole("button", { name: /^August 2026/ }).click();
  await expect(page.getByRole("region", { name: "August 2026" })).toContainText("16 of 31 days of $20.00");
  await page.getByRole("button", { name: "Save August 2026 as PDF" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved as /home/ada/headroom.pdf." })).toBeVisible();
});

test("a charge of which a part isn't known says so, and is no zero", async ({ page }) => {
  await open(page, "over");
  await go(page, "Invoices");
  await expect(page.getByRole("button", { name: /^October 2026 at least \$20\.00/ })).toBeVisible();
  await expect(page.getByText("Nothing is known of the usage in September 2026")).toBeVisible();
  await expect(page.getByRole("region", { name: "Next" })).toContainText("132.75 credits at $0.04");
});

test("an organisation's bill stands beside what the rules make of its reports", async ({ page }) => {
  await open(page, "organisation");
  await go(page, "Invoices");
  await page
    .getByRole("navigation", { name: "Periods" })
    .getByRole("button", { name: /^November 2026/ })
    .click();
  const month = page.getByRole("region", { name: "November 2026" });
  await expect(month).toContainText("3 users at $20.00");
  await expect(month).toContainText("1 user at $200.00");
  await expect(month).toContainText("To be charged 1 Dec, 01:00");
  await expect(month).toContainText("The activity reports cover 1 November 2026 to 20 November 2026");
});

test("what an organisation's month leaves out is said wherever its sum stands", async ({ page }) => {
  await open(page, "partial");
  await expect(page.getByTestId("headline")).toHaveText("at least $40.00");
  const tier = "1 row of 1 user is on a tier that the price list doesn't have (pro-ultra)";
  const unknown = "1 row of 1 user doesn't say how many credits were used";
  for (const note of [tier, unknown]) await expect(page.getByText(note)).toBeVisible();
  await go(page, "Invoices");
  await expect(page.getByRole("button", { name: /^November 2026 Still running at least \$40\.00/ })).toBeVisible();
  const month = page.getByRole("region", { name: "November 2026" });
  await expect(month).toContainText("2 users at $20.00");
  await expect(month).toContainText("at least $40.00");
  for (const note of [tier, unknown]) await expect(month).toContainText(note);
});

test("usage answers first, splits, filters by a click, and is saved row by row", async ({ page }) => {
  await open(page, "sample");
  await go(page, "Usage");
  const answer = page.getByTestId("verdict");
  await expect(answer).toContainText("credits used");
  await expect(answer).toContainText("than October 2026 by this day");
  const models = page.getByRole("region", { name: "By model" });
  const auto = models.getByRole("button", { name: "auto" });
  await auto.click();
  await expect(auto).toHaveAttribute("aria-pressed", "true");
  const chips = page.getByRole("list", { name: "Shown alone" });
  await expect(chips).toContainText("auto");
  await chips.getByRole("button").click();
  await expect(chips).toHaveCount(0);
  await expect(page.getByRole("slider", { name: "Hours of the week" })).toBeVisible();
  await page.getByLabel("Days", { exact: true }).selectOption({ label: "October 2026" });
  await expect(page.locator("main .eyebrow")).toHaveText(/^Usage\s+1\s*–\s*31 October 2026$/);
  await page.getByLabel("Days", { exact: true }).selectOption({ label: "This billing month" });
  const rows = page.getByRole("region", { name: "Every task" });
  await expect(rows).toContainText("Page 1 of");
  await rows.getByRole("button", { name: "Next" }).click();
  await expect(rows).toContainText("Page 2 of");
  await rows.getByRole("button", { name: "Credits" }).click();
  await expect(rows.getByRole("columnheader", { name: "Credits" })).toHaveAttribute("aria-sort", "descending");
  await rows.getByRole("button", { name: "Credits" }).click();
  await expect(rows.getByRole("columnheader", { name: "Credits" })).toHaveAttribute("aria-sort", "ascending");
  await rows.getByRole("button", { name: "Save as CSV…" }).click();
  await expect(page.getByRole("status").filter({ hasText: "/home/ada/usage.csv" })).toBeVisible();
  await rows.getByRole("searchbox").fill("no such model");
  await expect(rows).toContainText("Nothing found.");
});

test("a day is looked at alone by Enter on its bar, and undone by its chip", async ({ page }) => {
  await open(page, "sample");
  await go(page, "Usage");
  const bars = page.getByRole("slider", { name: /^Over time/ });
  await bars.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: "Shown alone" }).getByRole("button").click();
  await expect(page.getByRole("list", { name: "Shown alone" })).toHaveCount(0);
});

test("whose tasks are not recorded sees days by Kiro's own count", async ({ page }) => {
  await open(page, "counted");
  await go(page, "Usage");
  await expect(page.getByTestId("verdict")).toContainText("credits used, by Kiro's own count");
  await expect(page.getByText("The tasks of these days aren't on this computer")).toBeVisible();
  await expect(page.getByText("Kiro took 20 credits back, a refund or a correction.")).toBeVisible();
  const bars = page.getByRole("slider", { name: /^Over time/ });
  await bars.focus();
  await page.keyboard.press("Home");
  await expect(bars).toHaveAttribute("aria-valuetext", "Sunday 1 November: counted with 3 Nov");
});

test("titles and folders are hidden with the amounts", async ({ page }) => {
  await open(page, "projects");
  await go(page, "Usage");
  await expect(page.getByRole("region", { name: "By project" })).toContainText("checkout");
  await expect(page.getByRole("region", { name: "By session" })).toContainText("Refunds over two days");
  // Every task said its session's id, beside a list of titles.
  await expect(
    page.getByRole("region", { name: "Every task" }).getByText("Refunds over two days (20)").first(),
  ).toBeVisible();
  await page.keyboard.press("Control+Shift+H");
  await expect(page.getByRole("region", { name: "Every task" })).not.toContainText("Refunds over two days");
  await expect(page.getByRole("region", { name: "By project" })).not.toContainText("checkout");
  await expect(page.getByRole("region", { name: "By session" })).not.toContainText("Refunds over two days");
});

test("a team: what seats more or less would cost today", async ({ page }) => {
  await open(page, "team");
  await go(page, "Team");
  await expect(page.getByTestId("verdict")).toContainText(
    "3 of 5 seats are unused: without them, the bill of 5 December is $94.17 lower.",
  );
  const receipt = page.getByRole("region", { name: "Add or remove seats" });
  await expect(receipt).toContainText("13 of 30 days");
  await expect(receipt).toContainText("Charge today");
  await expect(receipt).toContainText("6 seats instead of 5");
  await receipt.getByRole("radio", { name: "Remove" }).check();
  await expect(receipt).toContainText("Nothing is charged today.");
  await expect(receipt).toContainText("4 seats instead of 5");
});

test("what was spent at Kilo is of this month, which nobody bills", async ({ page }) => {
  for (const state of ["team", "personal"] as const) {
    await open(page, state);
    await show(page, "Usage");
    await expect(page.getByLabel("Days").locator("option").first()).toHaveText("This month");
  }
});

test("dollars of one column share their decimals", async ({ page }) => {
  await open(page, "team");
  await show(page, "Usage");
  const rows = page.getByRole("region", { name: "Spending in detail" });
  const amounts = await rows.locator("tbody td.number").allInnerTexts();
  expect(new Set(amounts.map((amount) => amount.split(".")[1]?.length))).toEqual(new Set([6]));
  await expect(rows).toContainText("45 found");
  await expect(rows).not.toContainText("reported");
});

test("a team: who spent what this month, sorted by any column", async ({ page }) => {
  await open(page, "team");
  await go(page, "Team");
  const table = page.getByRole("region", { name: "Members: 2" }).getByRole("table");
  const names = () =>
    table.locator("tbody th").evaluateAll((all) => all.map((of) => of.firstChild?.textContent?.trim()));
  await expect(table.getByRole("columnheader", { name: "Spent in November" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  const byAmount = await names();
  expect(byAmount, "somebody who isn't in the team spent of its credits too").toHaveLength(3);
  await expect(table.getByRole("row", { name: /^cem@example.com/ })).toContainText("not in the team");
  await expect(table.getByRole("row", { name: /^ada/ })).toContainText("ada@example.com, owner");
  await table.getByRole("button", { name: "Member" }).click();
  expect(await names()).toEqual(["ada", "bob", "cem@example.com"]);
  await table.getByRole("button", { name: "Member" }).click();
  expect(await names()).toEqual(["cem@example.com", "bob", "ada"]);
  await table.getByRole("button", { name: "Spent in November" }).click();
  expect(await names()).toEqual(byAmount);
});

test("a team: what credits would charge today and until when they last", async ({ page }) => {
  await open(page, "team");
  await go(page, "Team");
  const receipt = page.getByRole("region", { name: "Buy credits" });
  await expect(receipt).toContainText("Charge today");
  const slider = receipt.getByRole("slider", { name: /^Credits for/ });
  const last = receipt.locator("time");
  await slider.press("End");
  await expect(slider).toHaveAttribute("aria-valuetext", "$10,000.00");
  await expect(receipt).toContainText("$10,000.00");
  const longest = await last.textContent();
  await slider.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", "$50.00");
  await expect(last).not.toHaveText(longest ?? "");
});

test("the palette goes anywhere and does anything, by keyboard alone", async ({ page }) => {
  await open(page, "sample");
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Type a view, an account or an action" });
  await expect(field).toBeFocused();
  // A view of before is found under its name, and leads to where it is now.
  await field.fill("what-if");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Plans", level: 1 })).toBeVisible();
  await expect(page.locator("dialog")).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await field.fill("pdf");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Saved as" })).toBeVisible();
  await expect(page.locator("dialog")).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await field.fill("nothing is called that");
  await expect(page.getByText("No matches.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field).toBeHidden();
});

// Found in November 2026: until the browser had told that the palette was closed, its keys closed nothing and opened nothing.
test("the palette opens again as soon as it was closed", async ({ page }) => {
  await open(page, "sample");
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox");
  await expect(field).toBeFocused();
  await field.evaluate(async (element) => {
    const press = (key: string, ctrlKey = false) =>
      new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true });
    element.dispatchEvent(press("Enter"));
    // The page has caught up, and the browser's own events are still waiting.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    window.dispatchEvent(press("k", true));
  });
  await expect(field).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(field).toBeHidden();
});

test("shortcuts are listed under ?, but a question mark in a field is a question mark", async ({ page }) => {
  await open(page, "sample");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await go(page, "Usage");
  await page.getByRole("searchbox").press("?");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("amounts are hidden everywhere, for showing the screen to others", async ({ page }) => {
  await open(page, "over");
  await page.keyboard.press("Control+Shift+h");
  for (const view of ["Overview", "Usage", "Plans", "Invoices"]) {
    await go(page, view);
    await expect(page.locator("main")).toContainText("•••");
    await expect(page.locator("main")).not.toContainText("$");
  }
});

test("removing an account can be taken back", async ({ page }) => {
  await open(page, "live");
  await go(page, "Settings");
  await page.getByRole("button", { name: "Remove this account" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Kiro is removed." })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Kiro is back." })).toBeVisible();
  await expect(
    page.getByRole("heading", { name: "Kiro", level: 1 }).or(page.getByRole("heading", { name: "Settings" })),
  ).toBeVisible();
});

test("choices of look, numbers and alerts are made and kept", async ({ page }) => {
  await open(page, "sample");
  await go(page, "Settings");
  await page.getByRole("radio", { name: "Compact" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-density", "compact");
  await page.getByLabel("Numbers").selectOption("de-DE");
  await page.getByRole("checkbox", { name: "When overage has begun" }).uncheck();
  await page.getByLabel("Spend guard, dollars").fill("10");
  await page.getByLabel("Spend guard, dollars").press("Tab");
  await go(page, "Overview");
  await expect(page.getByTestId("headline")).toHaveText("390,87");
});
