import { expect, test, type Page } from "@playwright/test";
import { drawn, navigation, open, show, themes } from "./support";

/** Waits as long as the window does, at once. */
async function hurry(page: Page, seconds: number): Promise<void> {
  await page.clock.runFor(seconds * 1000);
}

test.describe("answers that never come", () => {
  for (const state of ["sample", "organisation", "team"] as const) {
    test(`every view of ${state} says that it takes longer, and then that there is none`, async ({ page }) => {
      await page.clock.install();
      await page.goto(`/?state=${state}&hold=views`);
      await hurry(page, 1);
      await expect(page.locator("html")).toHaveAttribute("data-painted", "yes");
      for (const view of await navigation(page).getByRole("button").allInnerTexts()) {
        // How the account stands is there already, and so are the views that show nothing else.
        if (["Overview", "Team", "Settings"].includes(view.trim())) continue;
        await navigation(page).getByRole("button", { name: view, exact: true }).click();
        const main = page.getByRole("main");
        await expect(main.locator("[aria-busy=true]"), view).toBeVisible();
        await hurry(page, 6);
        await expect(main.getByText("This takes longer than usual."), view).toBeVisible();
        await hurry(page, 30);
        await expect(main.getByText("There was no answer for 30 seconds."), view).toBeVisible();
        await expect(main.locator("[aria-busy=true]"), view).toHaveCount(0);
        await main.getByRole("button", { name: "Try again" }).click();
        await expect(main.locator("[aria-busy=true]"), `${view}, asked again`).toBeVisible();
      }
    });
  }

  test("an account whose standing never comes says so, in its view and in the list", async ({ page }) => {
    await page.clock.install();
    await page.goto("/?state=organisation&hold=views");
    await hurry(page, 1);
    await page.getByRole("button", { name: "All accounts" }).click();
    const row = page.getByRole("main").getByRole("row").filter({ hasText: "Loading…" }).first();
    await expect(row).toBeVisible();
    await row.getByRole("button").click();
    await expect(page.locator("main [aria-busy=true]")).toBeVisible();
    await hurry(page, 100);
    await expect(page.getByRole("heading", { name: "There is nothing to show" })).toBeVisible();
    await expect(page.getByText("Loading…")).toHaveCount(0);
  });

  test("a start that never comes ends in words", async ({ page }) => {
    await page.clock.install();
    await page.goto("/?state=sample&hold=start");
    // On a busy machine the page may ask only after the clock was put on.
    await expect(async () => {
      await hurry(page, 31);
      await expect(page.getByRole("heading", { name: "Headroom doesn't answer" })).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  });
});

for (const theme of themes) {
  test(`what can't be saved is said in every view, and can't be changed, ${theme}`, async ({ page }) => {
    await open(page, "live", theme, { "read-only": "" });
    const why = page.getByText("the disk it is on can only be read");
    for (const view of ["Overview", "Usage", "Plans", "Invoices", "Settings"]) {
      await show(page, view);
      await expect(why, view).toBeVisible();
    }
    const settings = page.getByRole("main");
    for (const name of ["Remove this account", "Delete everything…"])
      await expect(settings.getByRole("button", { name })).toBeDisabled();
    await expect(settings.getByRole("button", { name: "Show the folder" })).toBeEnabled();
    await expect(settings.getByRole("button", { name: "Save a copy…" })).toBeEnabled();
    await expect(settings.getByLabel("Ask Kiro for my usage")).toBeDisabled();
    await page.screenshot({ path: `target/screenshots/read-only-settings-${theme}.png` });
    await show(page, "Overview");
    await expect(page.getByRole("button", { name: /^(Allow overage|Stop at)/ })).toBeDisabled();
    await expect(page.getByTestId("headline"), "figures are shown all the same").toContainText(/\d/);
    await page.screenshot({ path: `target/screenshots/read-only-${theme}.png` });
  });

  test(`accounts that are there twice are named, with what would be lost, ${theme}`, async ({ page }) => {
    await open(page, "live", theme, { doubled: "" });
    const notice = page.getByRole("region", { name: "Notices" });
    await expect(notice).toContainText("are the same account");
    await expect(notice).toContainText("3 tasks and 1 entry of yours");
    await page.screenshot({ path: `target/screenshots/doubled-${theme}.png` });
    await notice.getByRole("button", { name: /^Remove Kiro \(no\. 12\)/ }).click();
    await expect(page.getByRole("region", { name: "Notices" })).toHaveCount(0);
  });

  test(`reports are listed, shown, copied and deleted, ${theme}`, async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await open(page, "sample", theme, { reports: "" });
    await show(page, "Settings");
    const reports = page.getByRole("region", { name: "Report a problem" });
    await reports.getByText(/^Report 482913/).click();
    await expect(reports.getByText("Doing: command overview").first()).toBeVisible();
    await reports.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `target/screenshots/reports-${theme}.png` });
    await reports.getByRole("button", { name: "Copy 482913" }).click();
    await expect(page.getByText("Report 482913 is copied.")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("report 482913");
    await reports.getByRole("button", { name: "Delete 482913" }).click();
    await expect(page.getByText("Report 482913 is deleted.")).toBeVisible();
    await expect(reports.getByText(/^Report 482913/)).toHaveCount(0);
    await expect(reports.getByText(/^Report 105577/)).toBeVisible();
  });
}

/** Each case of data that can't be opened: its title, what helps, and whether a copy does. */
const cases = [
  ["data-busy", "Headroom's data is in use", "Wait until that is done, then try again.", false],
  ["data-full", "The disk is full", "Free some space on it, then try again.", false],
  ["data-no-right", "Headroom may not read its data", "Give your user the right to read and write it", false],
  ["data-newer", "Your data is from a newer Headroom", "install the newer version", false],
  ["data-foreign", "Something else is where Headroom keeps its data", "set HEADROOM_DATA_DIR to another folder", false],
  ["data-behind", "Your records are missing", "there are copies of it", true],
  ["data-damaged", "Headroom's data is damaged", "Restoring takes the newest good copy", true],
] as const;
for (const [code, title, helps, restores] of cases) {
  test(`data that can't be opened has words and buttons of its own: ${code}`, async ({ page }) => {
    for (const theme of themes) {
      await open(page, "failure", theme, { case: code });
      await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      await expect(page.getByRole("main")).toContainText(helps);
      await expect(page.getByRole("button", { name: "Restore the newest copy" })).toHaveCount(restores ? 1 : 0);
      await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
      await page.screenshot({ path: `target/screenshots/failure-${code}-${theme}.png` });
    }
  });
}

test("the failure page shows what there is to report", async ({ page }) => {
  await open(page, "failure", "light", { reports: "" });
  await expect(page.getByRole("region", { name: "Report a problem" })).toBeVisible();
  await page.screenshot({ path: "target/screenshots/failure-reports.png" });
});

test("a page whose process ended again and again says so and can be tried again", async ({ page }) => {
  await page.goto("/?state=sample&page-ended");
  await expect(page.getByRole("heading", { name: "The window's page keeps ending" })).toBeVisible();
  await page.screenshot({ path: "target/screenshots/page-ended.png" });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByTestId("headline")).toBeVisible();
});

test("a page that is loaded again shows the same account and view", async ({ page }) => {
  await open(page, "organisation");
  await show(page, "Usage");
  const before = await page.getByRole("heading", { level: 1 }).innerText();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-painted", "yes");
  await drawn(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(before);
  await expect(navigation(page).getByRole("button", { name: "Usage" })).toHaveAttribute("aria-current", "page");
});
