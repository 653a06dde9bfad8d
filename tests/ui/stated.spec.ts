import { expect, test } from "@playwright/test";
import { open, show } from "./support";

test("packs and grants stand beside the plan, as they were stated, and are in what is left", async ({ page }) => {
  await open(page, "stated");
  await expect(page.getByTestId("headline")).toHaveText("322.25");
  const hero = page.getByRole("region", { name: "Your credits" });
  await expect(hero).toContainText("197.25 of 250 left until 31 December as you entered");
  await expect(hero).toContainText("Hackathon");
  await expect(hero).toContainText("0 of 1,200 left");
  const charge = page.getByRole("region", { name: "Next charge" });
  await expect(charge).toContainText(/Tax \(8\.25 %\)\s*\$1\.65/);
  await expect(charge).not.toContainText("Tax is not included");
  await expect(page.getByRole("region", { name: "Packs" })).toContainText("Past 1,200 credits you buy packs ahead");
});

test("a pack is stated by keyboard, undone from the message, and the undoing undone", async ({ page }) => {
  await open(page, "stated");
  await page.getByRole("button", { name: "I bought a pack" }).click();
  const list = page.getByRole("list", { name: "Packs and grants" });
  await expect(list.getByRole("listitem")).toHaveCount(3);
  await page.getByRole("button", { name: "Add a pack" }).focus();
  await page.keyboard.press("Enter");
  const form = page.getByRole("form", { name: "Add a pack" });
  await expect(form.getByLabel("Paid, in dollars")).toBeFocused();
  await expect(form).toContainText("From $5.00 to $100.00, at $0.04 a credit.");
  await expect(form.getByLabel("Bought on")).toHaveValue("21 Nov 2026");
  await page.keyboard.type("5");
  await page.keyboard.press("Enter");
  const message = page.getByRole("status").filter({ hasText: "The pack is added." });
  await expect(message).toBeVisible();
  await expect(form).toBeHidden();
  await expect(list.getByRole("listitem")).toHaveCount(4);
  await message.getByRole("button", { name: "Undo" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(3);
  const back = page.getByRole("status").filter({ hasText: "Taken back." });
  await expect(back.getByRole("button", { name: "Undo" })).toBeVisible();
});

test("where packs can't be bought it says why, and credits can still be stated", async ({ page }) => {
  await open(page, "free");
  await show(page, "Settings");
  await expect(page.getByRole("button", { name: "Add a pack" })).toBeDisabled();
  await expect(page.getByText("Pack: they are sold on paid plans only")).toBeVisible();
  await page.getByRole("button", { name: "Add a grant" }).click();
  await expect(page.getByRole("form", { name: "Add a grant" }).getByLabel("What Kiro calls it")).toBeFocused();
});

test("prices are chosen in words, and the sign-up credits are said by list and day", async ({ page }) => {
  await open(page, "stated");
  await show(page, "Settings");
  const prices = page.getByLabel("Prices");
  await expect(prices.locator("option:checked")).toHaveText("As they were each month");
  const told = (text: string) => expect(page.getByText(text, { exact: false })).toBeVisible();
  await told("No credits came with this sign-up: Kiro ended them on 8 May 2026.");
  await page.getByLabel("Sign-up day").fill("2026-05-07");
  await told("500 credits that last 30 days, for sign-ups before 8 May 2026");
  await prices.selectOption({ label: "Always: Kiro price list, December 2025" });
  await page.getByLabel("Sign-up day").fill("2026-05-09");
  await told("500 credits that last 30 days; leave it out if that is over.");
  await expect(page.getByRole("radio", { name: /^Pro Max/ })).toHaveCount(0);
});

test("shortly before the reset the receipt says what waiting saves", async ({ page }) => {
  await open(page, "month-end");
  await show(page, "Plans");
  await page.getByRole("radio", { name: /^Pro\+/ }).check();
  const receipt = page.getByRole("region", { name: "Pro to Pro+" });
  await expect(receipt).toContainText("Waiting until 1 November saves $20.00.");
  await expect(receipt).toContainText("Pro+ now comes to $60.00 with the next month's charge");
  await expect(receipt).not.toContainText("stays the same until");
});

test("a first payment and packs say which assumption they rest on", async ({ page }) => {
  await open(page, "free");
  await show(page, "Plans");
  await page.getByRole("radio", { name: /^Pro \d/ }).check();
  await expect(page.getByText("A1: Kiro may take up to $20.00 off your first payment.")).toBeVisible();
  await expect(page.getByText("$0.00 to $6.67", { exact: true })).toBeVisible();
  await open(page, "stated");
  await show(page, "Plans");
  await page.getByRole("radio", { name: /^Pro\+/ }).check();
  await expect(page.getByText("A2: 375 credits are left in packs if what the larger plan covers")).toBeVisible();
});

test("what past months are charged otherwise is listed, and put away", async ({ page }) => {
  await open(page, "repriced");
  const notice = page.getByRole("region", { name: "Past months are computed by the prices of then" });
  await expect(notice).toContainText("September 2026: $20.00 instead of $25.31");
  await notice.getByRole("button", { name: "Don't show again" }).click();
  await expect(notice).toBeHidden();
});

test("first run says what it found, and asks for what it can't know", async ({ page }) => {
  await open(page, "first-run");
  await expect(page.getByText("Read my usage from 5 sessions of the Kiro command line")).toBeVisible();
  await expect(page.getByLabel("Read estimates from 1 session of the Kiro IDE")).not.toBeChecked();
  // Nobody is on Free because nothing was said: the plan is asked for, and nothing is sent.
  await page.getByRole("button", { name: "Show my credits" }).click();
  await expect(page.getByRole("radio", { name: /^Free \$0/ })).toBeFocused();
  await expect(page.getByRole("radio", { name: /^(Free|Pro|Power)/, checked: true })).toHaveCount(0);
  await page.getByRole("radio", { name: /^Pro \$20/ }).check();
  // By the prices of each month there are packs now; under a list with overage its switch is asked for.
  await expect(page.getByText("Overage is on in my Kiro account")).toHaveCount(0);
  await page.getByRole("combobox", { name: "Prices" }).selectOption("kiro-2025-12");
  await expect(page.getByText("Overage is on in my Kiro account")).toBeVisible();
  await expect(page.getByLabel(/^First paid day/)).not.toHaveAttribute("required");
  await page.getByLabel("Country of the billing address").selectOption("PE");
  await expect(page.getByText("Kiro does not sell paid plans there.")).toBeVisible();
});
