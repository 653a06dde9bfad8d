import { expect, test, type Page } from "@playwright/test";
import { differences, keep, merged, type Box } from "./reference";
import { drawn, navigation, open, setLetters, show, sizes, states, themes, usualWidth, views, widths } from "./support";

// Every view in every state as a tree of boxes, against the tree that somebody looked at (`make references` writes them
// anew). Where a box lies is said against its neighbours: "under 16" is 16 pixels under what stands before it. What
// depends on how wide the letters are was recorded with five widths of them, as a range: no version of a browser draws
// them as wide as another. So a box that moved by 8 pixels differs, and a word that wraps does not.
declare global {
  interface Window {
    readBoxes(): { boxes: Box[]; covered: string[]; overflow: boolean };
  }
}

type Theme = (typeof themes)[number];
const updates = process.env.HEADROOM_UPDATE === "1";

test.beforeEach(async ({ page }) => {
  await page.addInitScript({ path: "tests/ui/boxes.js" });
});

const read = (page: Page) => page.evaluate(() => window.readBoxes());

/** Letters that every file system and archive takes. */
const fileName = (parts: string[]) =>
  parts
    .filter(Boolean)
    .join("-")
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .replace(/[^a-z0-9]+/g, "-");

/** On a busy machine a chart may come a few frames later. What was read in the end. */
async function expectAsLookedAt(page: Page, name: string, about = name) {
  let reading = await read(page);
  const found = async () => {
    const differ = differences(name, reading.boxes);
    if (differ.length > 0) reading = await read(page);
    return differ;
  };
  await expect.poll(found, { message: about }).toEqual([]);
  return reading;
}

/** The page is as it was looked at; what was read of it. */
async function compareBoxes(page: Page, name: string, theme: Theme) {
  if (updates && theme === "light") {
    const readings = [];
    for (const width of [...widths].reverse()) {
      await setLetters(page, width);
      readings.unshift((await read(page)).boxes);
    }
    await setLetters(page);
    keep(name, merged(readings));
  }
  return expectAsLookedAt(page, name, `${name}, ${theme}`);
}

/** Nothing lies over anything or reaches out of the window. */
function expectNothingHidden({ covered, overflow }: Awaited<ReturnType<typeof read>>, about: string) {
  expect({ covered, overflow }, about).toEqual({ covered: [], overflow: false });
}

async function compare(page: Page, parts: string[], theme: Theme = "light") {
  const name = fileName(parts);
  expectNothingHidden(await compareBoxes(page, name, theme), `${name}, ${theme}`);
}

/** The system's theme, which the window follows while it is open. */
async function follow(page: Page, theme: Theme) {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
  await drawn(page);
}

for (const state of states) {
  test(`as it was looked at: ${state}`, async ({ page }) => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await open(page, state, "light", { theme: "system" });
      await setLetters(page);
      for (const view of await views(page)) {
        await show(page, view);
        for (const theme of themes) {
          await follow(page, theme);
          await compare(page, [state, view, String(size.width)], theme);
        }
        await follow(page, "light");
      }
    }
  });
}

/** What a size and a theme don't show: waiting, the other language, hidden amounts, little room between things. */
for (const [name, more] of [
  ["waiting", { hold: "views" }],
  ["german", { language: "de" }],
  ["hidden", { hide: "yes" }],
  ["compact", { compact: "yes" }],
] as const) {
  for (const state of ["sample", "team", "organisation"] as const) {
    test(`as it was looked at: ${name}, ${state}`, async ({ page }) => {
      await page.setViewportSize(sizes[1]);
      await open(page, state, "light", more);
      await setLetters(page);
      for (const view of await views(page)) {
        await show(page, view);
        await compare(page, [state, view, name]);
      }
    });
  }
}

async function closed(page: Page) {
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
}

test("as it was looked at: dialogs and messages", async ({ page }) => {
  await page.setViewportSize(sizes[1]);
  for (const theme of themes) {
    await open(page, "over", theme, { theme: "system" });
    await setLetters(page);
    await page.getByRole("button", { name: "Stop at 1,000 credits" }).click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    await compare(page, ["dialog"], theme);
    await closed(page);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox")).toBeVisible();
    await compare(page, ["palette"], theme);
    await closed(page);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await compare(page, ["shortcuts"], theme);
    await closed(page);
    await navigation(page).getByRole("button", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Remove this account" }).click();
    await expect(page.getByRole("status").filter({ hasText: "is removed" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Open a sample" })).toBeVisible();
    await page.evaluate(() => scrollTo(0, 0));
    await compare(page, ["message"], theme);
  }
});

for (const state of states) {
  test(`nothing lies over anything: the whole of each view, ${state}`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 5200 });
    await open(page, state);
    await setLetters(page);
    for (const view of await views(page)) {
      await show(page, view);
      expect((await read(page)).covered, view).toEqual([]);
    }
  });
}

/** Goes to a view of the sample as it was looked at, with letters of that width. */
async function showSample(page: Page, view: string, width = usualWidth) {
  await page.setViewportSize(sizes[0]);
  await open(page, "sample");
  await setLetters(page, width);
  await show(page, view);
  return `sample-${view.toLowerCase()}-${sizes[0].width}`;
}

// Widths that no reference was recorded with.
for (const width of [98.6, 99.4, 100.7, 101.3]) {
  test(`letters of ${width} % change nothing`, async ({ page }) => {
    for (const view of ["Overview", "Plans", "Invoices", "Usage"]) {
      const name = await showSample(page, view, width);
      await expectAsLookedAt(page, name);
    }
  });
}

test("letters of other widths do move what stands here", async ({ page }) => {
  const reading = async (width: number) => {
    await showSample(page, "Overview", width);
    return JSON.stringify((await read(page)).boxes);
  };
  expect(await reading(99)).not.toEqual(await reading(101));
});

/** What the page differs in with that style on it, and that it doesn't without. */
async function differencesWith(page: Page, name: string, content: string): Promise<string[]> {
  await expectAsLookedAt(page, name, `${name} without the change`);
  const style = await page.addStyleTag({ content });
  await drawn(page);
  const found = differences(name, (await read(page)).boxes);
  await style.evaluate((element: Element) => element.remove());
  await drawn(page);
  return found;
}

for (const view of ["Overview", "Plans", "Invoices", "Usage"]) {
  test(`a card 8 px lower, higher or to the side is noticed: ${view}`, async ({ page }) => {
    const name = await showSample(page, view);
    const cards = await page.locator("main .card").count();
    expect(cards).toBeGreaterThan(1);
    for (let card = 0; card < cards; card += 1) {
      await page.evaluate((index) => {
        document.querySelectorAll(".moved").forEach((element) => element.classList.remove("moved"));
        document.querySelectorAll("main .card")[index]!.classList.add("moved");
      }, card);
      for (const change of [
        "transform: translateY(8px)",
        "transform: translateY(-8px)",
        "transform: translateX(8px)",
        "margin-top: 8px",
        "margin-left: 8px",
        "padding-top: calc(var(--space-5) + 8px)",
      ]) {
        const found = await differencesWith(page, name, `.moved { ${change} !important; }`);
        expect(found, `card ${card}: ${change}`).not.toEqual([]);
      }
    }
  });
}

test("other changes of the layout, the colours and the words are noticed", async ({ page }) => {
  const name = await showSample(page, "Overview");
  for (const change of [
    ".cards { grid-template-columns: 1fr 2fr !important }",
    ".cards { grid-template-columns: minmax(0, 1.2fr) minmax(300px, 1fr) !important }",
    ".all { gap: 40px !important }",
    ".card { background: var(--ground) !important }",
    ".card { border-color: var(--line-strong) !important }",
    ".card { visibility: hidden }",
    ".card h2 { opacity: 0.5 }",
    ".sentence { color: var(--bad) !important }",
    ".soft { color: var(--ink) !important }",
    "h2 { font-size: 15px !important }",
    "h2 { font-weight: 400 !important }",
    "aside { width: 220px }",
    "main svg { height: 150px !important }",
    "main svg polyline { stroke: var(--bar-bad) !important }",
    ".cards dl > div { flex-direction: column }",
    "main header { position: fixed; bottom: 0 }",
  ])
    expect(await differencesWith(page, name, change), change).not.toEqual([]);
});

test("a text that something lies over is noticed, and a page wider than its window", async ({ page }) => {
  await showSample(page, "Overview");
  await page.addStyleTag({ content: ".cards > .card + .card { transform: translateX(-500px) }" });
  expect((await read(page)).covered).not.toEqual([]);
  await page.addStyleTag({ content: ".cards > .card + .card { transform: translateX(500px) }" });
  expect((await read(page)).overflow).toBe(true);
});

test("a dark theme that isn't dark is noticed", async ({ page }) => {
  await page.setViewportSize(sizes[0]);
  await open(page, "sample", "dark", { theme: "system" });
  await setLetters(page);
  const grounds = () =>
    page.evaluate(() =>
      [document.body, ...document.querySelectorAll(".card")].map((element) => {
        const [red, green, blue] = getComputedStyle(element).backgroundColor.match(/\d+/g)!.map(Number);
        return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
      }),
    );
  expect(Math.max(...(await grounds()))).toBeLessThan(64);
  await page.addStyleTag({ content: ".card { background: #fff }" });
  expect(differences("sample-overview-1280", (await read(page)).boxes)).not.toEqual([]);
});
