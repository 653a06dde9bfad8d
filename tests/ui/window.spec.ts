import { expect, test } from "@playwright/test";
import { cutOff, navigation, open, show, states, views } from "./support";

test("the first screen answers: left, until when, next charge", async ({ page }) => {
  await open(page, "sample");
  await expect(page.getByTestId("headline")).toHaveText("390.87");
  await expect(
    page.getByText("390.87 of 1,000 credits are left: at your pace they last until 1 December, with 105.86 to spare."),
  ).toBeVisible();
  await expect(page.getByText("Renews 1 Dec, 01:00, in 10 days")).toBeVisible();
  await expect(page.getByTitle("1 Dec 2026, 00:00 UTC").first()).toBeVisible();
  const charge = page.getByRole("region", { name: "Next charge" });
  await expect(charge).toContainText("$20.00");
  await expect(charge).toContainText("Tax is not included.");
});

test("a click on the number flips left and used", async ({ page }) => {
  await open(page, "sample");
  await page.getByTitle("Show what is used").click();
  await expect(page.getByTestId("headline")).toHaveText("609.13");
  await page.getByTitle("Show what is left").click();
  await expect(page.getByTestId("headline")).toHaveText("390.87");
});

test("the sample is marked in every view", async ({ page }) => {
  await open(page, "sample");
  for (const view of await views(page)) {
    await page.getByRole("button", { name: view, exact: true }).click();
    await expect(page.getByText("Every number here is made up")).toBeVisible();
  }
});

test("the overage switch names its consequence, asks once, and can be left alone", async ({ page }) => {
  await open(page, "paused");
  await page.getByRole("button", { name: "Allow overage at $0.04 a credit" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("At this pace that is $18.76 for this month.");
  await expect(dialog).toContainText("It does not turn the switch at Kiro");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByTestId("overage-state")).toContainText("Off");
  await page.getByRole("button", { name: "Allow overage at $0.04 a credit" }).click();
  await dialog.getByRole("button", { name: "Allow overage at $0.04 a credit" }).click();
  await expect(page.getByTestId("overage-state")).toContainText("On");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("status").filter({ hasText: "Overage is saved as on." })).toBeVisible();
});

test("over the plan reads in words, never as a clamped bar or a negative number", async ({ page }) => {
  await open(page, "over");
  await expect(page.getByText("plan used up + 132.75 extra")).toBeVisible();
  await expect(page.getByText("It goes off with the plan on 1 December.")).toBeVisible();
  const charge = page.getByRole("region", { name: "Next charge" });
  await expect(charge).toContainText("$5.31");
  // The first sentence's amount stood in another card alone.
  await expect(charge).toContainText("about $26.51 at this pace");
  await expect(page.locator("main")).not.toContainText("−");
});

test("tasks that the facts don't explain are said", async ({ page }) => {
  await open(page, "paused");
  await expect(
    page.getByText("1 task ran while your settings say that requests were paused. That usage isn't counted"),
  ).toBeVisible();
  await expect(page.getByText("No credits are left: requests pause until 1 December.")).toBeVisible();
});

test("damaged data is named, never a blank window, and restored from its newest copy", async ({ page }) => {
  await open(page, "failure");
  await expect(page.getByRole("heading", { name: "Headroom's data is damaged" })).toBeVisible();
  await expect(page.getByText("headroom.db is damaged: its beginning was overwritten")).toBeVisible();
  await page.getByRole("button", { name: "Restore the newest copy" }).click();
  await expect(page.getByRole("heading", { name: "Your data is restored" })).toBeVisible();
  await expect(page.getByText("3 newer records came back from the damaged file.")).toBeVisible();
  await expect(page.getByText("12 tasks came back from Kiro command line sessions")).toBeVisible();
  await expect(page.getByText("1 change of yours after it is lost.")).toBeVisible();
  await page.getByRole("button", { name: "Show my credits" }).click();
  await expect(page.getByText("they last until").first()).toBeVisible();
});

test("in safe mode what can be read is shown, said to be so, and can be gone on with", async ({ page }) => {
  await open(page, "sample", "light", { safe: "" });
  const safeMode = page.getByRole("complementary", { name: "Only what can still be read is shown" });
  await expect(safeMode).toContainText("headroom.db is damaged, and no copy of it is good.");
  await expect(page.getByText("Work can't be shown: ")).toBeVisible();
  await expect(page.getByText("they last until").first()).toBeVisible();
  await safeMode.getByRole("button", { name: "Go on with what can be read" }).click();
  await expect(page.getByRole("heading", { name: "Your data is restored" })).toBeVisible();
  await page.getByRole("button", { name: "Show my credits" }).click();
  await expect(page.getByText("they last until").first()).toBeVisible();
  await expect(safeMode).toBeHidden();
});

test("without usage nothing pretends to be zero", async ({ page }) => {
  await open(page, "empty");
  await expect(page.getByRole("heading", { name: "No usage yet" })).toBeVisible();
  await expect(page.getByText("How long your credits last isn't known.")).toBeVisible();
  await expect(page.locator("main")).not.toContainText("credits last until");
});

test("everything is reached by keyboard: views by shortcut, removal by Enter", async ({ page }) => {
  await open(page, "sample");
  await page.keyboard.press("Control+3");
  await expect(page.getByRole("heading", { name: "Plans", level: 1 })).toBeVisible();
  await page.keyboard.press("Control+5");
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  await page
    .getByRole("region", { name: "Remove and delete" })
    .getByRole("button", { name: "Remove the sample" })
    .focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Your Kiro account" })).toBeVisible();
});

test("a damaged setting is said", async ({ page }) => {
  await page.goto("/?state=sample&notice=purple");
  await expect(page.getByText('The setting for the theme was damaged ("purple")')).toBeVisible();
});

test("the theme follows the choice", async ({ page }) => {
  await open(page, "sample");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a long view scrolls beside the sidebar, and the next one begins at its top", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await open(page, "sample");
  await page.getByRole("button", { name: "Settings" }).click();
  const heading = page.getByRole("heading", { name: "Settings", level: 1 });
  await expect(page.getByRole("main")).toBeFocused();
  await expect(heading).toBeInViewport();
  // Until the view is there its place is held by shapes under the same heading, too short to scroll.
  await expect(page.getByRole("main").locator("[aria-busy=true]")).toHaveCount(0);
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await expect(heading).not.toBeInViewport();
  const plans = page.getByRole("button", { name: "Plans", exact: true });
  await expect(plans).toBeInViewport();
  // A dialog over it moves nothing.
  const scrolled = await page.evaluate(() => window.scrollY);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  // A browser rounds where it draws and how far it scrolled; what is lost is a pixel at most.
  const beyond = await page.locator("aside:has(nav)").evaluate((aside) => {
    const { top, left, bottom } = aside.getBoundingClientRect();
    return Math.max(-top, -left, bottom - window.innerHeight, top);
  });
  expect(beyond).toBeLessThan(1.5);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(Math.abs((await page.evaluate(() => window.scrollY)) - scrolled)).toBeLessThan(1.5);
  await plans.click();
  await expect(page.getByRole("heading", { name: "Plans", level: 1 })).toBeInViewport();
});

// 640 × 400 is a window of 1280 × 800 at 200 % zoom.
for (const { width, height, language, direction } of [
  { width: 900, height: 600, language: "en", direction: "ltr" },
  { width: 640, height: 400, language: "en", direction: "ltr" },
  { width: 900, height: 600, language: "de", direction: "ltr" },
  { width: 640, height: 400, language: "de", direction: "ltr" },
  { width: 900, height: 600, language: "en", direction: "rtl" },
]) {
  test(`nothing is cut off at ${width}×${height}, ${language}, ${direction}`, async ({ page }) => {
    test.setTimeout(600_000);
    await page.setViewportSize({ width, height });
    await page.addInitScript((dir) => document.documentElement.setAttribute("dir", dir), direction);
    for (const state of states) {
      await open(page, state, "light", { language });
      for (const view of await views(page)) {
        await show(page, view);
        expect(await cutOff(page), `${state} ${view}`).toEqual([]);
      }
    }
  });
}

test("why the figures are outdated is said in the window's language", async ({ page }) => {
  await open(page, "outdated");
  const said = page.locator("main .freshness");
  await expect(said).toContainText(
    "Refresh failed just now. Open Kiro to sign in again. You see the numbers from 3 h ago.",
  );
  await open(page, "outdated", "light", { language: "de" });
  await expect(said).toContainText(
    "Aktualisieren gerade eben fehlgeschlagen. Öffnen Sie Kiro, um sich neu anzumelden. Der Stand von vor 3 Std. wird weiter gezeigt.",
  );
});

test("the language changes the whole window, its numbers and its dates", async ({ page }) => {
  await open(page, "sample");
  await navigation(page).getByRole("button", { name: "Settings" }).click();
  await page.getByLabel("Language As").selectOption("de");
  await expect(page.getByRole("heading", { name: "Einstellungen", level: 1 })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await navigation(page).getByRole("button", { name: "Rechnungen" }).click();
  await expect(page.getByRole("region", { name: "Oktober 2026" })).toContainText("20,00");
  await navigation(page).getByRole("button", { name: "Einstellungen" }).click();
  await page.getByLabel("Zahlen Wie die Sprache").selectOption("en-US");
  await navigation(page).getByRole("button", { name: "Rechnungen" }).click();
  await expect(page.getByRole("region", { name: "Oktober 2026" })).toContainText("$20.00");
});

test("a team: what is left and for how long, the next charge, unused seats, where it goes", async ({ page }) => {
  await open(page, "team");
  await expect(page.getByTestId("headline")).toHaveText("$62.50");
  await expect(page.getByText("$62.50 in credits is left: it lasts until 17 December, about 26 days.")).toBeVisible();
  const charge = page.getByRole("region", { name: "Next charge" });
  await expect(charge).toContainText("$156.96");
  await expect(charge).toContainText("5 seats at $29.00");
  await expect(page.getByRole("region", { name: "Seats" })).toContainText(
    "3 seats are unused: without them the next charge is $94.17 lower.",
  );
  await page.getByRole("button", { name: "Show as a table" }).click();
  await expect(page.getByRole("row", { name: "Friday 20 November" })).toContainText("$45.737454");
  await navigation(page).getByRole("button", { name: "Usage" }).click();
  await expect(page.getByRole("region", { name: "By model" })).toContainText("anthropic/claude-sonnet-4.5");
});

test("a team's seats, passes and fee are one charge, and it says when it tops itself up", async ({ page }) => {
  await open(page, "team-pass");
  // Credits are bought by themselves before: it isn't the next charge.
  const charge = page.getByRole("region", { name: "Next renewal" });
  await expect(page.getByTestId("verdict")).toContainText(
    "Next renewal: $208.35 on 5 December, without automatic top-ups.",
  );
  await expect(charge).toContainText("for seats and Kilo Pass");
  await expect(charge).toContainText("3 seats at $18.00");
  await expect(charge).toContainText("3 passes at $49.00");
  await expect(charge).toContainText("$208.35");
  await expect(charge).toContainText("unless Kilo exempts the team (A20)");
  const pass = page.getByRole("region", { name: "Kilo Pass" });
  await expect(pass).toContainText("3 passes, Kilo Pass Pro, $49.00 each a month");
  await expect(pass).toContainText("$37.50 of $147.00");
  await expect(page.locator("main")).toContainText("$500.00 once less than $50.00 is left");
  await expect(page.locator("main")).toContainText("more until 5 December");
  await navigation(page).getByRole("button", { name: "Settings" }).click();
  await expect(page.getByLabel("The day Kilo Pass began")).toHaveValue("5 Sept 2026");
  await page.getByRole("combobox", { name: "Kilo Pass" }).selectOption("");
  await expect(page.getByLabel("The day Kilo Pass began")).toHaveCount(0);
});

test("a team that nothing is known of says so and never shows nothing as zero", async ({ page }) => {
  await open(page, "team-empty");
  await expect(page.getByText("How much is left isn't known: Kilo hasn't said yet.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No spending known yet" })).toBeVisible();
  await expect(page.locator("main")).not.toContainText("$0");
  await page.getByRole("button", { name: "Enter the team's details" }).click();
  await page.getByLabel("First day of the team").fill("2026-08-05");
  await page.getByRole("button", { name: "Save the details" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The team's details are saved." })).toBeVisible();
});

test("an organisation: cost, bill, who is paid for twice, who runs out early, cheaper tiers", async ({ page }) => {
  await open(page, "organisation");
  await expect(page.getByTestId("headline")).toHaveText("at least $348.60");
  const bill = page.getByRole("region", { name: "Billed by AWS" });
  await expect(bill).toContainText("$263.77");
  await expect(bill).toContainText("There are no activity reports of this month to compute from.");
  await expect(page.getByRole("region", { name: "Possible duplicates" })).toContainText(
    "in the accounts 111 USE1, 222 EUC1, according to the bill",
  );
  await navigation(page).getByRole("button", { name: "Team" }).click();
  await page.getByRole("button", { name: /^Possible duplicates/ }).click();
  await expect(page.getByRole("region", { name: "Possible duplicates" })).toContainText("ada-1@example.com");
  await page.getByRole("button", { name: /^Possible duplicates/ }).click();
  const table = page.getByRole("region", { name: "Table of users" });
  await expect(table.getByRole("row")).toHaveCount(7);
  await expect(table.getByRole("row", { name: /^ada-1@example.com ONE/ })).toContainText(
    "215 beyond the tier, charged",
  );
  const moved = table.getByRole("row", { name: /cem-3@example.com/ });
  for (const says of ["Power → Pro", "−$180.00"]) await expect(moved).toContainText(says);
  await page.getByRole("searchbox", { name: "Search users" }).fill("bob");
  await expect(table.getByRole("row")).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Search users" }).fill("nobody");
  await expect(page.getByRole("region", { name: /^Users/ })).toContainText("Nobody matches.");
});

test("an import says what came of it, with the rows that could not be read", async ({ page }) => {
  await open(page, "organisation-empty");
  await expect(page.getByText("No activity report is imported yet.")).toBeVisible();
  await page.getByRole("button", { name: "Choose a folder… User activity reports" }).click();
  const report = page.getByRole("status").filter({ hasText: "couldn't be read" });
  await expect(report).toContainText("1 row couldn't be read and isn't counted:");
  await expect(report).toContainText('line 7: Date: "2026-10-32" is no date');
});

test("first run offers each way of billing, and Kilo's login where it was found", async ({ page }) => {
  await open(page, "kilo-found");
  await expect(page.getByRole("radio", { name: /^Kilo for Teams/ })).toBeChecked();
  await expect(page.getByRole("button", { name: "Connect Kilo" })).toBeVisible();
  await page.getByRole("radio", { name: /^Kiro, for an organisation/ }).check();
  await expect(page.getByRole("button", { name: "Choose a file… AWS cost exports" })).toBeVisible();
  await page.getByRole("radio", { name: /^Kiro, for myself/ }).check();
  await expect(page.getByRole("button", { name: "Show my credits" })).toBeVisible();
});

test("accounts are renamed and hidden in Settings", async ({ page }) => {
  await open(page, "organisation");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Rename Kiro organisation" }).click();
  const field = page.getByLabel("Name of Kiro organisation");
  await expect(field).toBeFocused();
  await field.fill("Research");
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await expect(page.getByRole("button", { name: "Hide Research" })).toBeVisible();
  const accounts = page.locator("aside section");
  // All of them, and each.
  await expect(accounts.getByRole("button")).toHaveCount(3);
  await page.getByRole("button", { name: "Hide Kiro", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Kiro is hidden." })).toBeVisible();
  await expect(accounts).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(accounts.getByRole("button")).toHaveCount(3);
});

test("an import says how far it is and can be stopped", async ({ page }) => {
  await open(page, "organisation-empty");
  await page.goto("/?state=organisation-empty&hold=import");
  await page.getByRole("button", { name: "Choose a folder… AWS cost exports" }).click();
  const bar = page.getByRole("progressbar", { name: /^Importing: AWS cost exports, 65,536 rows/ });
  await expect(bar).toHaveAttribute("value", "450");
  await expect(page.getByRole("button", { name: "Choose a file… AWS cost exports" })).toBeDisabled();
  await expect(page.getByText(/65,536 rows, \d+ s/)).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("alert")).toContainText("stopped; nothing was imported.");
  await expect(bar).toBeHidden();
});
