/** Figures say what they rest on, and no colour or word beside them says otherwise. */
import { expect, test } from "@playwright/test";
import { navigation, open } from "./support";

const go = (page: Parameters<typeof open>[0], view: string) =>
  navigation(page).getByRole("button", { name: view, exact: true }).click();

test("what rests on recorded tasks alone is at most so much, beside the number and in both directions", async ({
  page,
}) => {
  await open(page, "free");
  const hero = page.locator("section.hero");
  await expect(hero).toContainText(/at most\s*19\s*credits left/);
  await expect(hero.getByTestId("chip")).toContainText("only what is on this computer");
  await page.getByTestId("headline").click();
  await expect(hero).toContainText(/at least\s*31\s*credits used/);
  // Nothing can't be less, but what is used can be more.
  await open(page, "paused");
  await expect(hero).not.toContainText("at most");
  await page.getByTestId("headline").click();
  await expect(hero).toContainText(/at least\s*1,002.25/);
  // Kiro's own count is no bound.
  await open(page, "live");
  await expect(hero).not.toContainText(/at (most|least)/);
  await expect(hero.getByTestId("chip")).toContainText("From Kiro · just now");
});

test("the chart tells what Kiro counts from what is on this computer", async ({ page }) => {
  await open(page, "live");
  const main = page.locator("main");
  await expect(main.getByText("used, as Kiro counts")).toBeVisible();
  await expect(main.getByText("tasks on this computer", { exact: true })).toBeVisible();
  await expect(page.getByRole("slider", { name: /^Credits used by day/ })).toHaveAttribute(
    "aria-valuetext",
    /612.40 used so far; 598.11 of it by tasks on this computer/,
  );
  await open(page, "free");
  await expect(main.getByText("used, as Kiro counts")).toHaveCount(0);
});

test("a day that Kiro's count says nothing of is a gap, not nothing and not a guess", async ({ page }) => {
  await open(page, "counted");
  const chart = page.getByRole("slider", { name: /^Credits used by day/ });
  await chart.focus();
  await page.keyboard.press("Home");
  await expect(chart).toHaveAttribute("aria-valuetext", /^Sunday 1 November: How much was used by then isn't known/);
  await page.getByRole("button", { name: "Show as a table" }).click();
  await expect(page.getByRole("row", { name: /^Sunday 1 November –/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Friday 6 November 338.00/ })).toBeVisible();
});

test("a choice that comes to less and doesn't fit says why, and only one that fits is the cheapest", async ({
  page,
}) => {
  await open(page, "over");
  await go(page, "Plans");
  const table = page.getByRole("region", { name: "Table of options" });
  const free = table.getByRole("row", { name: /^Free/ });
  await expect(free).toContainText("no: 50 credits from 1 Dec");
  await expect(free).toHaveClass(/unfit/);
  await expect(table.getByRole("row", { name: /^Pro, overage off/ })).toContainText("no: pauses on 21 Nov");
  // Staying comes to less by 1 December, but not a month: the table says of the same choice as the verdict that it does.
  await expect(table.getByRole("row", { name: /^Pro, overage on/ })).toContainText("$46.51 a month");
  const best = table.getByRole("row", { name: /^Pro\+/ });
  await expect(best).toContainText("cheapest that covers you");
  await expect(best).toContainText("$40.00 a month");
  await expect(best.getByRole("radio")).toBeChecked();
  await expect(table.getByText("cheapest that covers you")).toHaveCount(1);
});

test("a suspended team says first what restores it, and not how long it lasts", async ({ page }) => {
  await open(page, "suspended");
  const main = page.locator("main");
  await expect(main.getByRole("alert")).toHaveText("The team's data is kept until 8 December 2026.");
  await expect(main.locator(".sentence").first()).toHaveText("Suspended. Pay $145.00 to restore it.");
  await expect(main).not.toContainText("Lasts about");
  await expect(main).not.toContainText("smallest purchase");
  // What is charged next isn't what restores it, and unused seats promise nothing beside it.
  const next = page.getByRole("region", { name: "Next charge" });
  await expect(next).toContainText("on top of $145.00 to be paid now");
  await expect(main).toContainText("3 seats are unused.");
  await expect(main).not.toContainText("lower");
  await navigation(page).getByRole("button", { name: "Team" }).click();
  await expect(main.locator(".sentence").first()).toHaveText("Suspended. Pay $145.00 to restore it.");
  await expect(main.getByRole("alert")).toHaveText("The team's data is kept until 8 December 2026.");
});

test("the table of users names its months and the day on which credits run out", async ({ page }) => {
  await open(page, "organisation");
  await navigation(page).getByRole("button", { name: "Team" }).click();
  const table = page.getByRole("region", { name: "Table of users" });
  await expect(table.getByRole("columnheader", { name: "Cost in November → end" })).toBeVisible();
  await expect(table.getByRole("columnheader", { name: "Billed for October 2026" })).toBeVisible();
  await expect(table.getByRole("row", { name: /^eli-5@example.com/ })).toContainText("23 Nov");
  await expect(table.getByRole("row", { name: /^dee-4@example.com/ })).not.toContainText("Nov");
});

test("the sidebar's dots say how each account stands", async ({ page }) => {
  await open(page, "organisation");
  const accounts = page.getByRole("region", { name: "Accounts", exact: true });
  const organisation = accounts.getByRole("button", { name: /^Kiro organisation\s*, runs out early/ });
  const person = accounts.getByRole("button", { name: /^Kiro\s*, not known/ });
  const color = (button: typeof person) =>
    button.locator(".dot").evaluate((dot) => getComputedStyle(dot).backgroundColor);
  expect(await color(organisation)).not.toBe(await color(person));
  const [ofOrganisation, ofPerson] = [await color(organisation), await color(person)];
  await page.getByRole("button", { name: "All accounts" }).click();
  const rows = page.getByRole("region", { name: "All accounts" }).getByRole("row");
  await expect(rows.locator(".dot")).toHaveCount(2);
  const dots = rows.locator(".dot").evaluateAll((all) => all.map((dot) => getComputedStyle(dot).backgroundColor));
  expect(await dots, "as in the list, worst first").toEqual([ofOrganisation, ofPerson]);
});

test("a charge that isn't sure is a range in its total", async ({ page }) => {
  await open(page, "team");
  await go(page, "Team");
  const receipt = page.getByRole("region", { name: "Add or remove seats" });
  await expect(receipt.locator(".total")).toHaveText(/Charge today\s*\$13\.61 to \$14\.65/);
});

test("Kiro's own switch is asked about outside the page, the recorded one in it", async ({ page }) => {
  await open(page, "live");
  await page.getByRole("button", { name: "Allow overage at $0.04 a credit" }).click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await expect(page.getByTestId("overage-request")).toContainText("Asked Kiro to turn it on");
  await open(page, "paused");
  await page.getByRole("button", { name: "Allow overage at $0.04 a credit" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("It does not turn the switch at Kiro");
});

test("a pool that is used up doesn't say until when it was", async ({ page }) => {
  await open(page, "stated");
  const pools = page.locator("main .pools");
  await expect(pools).toContainText("all 80 used as you entered");
  await expect(pools).not.toContainText("used until");
});

test("how old what Kilo says is stands once beside each figure, as an age", async ({ page }) => {
  await open(page, "personal");
  for (const figure of [
    page.getByRole("region", { name: "Balance" }),
    page.locator("main p", { hasText: "$13.00 was spent this month" }),
  ])
    await expect(figure.getByText(/^From Kilo ·/)).toHaveText(["From Kilo · just now"]);
});

test("the login that Kilo is asked with stands apart from the words after it", async ({ page }) => {
  await open(page, "personal");
  await go(page, "Settings");
  await expect(page.getByRole("region", { name: "Manage accounts" })).toContainText("auth.json has: its teams");
});
