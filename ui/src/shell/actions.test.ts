import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import live from "../ipc/fixtures/live.json";
import organisation from "../ipc/fixtures/organisation.json";
import { recordedBackend, type Recorded } from "../ipc/fixtures";
import { speak, t } from "../messages";
import type { ActionName, SectionName } from "../messages";
import { fits } from "../primitives/search";
import { actionsOf } from "./actions";
import { Workspace } from "./workspace.svelte";

async function window(of: unknown) {
  const workspace = new Workspace(recordedBackend(of as Recorded));
  await workspace.open();
  const go = vi.fn(() => Promise.resolve());
  const actions = () => actionsOf(workspace, { go, shortcuts: vi.fn() });
  return { workspace, go, actions };
}

/** What is found by some words, the best first. */
function found(actions: ReturnType<typeof actionsOf>, wanted: string): string[] {
  return actions
    .map(({ name, also }) => ({ name, fit: fits(wanted, name, also) }))
    .filter(({ fit }) => fit > 0)
    .sort((one, other) => other.fit - one.fit)
    .map(({ name }) => name);
}

const action = (name: Exclude<ActionName, "language">) => () => t().palette.actions[name];
const section = (name: SectionName) => () => t().palette.section({ name: t().palette.sections[name] });
const german = () => t().palette.language({ name: "Deutsch" });
const plans = () => t().palette.goTo({ view: t().views.plans });

/** What somebody types, and what has to be among the first that is found. */
const words: [english: string, german: string, wanted: () => string][] = [
  ["import", "importieren", action("import-files")],
  ["upload", "hochladen", action("import-files")],
  ["folder", "verzeichnis", action("import-folders")],
  ["add account", "konto hinzufügen", action("add-account")],
  ["new account", "neu konto", action("add-account")],
  ["export", "exportieren", action("export-all")],
  ["csv", "tabelle", action("csv")],
  ["excel", "excel", action("csv")],
  ["pdf", "drucken", action("pdf")],
  ["json", "json", action("json")],
  ["overage", "mehrverbrauch", action("overage")],
  ["pay-as-you-go", "schalter", action("overage")],
  ["upgrade", "tarif wechseln", action("upgrade")],
  ["downgrade", "kündigen", action("upgrade")],
  ["price", "preis", plans],
  ["settings", "einstellungen", () => t().palette.goTo({ view: t().views.settings })],
  ["notifications", "benachrichtigungen", action("notifications")],
  ["budget", "wächter", action("notifications")],
  ["language", "sprache", german],
  ["deutsch", "german", german],
  ["delete", "löschen", action("delete-all")],
  ["wipe", "loeschen", action("delete-all")],
  ["help", "hilfe", action("shortcuts")],
  ["keyboard", "tastatur", action("shortcuts")],
  ["bug", "fehler", action("problem")],
  ["backup", "sicherung", action("back-up")],
  ["copy", "sicherungskopie", action("back-up")],
  ["hide amounts", "beträge verbergen", action("hide")],
  ["privacy", "betraege", action("hide")],
  ["theme", "thema", action("dark")],
  ["night", "dunkel", action("dark")],
  ["zoom", "vergrößern", action("zoom-in")],
  ["bigger", "groesser", action("zoom-in")],
  ["smaller", "kleiner", action("zoom-out")],
  ["undo", "rückgängig", action("undo")],
  ["history", "verlauf", section("history")],
  ["refresh", "aktualisieren", action("refresh")],
  ["sync", "abrufen", action("refresh")],
  ["remove", "entfernen", action("remove-account")],
  ["sample", "beispiel", action("samples")],
  ["demo", "muster", action("samples")],
  ["simulate", "simulieren", action("scenario")],
  ["version", "lizenz", section("about")],
  ["country", "land", section("account")],
  ["login", "anmeldung", section("live")],
  ["tray", "infobereich", action("tray")],
  ["startup", "autostart", action("autostart")],
  ["battery", "akku", action("battery")],
];

describe.each([
  ["en", 0],
  ["de", 1],
] as const)("spoken: %s", (language, column) => {
  beforeAll(() => speak(language, null));
  afterAll(() => speak("en", null));

  test.each(words.map((row) => [row[column], row[0], row[2]] as const))("%s", async (typed, english, wanted) => {
    const { actions } = await window(live);
    // Whatever is spoken, both languages' words are found.
    for (const word of [typed, english]) {
      const name = wanted();
      const at = found(actions(), word).indexOf(name);
      expect(at, `${word}: ${name}`).toBeGreaterThanOrEqual(0);
    }
    expect(found(actions(), typed).slice(0, 8), typed).toContain(wanted());
  });
});

test("every action has other words in both languages, and a name of its own", async () => {
  const { actions } = await window(organisation);
  const names = actions().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(Object.values(t().synonyms.actions).filter((also) => also.split(" ").length < 4)).toEqual([]);
});

test("what can't be done isn't offered", async () => {
  const { actions } = await window(organisation);
  const names = actions().map(({ name }) => name);
  const of = t().palette.actions;
  expect(names).not.toContain(of.upgrade);
  expect(names).not.toContain(of.overage);
  expect(names).not.toContain(of.refresh);
  expect(names).toContain(of["all-accounts"]);
  const alone = (await window(live)).actions().map(({ name }) => name);
  expect(alone).toEqual(expect.arrayContaining([of.upgrade, of.overage, of.refresh]));
  expect(alone).not.toContain(of["all-accounts"]);
});

test("a section of Settings is gone to, and a size is chosen", async () => {
  const { workspace, go, actions } = await window(live);
  const run = (name: string) =>
    actions()
      .find((of) => of.name === name)!
      .run();
  run(t().palette.actions.notifications);
  expect(go).toHaveBeenCalledWith("settings", "alerts");
  run(t().palette.actions["zoom-in"]);
  await vi.waitFor(() => expect(workspace.start.settings?.zoom).toBe(110));
  expect(workspace.announcements.latest?.text).toBe("110 %");
});

test("words are found by their beginnings, without accents and case, and all of them have to be", () => {
  expect(fits("GROESS", "Größer")).toBeGreaterThan(0);
  expect(fits("gross", "Größer")).toBeGreaterThan(0);
  expect(fits("delete all", "Delete everything", "all wipe")).toBeGreaterThan(0);
  expect(fits("delete nothing", "Delete everything", "all wipe")).toBe(0);
  expect(fits("", "Anything")).toBeGreaterThan(0);
  expect(fits("theme", "Dark colours", "theme night")).toBeLessThan(fits("dark", "Dark colours", "theme night"));
});
