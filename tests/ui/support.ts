import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Locator, type Page } from "@playwright/test";

/** The states the engine's answers were recorded in (`tests/contract/fixtures.rs`), and a failure. */
export const states = [
  "first-run",
  "nothing-found",
  "login-found",
  "by-login",
  "undecided",
  "unlisted",
  "sample",
  "projects",
  "counted",
  "empty",
  "free-bonus",
  "packs",
  "stated",
  "month-end",
  "free",
  "repriced",
  "live",
  "requested",
  "offline",
  "outdated",
  "first-paid-month",
  "paused",
  "over",
  "kilo-found",
  "team-empty",
  "team",
  "team-pass",
  "suspended",
  "personal",
  "personal-empty",
  "personal-expired",
  "personal-unknown-pass",
  "organisation-empty",
  "organisation",
  "partial",
  "failure",
] as const;
export type State = (typeof states)[number];
export const themes = ["light", "dark"] as const;
export const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
] as const;

/** Opens the window in a recorded state and waits until it has painted. */
export async function open(
  page: Page,
  state: State,
  theme: (typeof themes)[number] = "light",
  more: Record<string, string> = {},
): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.goto(`/?${new URLSearchParams({ state, theme, ...more }).toString()}`);
  await expect(page.locator("html")).toHaveAttribute("data-painted", "yes");
  if (process.env.LETTERS) await setLetters(page);
}

/** Where one goes from view to view. */
export function navigation(page: Page): Locator {
  return page.locator("aside nav");
}

/** The views that can be reached; one nameless view where there is no navigation. */
export async function views(page: Page): Promise<string[]> {
  const names = await navigation(page).getByRole("button").allInnerTexts();
  return names.length > 0 ? names.map((name) => name.trim()) : [""];
}

/** Goes to a view and waits until all of it is drawn: what lies below its figures comes a frame after them. */
export async function show(page: Page, view: string): Promise<void> {
  if (view === "") return;
  await navigation(page).getByRole("button", { name: view, exact: true }).click();
  if (!page.url().includes("hold=")) await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
  await drawn(page);
}

/** The statements' own font, so that none of the machine's decides where lines break. */
const font = readFileSync("src-tauri/crates/app/fonts/NotoSans-Regular.ttf").toString("base64");
/** Widths of the letters, in percent, that a layout is recorded with: no two browsers draw them equally wide. */
export const widths = [98, 99, 100, 101, 102];
/** The width a run is tried with: `LETTERS=101 npm run test:ui`. */
export const usualWidth = Number(process.env.LETTERS ?? 100);

/** Sets the whole page in it; nothing moves by itself. */
export async function setLetters(page: Page, width = usualWidth): Promise<void> {
  const family = `Letters ${width}`;
  const content = `
    @font-face { font-family: "${family}"; src: url(data:font/ttf;base64,${font}); size-adjust: ${width}%; }
    *, *::before, *::after { font-family: "${family}" !important; transition: none !important; animation: none !important; }
    * { scrollbar-width: none; }`;
  await page.addStyleTag({ content });
  await page.evaluate((name) => document.fonts.load(`16px "${name}"`).then(() => undefined), family);
  await drawn(page);
}

/** Waits until all that the page knows is drawn; what measures itself may need a frame to say so. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
  });
}

/** What reaches beyond the window's sides, and text that is cut off where it stands. Names of people and models
 * may be shortened: they can be read whole in their titles. */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // What is there for screen readers alone: of that class, or drawn the same way where a table folds.
    const isUnseen = (element: Element): boolean =>
      getComputedStyle(element).clipPath === "inset(50%)" ||
      (element.parentElement !== null && isUnseen(element.parentElement));
    const wide = (element: Element) => element.scrollWidth - element.clientWidth > 1;
    const places = [document.documentElement, document.querySelector("main")].filter((place) => place !== null);
    const beyond = places.filter(wide).map((place) => `${place.tagName} scrolls sideways`);
    const clipped = [...document.querySelectorAll<HTMLElement>("body *:not(svg, svg *)")].filter(
      (element) =>
        ["hidden", "clip"].includes(getComputedStyle(element).overflowX) &&
        element.innerText.trim() !== "" &&
        element.title === "" &&
        !isUnseen(element) &&
        wide(element),
    );
    const buttons = [...document.querySelectorAll("button, .badge, th, dt, dd, legend, h1, h2, h3")].filter(
      (element) => !isUnseen(element) && wide(element),
    );
    return [...beyond, ...[...clipped, ...buttons].map((element) => element.outerHTML.slice(0, 160))];
  });
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** Everything axe finds on the page, in words. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const runner = (window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe;
    return (await runner.run()).violations;
  });
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}
