/** Plans: the verdict, every option beside the others, what one of them charges, and what another pace would change. */
import { expect, test, type Page } from "@playwright/test";
import { open, show } from "./support";

const table = (page: Page) => page.getByRole("region", { name: "Table of options" });
const row = (page: Page, name: RegExp) => table(page).getByRole("row", { name });
const verdict = (page: Page) => page.getByTestId("verdict");

for (const [state, best, receipt] of [
  ["sample", /^Pro yours now/, "Stay on Pro"],
  ["paused", /^Pro, overage on/, "Stay on Pro, allow overage"],
  ["over", /^Pro\+/, "Pro to Pro+"],
  ["packs", /^Pro Max, with packs/, "Stay on Pro Max"],
  ["free-bonus", /^Free/, "Stay on Free"],
] as const) {
  test(`the plans of "${state}" open with the cheapest that covers`, async ({ page }) => {
    await open(page, state);
    await show(page, "Plans");
    await expect(row(page, best)).toContainText("cheapest that covers you");
    await expect(row(page, best)).toContainText("yes, ");
    await expect(row(page, best).getByRole("radio")).toBeChecked();
    await expect(table(page).getByText("cheapest that covers you")).toHaveCount(1);
    await expect(page.getByRole("region", { name: receipt, exact: true })).toBeVisible();
  });
}

test("the slider moves the verdict, the table and the receipt, and back", async ({ page }) => {
  await open(page, "sample");
  await show(page, "Plans");
  const slider = page.getByRole("slider", { name: "Credits a month" });
  await expect(slider).toHaveAttribute("aria-valuetext", "894.14 credits a month, 29.80 a day");
  await expect(page.getByText("Pro+ is cheaper from 1,500 a month.")).toBeVisible();
  await slider.fill("80");
  await expect(slider).toHaveAttribute("aria-valuetext", "2,400 credits a month, 80 a day");
  await expect(verdict(page)).toContainText("Move to Pro+: saves $20.00 a month at 2,400 credits.");
  await expect(row(page, /^Pro\+, overage on/)).toContainText("cheapest that covers you");
  await expect(row(page, /^Pro\+, overage on/)).toContainText("yes, 400 extra credits a month");
  await expect(row(page, /^Pro, overage off/)).toContainText("no: pauses on 26 Nov");
  const receipt = page.getByRole("region", { name: "Pro to Pro+" });
  await expect(receipt).toContainText("Charge today");
  await expect(receipt).toContainText(/Total by 1 December\s*\$60.00 instead of/);
  await page.getByRole("button", { name: "Back to your pace" }).click();
  await expect(verdict(page)).toContainText("Stay on Pro");
  await expect(page.getByRole("region", { name: "Stay on Pro" })).toBeVisible();
});

test("a choice is looked at by keyboard, and the button follows the advice alone", async ({ page }) => {
  await open(page, "over");
  await show(page, "Plans");
  const filled = page.locator("main .button.primary");
  await expect(filled).toHaveText(["Open Kiro's account page"]);
  await row(page, /^Pro\+/)
    .getByRole("radio")
    .focus();
  await page.keyboard.press("ArrowDown");
  await expect(row(page, /^Power/).getByRole("radio")).toBeChecked();
  await expect(page.getByRole("region", { name: "Pro to Power" })).toContainText("$180.00");
  await expect(filled).toHaveCount(0);
});

test("where overage has to be allowed the button leads to where it is", async ({ page }) => {
  await open(page, "paused");
  await show(page, "Plans");
  await page.getByRole("button", { name: "Allow overage…" }).click();
  await expect(page.getByRole("heading", { name: "Overage", exact: true })).toBeInViewport();
});

test("the course that is tried has its days as a table and as CSV, and says them to the keyboard", async ({ page }) => {
  await open(page, "sample");
  await show(page, "Plans");
  await page.getByText("Try a different pace or plan").click();
  const chart = page.getByRole("slider", { name: "Credits left by day" });
  await expect(chart).toHaveAttribute("aria-valuetext", "30 November 2026: 105.86 credits left");
  await chart.focus();
  await page.keyboard.press("Home");
  await expect(chart).toHaveAttribute("aria-valuetext", /^21 November 2026: [\d.]+ credits left$/);
  const figure = page.locator("figure", { has: page.getByRole("heading", { name: "Credits left, day by day" }) });
  await figure.getByRole("button", { name: /^Save as CSV/ }).click();
  await expect(page.getByText("Saved as /home/ada/Credits left, day by day.csv.")).toBeVisible();
  await figure.getByRole("button", { name: "Show as a table" }).click();
  await expect(figure.getByRole("row", { name: "30 November 2026 105.86" })).toBeVisible();
});

test("another pace, changes and a date are tried, and a question is kept", async ({ page }) => {
  await open(page, "sample");
  await show(page, "Plans");
  await expect(page.getByTestId("what-if-left")).toBeHidden();
  await page.getByText("Try a different pace or plan").click();
  await expect(page.getByTestId("what-if-left")).toHaveText("105.86");
  await page.getByLabel("Credits a day", { exact: true }).fill("80");
  await page.getByLabel("Credits a day", { exact: true }).press("Tab");
  await expect(page.getByRole("slider", { name: "Credits a month" })).toHaveValue("80");
  await page.getByLabel("Until", { exact: true }).fill("2027-01-31");
  await expect(page.getByRole("slider", { name: "Until this day" })).toHaveAttribute(
    "aria-valuetext",
    "31 January 2027",
  );
  await page.getByRole("button", { name: "Add a change" }).click();
  await page.getByRole("combobox", { name: /^Plan/ }).selectOption("pro-plus");
  await page.getByLabel("Name").fill("All in");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved as “All in”." })).toBeVisible();
  await page.getByRole("button", { name: "Forget “All in”" }).click();
  await expect(page.getByText("Nothing saved yet.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Forget “All in”" }).click();
  await expect(page.getByText("Nothing saved yet.")).toBeVisible();
  await page.getByRole("button", { name: "Open a scenario file…" }).click();
  await expect(page.getByRole("button", { name: "Back to the account" })).toBeVisible();
  // Of a file nothing is changed at Kiro, and there are no past months.
  await expect(page.getByRole("button", { name: "I changed it there" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Past months on each plan" })).toHaveCount(0);
  await page.getByRole("button", { name: "Back to the account" }).click();
  await expect(page.getByRole("heading", { name: "Past months on each plan" })).toBeVisible();
});

test("no view is called What-if any more", async ({ page }) => {
  await open(page, "sample");
  const names = await page.locator("aside nav").getByRole("button").allInnerTexts();
  expect(names.map((name) => name.trim())).toEqual(["Overview", "Usage", "Plans", "Invoices", "Settings"]);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).not.toContainText("What-if");
});

test("past months through every plan, with the cheapest in words", async ({ page }) => {
  await open(page, "sample");
  await page.getByRole("button", { name: "Plans", exact: true }).click();
  const replay = page.getByRole("region", { name: "Past months on each plan" });
  await expect(replay).toContainText("would have been the cheapest over 3 months.");
  await expect(replay.getByRole("columnheader")).toHaveText(["Month", "Credits used", "Pro", "Pro+", "Power"]);
  await expect(replay.getByRole("row")).toHaveCount(5);
});

test("the receipt: proration with its days, less what was paid, tax, charge today, and the range", async ({ page }) => {
  await open(page, "first-paid-month");
  await page.getByRole("button", { name: "Plans", exact: true }).click();
  await page.getByRole("radio", { name: /^Pro\+/ }).check();
  const receipt = page.getByRole("region", { name: "Pro to Pro+" });
  for (const text of [
    "Less Pro, already paid",
    "−$10.00",
    "15 of 30 days of $40.00",
    "Japanese consumption tax",
    "Charge today",
    "$11.00",
    "$11.00 to $11.73",
    "instead of $22.00",
    "Pro+ pays off past 500 extra credits a month; you are at 0 and head for 46.24.",
    "Waiting until 1 December saves $11.00. Pro+ now comes to $55.00 with the next month's charge; taken on 1 December it is $44.00.",
    "That page should ask for $11.00 to $11.73.",
  ]) {
    await expect(receipt).toContainText(text);
  }
  await page.getByRole("radio", { name: /^Free/ }).check();
  await expect(page.getByRole("region", { name: "Pro to Free" })).toContainText("Nothing is charged today.");
});

test("what waiting costs isn't said to cost nothing beside it", async ({ page }) => {
  await open(page, "over");
  await show(page, "Plans");
  const receipt = page.getByRole("region", { name: "Pro to Pro+" });
  await expect(receipt).toContainText("Waiting until 1 December costs $6.51 more");
  await expect(receipt).toContainText("The charge for changing stays the same until 30 Nov.");
  await expect(receipt).not.toContainText("costs nothing");
});

test("waiting that lowers the charge is said", async ({ page }) => {
  await open(page, "free-bonus");
  await page.getByRole("button", { name: "Plans", exact: true }).click();
  await page.getByRole("radio", { name: /^Pro / }).check();
  await expect(page.getByRole("region", { name: "Free to Pro" })).toContainText(
    "The charge for changing falls as days pass: $0.74 on 30 Nov.",
  );
});

test("a scheduled change shows, and its plan's receipt says it can be cancelled", async ({ page }) => {
  await open(page, "over");
  await expect(page.getByText("Kiro Pro, Free from 1 December")).toBeVisible();
  await page.getByRole("button", { name: "Plans", exact: true }).click();
  await page.getByRole("radio", { name: /^Pro, overage on/ }).check();
  await expect(page.getByRole("region", { name: "Stay on Pro" })).toContainText("The scheduled change is cancelled.");
});
