import { expect, test, type Page } from "@playwright/test";
import { navigation, open, show } from "./support";

const message = (page: Page, text: string) => page.locator(".place .message").filter({ hasText: text });

/** Hides an account, which is said. */
async function hideAccount(page: Page) {
  await show(page, "Settings");
  await page.getByRole("button", { name: "Hide Kiro", exact: true }).click();
}

test("a message leaves after six seconds, and stays while somebody reads it", async ({ page }) => {
  await page.clock.install();
  await open(page, "organisation");
  await hideAccount(page);
  const said = message(page, "Kiro is hidden.");
  await expect(said).toBeVisible();
  await page.clock.runFor(5_000);
  await expect(said).toBeVisible();
  await said.hover();
  await page.clock.runFor(30_000);
  await expect(said).toBeVisible();
  await page.mouse.move(600, 300);
  await page.clock.runFor(5_500);
  await expect(said).toBeVisible();
  await page.clock.runFor(1_000);
  await expect(said).toHaveCount(0);
});

test("who has the focus in a message keeps it, and can undo by keyboard", async ({ page }) => {
  await page.clock.install();
  await open(page, "organisation");
  await hideAccount(page);
  const said = message(page, "Kiro is hidden.");
  await said.getByRole("button", { name: "Undo" }).focus();
  await page.clock.runFor(60_000);
  await expect(said).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(message(page, "Kiro is shown again.")).toBeVisible();
});

test("what went wrong stays until it is closed, in every view", async ({ page }) => {
  await page.clock.install();
  await page.goto("/?state=organisation-empty&hold=import");
  await page.getByRole("button", { name: "Choose a folder… AWS cost exports" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  const failed = message(page, "stopped; nothing was imported.");
  await page.clock.runFor(600_000);
  await expect(failed).toBeVisible();
  await navigation(page).getByRole("button", { name: "Settings" }).click();
  await expect(failed).toBeVisible();
  await failed.getByRole("button", { name: "Dismiss" }).click();
  await expect(failed).toHaveCount(0);
});

for (const [width, height] of [
  [1280, 800],
  [900, 600],
  [760, 540],
  [590, 540],
  [380, 270],
] as const) {
  test(`a message stands over nothing at ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, "organisation");
    await hideAccount(page);
    await page.mouse.move(width / 2, height / 2);
    const box = async (of: string) => (await page.locator(of).first().boundingBox())!;
    const [said, main, frame] = [await box(".place"), await box("main"), await box(".frame")];
    expect(said.height).toBeGreaterThan(30);
    // What of the view is seen: where the frame scrolls, the rest of it is cut off.
    const [left, top] = [main.x, Math.max(main.y, frame.y)];
    const isBeside = said.x + said.width <= left || said.y + said.height <= top;
    expect(isBeside, JSON.stringify({ said, main, frame })).toBe(true);
    const aside = await box("aside:has(nav)");
    const isBelow = said.y >= aside.y + aside.height - 1;
    expect(isBelow || said.y + said.height <= frame.y + 1, JSON.stringify({ said, aside })).toBe(true);
  });
}
