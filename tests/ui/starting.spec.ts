import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { open, themes } from "./support";

// What stands in the window before its script: a page that is styled from the first frame, under the window's own
// policy, and that no picture of the figures can be mistaken for.
const policy = (JSON.parse(readFileSync("tauri.conf.json", "utf8")) as { app: { security: { csp: string } } }).app
  .security.csp;

/** Opens the window with a script that never comes; what the policy refused. */
async function start(page: Page, theme: (typeof themes)[number]): Promise<string[]> {
  const refused: string[] = [];
  page.on("console", (message) => message.text().includes("Content Security Policy") && refused.push(message.text()));
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.route("**/*.js", () => undefined);
  await page.route("/?state=sample", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
  });
  await page.goto("/?state=sample", { waitUntil: "commit" });
  await expect(page.getByText("Reading your figures…")).toBeVisible();
  // Nothing is drawn before the styles are there, but what stands where can be asked for: then of a bare page.
  const styled = () =>
    [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")].every((link) => link.sheet);
  await expect.poll(() => page.evaluate(styled)).toBe(true);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  return refused;
}

const ground = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor);

test("the loading page is a styled skeleton, light and dark, before any script", async ({ page }) => {
  const grounds: string[] = [];
  for (const theme of themes) {
    expect(await start(page, theme)).toEqual([]);
    expect(await page.locator("[style], style").count(), "the policy takes no style of its own").toBe(0);
    const side = (await page.locator(".side").boundingBox())!;
    const cards = await page.locator(".card").all();
    expect(cards).toHaveLength(2);
    const [first, second] = await Promise.all(cards.map(async (card) => (await card.boundingBox())!));
    expect(first!.x, "the cards stand beside the sidebar").toBeGreaterThan(side.x + side.width);
    expect(second!.x, "and beside each other").toBeGreaterThan(first!.x + first!.width);
    expect(first!.y, "at the top").toBeLessThan(160);
    expect(side.height, "the sidebar is as high as the window").toBeGreaterThan(795);
    grounds.push(await ground(page, "body"), await ground(page, ".card"), await ground(page, ".side"));
    await page.unrouteAll();
  }
  expect(new Set(grounds).size, "ground, card and sidebar differ, and differ in the dark").toBe(6);
});

test("the loading page's words come only with a slow start, and its theme is the one that follows", async ({
  page,
}) => {
  await start(page, "dark");
  const before = await ground(page, "body");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "no-preference" });
  const delays = await page
    .locator(".words")
    .evaluate((words) => words.getAnimations().map((animation) => animation.effect?.getTiming().delay));
  expect(delays).toEqual([1000]);
  await page.unrouteAll();
  await open(page, "sample", "dark", { theme: "system" });
  expect(await ground(page, "body")).toBe(before);
  await expect(page.locator(".starting")).toHaveCount(0);
});

/** Whether `make run` would take it for a picture of the figures. */
async function taken(page: Page, name: string): Promise<boolean> {
  const path = `target/playwright-${name}.png`;
  // A page that is still on its way has moments in which the browser has nothing to take a picture of, and says so.
  await expect(() => page.screenshot({ path })).toPass();
  const { status, stderr } = spawnSync("tests/scripts/shows-figures.sh", [path], { encoding: "utf8" });
  expect(stderr).toBe("");
  rmSync(path);
  return status === 0;
}

test("a picture of the loading page is none of the figures", async ({ page }) => {
  execFileSync("convert", ["-version"]);
  for (const theme of themes) {
    await start(page, theme);
    expect(await taken(page, `starting-${theme}`), `loading, ${theme}`).toBe(false);
    await page.unrouteAll();
    await open(page, "sample", theme);
    expect(await taken(page, `figures-${theme}`), `figures, ${theme}`).toBe(true);
    // A style that is late: the words at the top left of a bare page.
    await page.setContent("<main><h1>Headroom</h1><p>Reading your figures…</p></main>");
    expect(await taken(page, `bare-${theme}`), `bare, ${theme}`).toBe(false);
  }
});
