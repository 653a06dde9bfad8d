/** What is shown can be taken along: a chart as a picture, a table as a file. */
import { expect, test, type Page } from "@playwright/test";
import { navigation, open, show } from "./support";

/** The picture in the clipboard: how large it is, and whether anything is drawn on its ground. */
const copied = (page: Page) =>
  page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const image = await createImageBitmap(await item!.getType("image/png"));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext("2d")!;
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    const colors = new Set<string>();
    for (let at = 0; at < data.length; at += 4) colors.add(data.slice(at, at + 3).join());
    return { width: image.width, height: image.height, colors: colors.size };
  });

test("the chart is copied as a picture, by its button and by Ctrl Shift C", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "sample");
  await page.getByRole("button", { name: /^Copy picture:/ }).click();
  await expect(page.getByText("The picture is copied.")).toBeVisible();
  const first = await copied(page);
  const card = (await page.locator("main figure").locator("xpath=ancestor::section[1]").boundingBox())!;
  expect(first.width, "twice as wide as its card, with a margin").toBeGreaterThan(2 * card.width);
  expect(first.colors, "more than a ground").toBeGreaterThan(20);
  await page.evaluate(() => navigator.clipboard.writeText("nothing"));
  await show(page, "Usage");
  await page.keyboard.press("Control+Shift+C");
  await expect.poll(async () => (await copied(page).catch(() => null))?.width ?? 0).toBeGreaterThan(500);
});

test("a picture that can't be copied is said", async ({ page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.write = () => Promise.reject(new Error("no"));
  });
  await open(page, "sample");
  await page.getByRole("button", { name: /^Copy picture:/ }).click();
  await expect(page.getByText("The picture couldn't be copied.")).toBeVisible();
});

for (const [state, view, title] of [
  ["organisation", "Overview", "By tier"],
  ["organisation", "Team", "Users"],
  ["team", "Team", "Members"],
  ["team", "Overview", "This month"],
  ["sample-team", "Overview", "This month"],
  ["personal", "Overview", "This month"],
  ["sample", "Plans", "Your options"],
  ["sample", "Overview", "This billing month"],
] as const)
  test(`a table is saved as it was answered, without a name for what isn't known: ${state}, ${view}`, async ({
    page,
  }) => {
    await open(page, state);
    await show(page, view);
    await page
      .getByRole("button", { name: `Save as CSV… ${title}` })
      .first()
      .click();
    // Who plays the engine refuses cells that are written for people, and rows of another width than the head.
    await expect(page.getByText(`Saved as /home/ada/${title}.csv.`)).toBeVisible();
  });

test("every chart and every table has the same controls", async ({ page }) => {
  for (const state of ["sample", "organisation", "team", "personal"] as const) {
    await open(page, state);
    for (const view of (await navigation(page).getByRole("button").allInnerTexts()).filter(
      (name) => name !== "Settings",
    )) {
      await show(page, view.trim());
      const bare = await page.locator("main").evaluate((main) => {
        const isWithout = (of: Element, control: string) => !of.closest("figure, section")?.querySelector(control);
        return [
          ...[...main.querySelectorAll("[role=slider]")].filter((of) => !of.closest("figure")),
          ...[...main.querySelectorAll("figure")].filter((of) => isWithout(of, "[data-copies]")),
          ...[...main.querySelectorAll("figure, .table")].filter((of) => isWithout(of, "[data-saves]")),
        ].map((of) => of.getAttribute("aria-label") ?? of.textContent!.slice(0, 40));
      });
      expect.soft(bare, `${state}, ${view}`).toEqual([]);
    }
  }
});
