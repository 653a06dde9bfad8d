/** Every number says where it comes from, and its rows are a click away. */
import { expect, test, type Page } from "@playwright/test";
import { open, show, states, views } from "./support";

test("a chip opens why, by keyboard, and Escape gives the focus back", async ({ page }) => {
  await open(page, "live");
  const chip = page.getByRole("button", { name: "From Kiro · just now. Why?" });
  await chip.focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Why? What is left" });
  await expect(panel).toContainText(/From Kiro, 21 Nov, 11:30/);
  await expect(panel).toContainText("Plan: 1,000 less 612.40 used");
  await expect(panel).toContainText("The tasks on this computer add up to 598.11. 14.29 were used elsewhere");
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(chip).toBeFocused();
});

test("the panel has the lines of the sum, the rule and the assumption it rests on", async ({ page }) => {
  await open(page, "packs");
  const panel = page.getByRole("dialog");
  await page
    .locator(".verdict")
    .getByRole("button", { name: /^estimated pace/ })
    .click();
  await expect(panel).toContainText(/Used so far\s*4,132.75/);
  await expect(panel).toContainText(/Used by 1 December\s*6,066.42/);
  await expect(panel).toContainText("comes to 202.21 a day");
  await panel.getByRole("button", { name: "Close" }).click();
  await page
    .getByRole("region", { name: "Next charge" })
    .getByRole("button", { name: /^calculated/ })
    .click();
  await expect(panel).toContainText("By the Kiro price list, July 2026 and your account details");
  await expect(panel).toContainText(/Total\s*Tax is not included\.\s*\$100.00/);
  await page.keyboard.press("Escape");
  await open(page, "stated");
  await page
    .locator("section.hero")
    .getByRole("button", { name: /^only what is on this computer/ })
    .click();
  await expect(panel).toContainText(/Pack: 125 less 0 used\s*125/);
  await expect(panel).toContainText(/Left\s*322.25/);
});

test("a panel is set as all others, whatever it is opened from", async ({ page }) => {
  await open(page, "live");
  const body = await page.evaluate(() => getComputedStyle(document.body).fontSize);
  for (const chip of await page.getByTestId("chip").all()) {
    await chip.click();
    const panel = page.getByRole("dialog");
    for (const words of await panel.locator("dt, dd, p:not(.small), button").all())
      expect(await words.evaluate((of) => getComputedStyle(of).fontSize)).toBe(body);
    await page.keyboard.press("Escape");
  }
});

/** What says a number of money or credits and has no way to its rows: neither a chip beside it, nor lines, nor a chart with
 * its table, and is no button that leads there. */
async function withoutWay(page: Page): Promise<string[]> {
  return page.locator("main").evaluate((main) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? "";
      const block = node.parentElement!;
      if (block.closest("[hidden], .visually-hidden, svg") || !block.checkVisibility()) continue;
      const isHeadline = block.closest("[data-testid=headline]") !== null;
      if (!isHeadline && !/[$€]\s?\d|\d\s?[$€]|\d[\d.,]*\s?(extra|of [\d.,]+|credits?\b)/i.test(text)) continue;
      // What its reader chose is nobody's answer.
      if (block.closest("button, table, dl, figure, a, label")) continue;
      const place = block.closest("section, .verdict, .notice");
      // A list whose parts are looked at alone leads to their rows.
      if (place?.querySelector("button.why, figure, dl, table, button[aria-pressed]")) continue;
      found.push(text.trim());
    }
    return found;
  });
}

/** Settings shows what its reader entered, and no number that is anybody's answer. */
const isHeld = (view: string) => view !== "" && view !== "Settings";

for (const state of states)
  test(`no number without a way to its rows: ${state}`, async ({ page }) => {
    await open(page, state);
    const held = (await views(page)).filter(isHeld);
    for (const view of held) {
      await show(page, view);
      expect.soft(await withoutWay(page), view).toEqual([]);
    }
    // Before there is an account, and where nothing can be shown, there is no answer.
    if (held.length === 0) return;
    // A number that stands alone is found.
    await page.locator("main .page").evaluate((main) => main.append("about 3 credits"));
    expect(await withoutWay(page)).toEqual(["about 3 credits"]);
  });
