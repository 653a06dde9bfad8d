import { screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { recordedBackend, type Recorded } from "../ipc/fixtures";
import sample from "../ipc/fixtures/sample.json";
import { patient } from "../ipc/patience";
import { phrasesIn } from "../ipc/words";
import { own } from "./own";

/** The window as a page has it that was just loaded: nothing was said in it yet. */
async function loaded() {
  vi.resetModules();
  const [messages, svelte, app, workspace] = await Promise.all([
    import("."),
    import("svelte"),
    import("../shell/App.svelte"),
    import("../shell/workspace.svelte"),
  ]);
  return { ...messages, ...svelte, App: app.default, Workspace: workspace.Workspace };
}

describe("while the engine doesn't answer", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test.each([
    ["en-GB", "Headroom doesn't answer", "There was no answer for 30 seconds.", "Try again"],
    ["de-CH", "Headroom antwortet nicht", "30 Sekunden lang kam keine Antwort.", "Noch einmal versuchen"],
  ])("that is said in the page's own words (%s)", async (locale, title, sentence, again) => {
    vi.stubGlobal("navigator", { ...navigator, languages: [locale] });
    const { App, Workspace, mount, phrasesFrom, unmount } = await loaded();
    const silent = () => new Promise<never>(() => undefined);
    const recorded = recordedBackend(sample as unknown as Recorded);
    const backend = patient({ ...recorded, start: silent, phrases: silent });
    phrasesFrom(backend);
    const workspace = new Workspace(backend);
    const window = mount(App, { target: document.body, props: { workspace } });
    const opening = workspace.open();
    await vi.advanceTimersByTimeAsync(120_000);
    await opening;
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe(title);
    expect(screen.getByText(new RegExp(`^${sentence}`))).toBeTruthy();
    expect(screen.getByRole("button", { name: again })).toBeTruthy();
    const texts = screen.getAllByRole("button").map((button) => button.textContent);
    expect(texts.filter((text) => text.trim() === "")).toEqual([]);
    await unmount(window);
  });
});

test("before the engine has told them, a word is empty and never an error", async () => {
  const { t } = await loaded();
  const { plans, overage } = t();
  expect([`${plans.question}`, `${plans.totalBy({ day: "1 May" })}`, `${overage.confirmed.on({ at: "x" })}`]).toEqual([
    "",
    "",
    "",
  ]);
  expect(t().failure.again).toBe("Try again");
});

test("each language is asked for once, and made ready once", async () => {
  const { phrasesFrom, speak, t } = await loaded();
  const phrases = vi.fn(phrasesIn);
  phrasesFrom({ phrases });
  await speak("en", null);
  const first = t().plans;
  await speak("de", null);
  expect(t().plans.totalBy({ day: "1. Mai" })).toBe("Gesamt bis 1. Mai");
  await speak("en", null);
  expect(t().plans).toBe(first);
  expect(phrases.mock.calls).toEqual([["en"], ["de"]]);
});

test("the page speaks every language that the engine has words in", async () => {
  const { languages } = await loaded();
  const files = Object.keys(import.meta.glob("../../../src-tauri/crates/app/words/*.json"));
  const tags = files.map((file) => /(\w+)\.json$/.exec(file)?.[1]).sort();
  expect(Object.keys(languages).sort()).toEqual(tags);
  expect(Object.keys(own).sort()).toEqual(tags);
});
