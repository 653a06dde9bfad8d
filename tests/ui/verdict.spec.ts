/** Every view answers first: its first sentence decides, and at most one button is filled. */
import { expect, test, type Page } from "@playwright/test";
import { open, show, states, views } from "./support";

/** What whoever listens hears first in a view, after its heading. Above the view a sample is marked as one. */
const first = (page: Page) => page.getByRole("main").locator(".page").getByRole("paragraph").first();

const overviews = [
  ["sample", "390.87 of 1,000 credits are left: at your pace they last until 1 December, with 105.86 to spare."],
  ["free", "At most 19 credits are left: counting only this computer, they last until 1 December."],
  ["paused", "No credits are left: requests pause until 1 December."],
  ["over", "Your credits are used up. What you use beyond them comes to about $26.51 by 1 December."],
  ["packs", "At most 867.25 credits are left: you'll run out by 25 November, at least 5 days early."],
  ["empty", "How long your credits last isn't known."],
  ["undecided", "How long your credits last isn't known."],
  ["team", "$62.50 in credits is left: it lasts until 17 December, about 26 days."],
  ["team-empty", "How much is left isn't known: Kilo hasn't said yet."],
  ["suspended", "Suspended. Pay $145.00 to restore it."],
  ["personal-empty", "No credits are left: requests wait for more."],
  ["organisation", "1 person is on too large a tier: $180.00 a month."],
  ["organisation-empty", "What this month costs isn't known: no report is imported yet."],
] as const;
for (const [state, sentence] of overviews) {
  test(`the overview of "${state}" opens with its verdict`, async ({ page }) => {
    await open(page, state);
    await expect(first(page)).toHaveText(sentence);
  });
}

/** The chip said "estimate" beside "387.60 of 1,000 credits are left", which Kiro had counted: it is the pace that is estimated. */
test("the chip beside a sentence says what is estimated of it", async ({ page }) => {
  for (const state of ["live", "packs"]) {
    await open(page, state);
    const chip = page.getByTestId("verdict").getByTestId("chip");
    await expect(chip).toHaveText("estimated pace");
    const before = await chip.evaluate((button) => button.previousElementSibling?.textContent ?? "");
    expect(before).toBe(await first(page).textContent());
    expect(before).toContain("credits are left: ");
    const beside = page.locator("section.hero").getByTestId("chip").first();
    await expect(beside).not.toHaveText(/estimate/);
  }
});

const plans = [
  ["paused", "Stay on Pro and allow overage: Pro+ would cost $1.15 more a month at your pace."],
  ["sample", "Stay on Pro: Pro+ would cost $20.00 more a month at your pace."],
  ["over", "Move to Pro+: saves $6.51 a month at your pace."],
  ["empty", "Which plan is cheapest for you isn't known."],
] as const;
for (const [state, sentence] of plans) {
  test(`the plans of "${state}" open with whether to stay`, async ({ page }) => {
    await open(page, state);
    await show(page, "Plans");
    await expect(first(page)).toHaveText(sentence);
    // Only what is to be done is one button away; staying fills none.
    const filled = page.locator("main .button.primary");
    const does = sentence.startsWith("Move") ? ["Open Kiro's account page"] : [];
    await expect(filled).toHaveText(sentence.includes("allow overage") ? ["Allow overage…"] : does);
  });
}

/** A style of the whole window's by the same name made a row of both: the chip stood in a line of its own. */
test("the chip of an estimate goes on in the sentence's last line", async ({ page }) => {
  await open(page, "live");
  const verdict = page.getByTestId("verdict");
  const [sentence, chip] = [verdict.getByRole("paragraph").first(), verdict.getByTestId("chip")];
  const lastLine = await sentence.evaluate((of) => {
    const { top, bottom } = [...of.getClientRects()].at(-1)!;
    return { top, bottom };
  });
  const { top, bottom } = await chip.evaluate((of) => of.getBoundingClientRect().toJSON() as DOMRect);
  expect((top + bottom) / 2).toBeGreaterThan(lastLine.top);
  expect((top + bottom) / 2).toBeLessThan(lastLine.bottom);
});

/** It jumped by up to 16 pixels from view to view, and "until 1" stood at a line's end with "December" in the next. */
test("the sentence begins at the same height in every view, and no day is torn from its month", async ({ page }) => {
  await page.setViewportSize({ width: 1180, height: 780 });
  for (const state of ["live", "organisation", "team"] as const) {
    await open(page, state);
    const tops = new Set<number>();
    for (const view of await views(page)) {
      await show(page, view);
      tops.add(Math.round((await first(page).boundingBox())!.y / 4));
    }
    expect(tops.size, state).toBe(1);
  }
  for (const width of [760, 900, 1180]) {
    await page.setViewportSize({ width, height: 780 });
    await open(page, "sample");
    const lines = await first(page)
      .getByText("1 December", { exact: true })
      .evaluate((day) => day.getClientRects().length);
    expect(lines, String(width)).toBe(1);
  }
});

/** It stood below the window's lower edge, beneath a chart whose title, sum and legend said again what stood above. */
test("what is charged next is in sight as the window opens", async ({ page }) => {
  await page.setViewportSize({ width: 1180, height: 780 });
  for (const language of ["en", "de"])
    for (const state of ["live", "sample", "packs", "over", "team"] as const) {
      await open(page, state, "light", { language });
      await expect(page.locator("main .amount").first(), `${state}, ${language}`).toBeInViewport({ ratio: 1 });
    }
});

test("a sum that stands above its lines isn't said again below them", async ({ page }) => {
  await open(page, "live");
  const card = page.getByRole("region", { name: "Next charge" });
  await expect(card.getByText("$20.00")).toHaveCount(1);
  await expect(card).toContainText("Tax is not included.");
  await open(page, "team");
  await expect(card.getByText("$156.96")).toHaveCount(1);
  await expect(card.getByText("$145.00")).toHaveCount(1);
  // Behind the chip the lines still come to their sum.
  await card.getByTestId("chip").click();
  await expect(page.getByRole("dialog").getByRole("definition").last()).toHaveText("$156.96");
});

test("where requests pause the way out is the first button, and it asks", async ({ page }) => {
  await open(page, "paused");
  const verdict = page.getByTestId("verdict");
  await expect(verdict).toContainText("Cheapest way to keep going: allow overage, about $18.76 more.");
  await expect(verdict.getByRole("button")).toHaveText([
    "Allow overage at $0.04 a credit",
    "See Pro+, $20.00 today",
    "estimate",
  ]);
  await verdict.getByRole("button").first().click();
  await expect(page.getByRole("alertdialog")).toContainText("At this pace that is $18.76 for this month.");
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
  await verdict.getByRole("button").nth(1).click();
  await expect(page.getByRole("heading", { name: "Plans", level: 1 })).toBeVisible();
  await expect(page.getByRole("region", { name: "Pro to Pro+" })).toContainText("Charge today");
});

test("at most one button of a first view or of the plans is filled", async ({ page }) => {
  for (const state of states.filter((of) => !["failure", "first-run", "nothing-found"].includes(of))) {
    await open(page, state);
    for (const view of (await views(page)).filter((of) => of === "Overview" || of === "Plans")) {
      await show(page, view);
      expect(await page.locator("main .button.primary:visible").count(), `${state}, ${view}`).toBeLessThanOrEqual(1);
    }
  }
});

/** "estimate" stood beside what a suspended team has to pay. */
test("what a suspended team owes is no estimate", async ({ page }) => {
  await open(page, "suspended");
  await expect(page.getByTestId("verdict").getByTestId("chip")).toHaveText("calculated");
});
