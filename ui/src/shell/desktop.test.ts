import { afterEach, describe, expect, test } from "vitest";
import { locale } from "../format/locale.svelte";
import type { Standing } from "../ipc/bindings/Standing";
import type { TrayWords } from "../ipc/bindings/TrayWords";
import counted from "../ipc/fixtures/counted.json";
import live from "../ipc/fixtures/live.json";
import organisation from "../ipc/fixtures/organisation.json";
import personal from "../ipc/fixtures/personal.json";
import team from "../ipc/fixtures/team.json";
import teamEmpty from "../ipc/fixtures/team-empty.json";
import undecided from "../ipc/fixtures/undecided.json";
import { speak } from "../messages/language.svelte";
import { say } from "../messages/sayings";
import { writeTray } from "./desktop";
import type { Workspace } from "./workspace.svelte";

const standing = (of: { start: { overview: unknown } }) => of.start.overview as Standing;

/** What the tray is given while these accounts are known, the first of them shown. */
async function written(known: Standing[], hidden: number[] = [], asks = false): Promise<TrayWords> {
  let words!: TrayWords;
  const accounts = known.map(({ account }, index) => ({
    ...account,
    id: index + 1,
    hidden: hidden.includes(index + 1),
  }));
  const workspace = {
    accounts: { all: [...accounts, { ...accounts[0]!, id: 99, name: "Not looked at yet" }] },
    overview: { shown: known[0], of: (id: number) => known[id - 1], asking: { on: asks } },
    backend: { setTray: (given: TrayWords) => Promise.resolve(void (words = given)) },
  };
  await writeTray(workspace as unknown as Workspace, () => undefined);
  return words;
}

const all = [live, organisation, team, personal].map(standing);

afterEach(async () => {
  locale.hidden = false;
  await speak("en", null);
});

describe("the tray", () => {
  test.each([
    [
      "en",
      [/^Kiro: [\d,.]+ left$/, /: (at least )?\$[\d,.]+ this month$/, /: \$62\.50 left$/, /^Kilo: \$23\.75 left$/],
    ],
    [
      "de",
      [
        /^Kiro: [\d,.]+ übrig$/,
        /: (mindestens )?[\d,.]+\s\$ diesen Monat$/,
        /: 62,50\s\$ übrig$/,
        /^Kilo: 23,75\s\$ übrig$/,
      ],
    ],
  ] as const)("has what is left in its title, of every kind: %s", async (language, titles) => {
    await speak(language, null);
    for (const [index, title] of titles.entries()) expect.soft((await written([all[index]!])).title).toMatch(title);
  });

  test("tells the verdict as the window's first sentence does, with what it rests on", async () => {
    for (const of of all) {
      const { verdict, reasons } = await written([of]);
      expect.soft(verdict).toBe(say(of.verdict.sentence));
      expect.soft(verdict).not.toBe("");
      for (const reason of of.verdict.reasons) expect.soft(reasons).toContain(say(reason));
    }
  });

  test("lists the accounts that aren't hidden; of those that nothing is known of yet the names", async () => {
    const words = await written(all, [2], true);
    expect(words.accounts.map(({ id }) => id)).toEqual([1, 3, 4, 99]);
    expect(words.accounts.at(-1)!.label).toBe("Not looked at yet");
    expect(words.accounts[0]!.label).toBe(words.title);
    expect([words.open, words.refresh, words.quit]).toEqual(["Open Headroom", "Refresh", "Quit"]);
  });

  test("says no figure where none is known, and never nothing", async () => {
    for (const of of [standing(undecided), standing(teamEmpty)]) {
      const { title } = await written([of]);
      expect.soft(title).toBe(`${of.account.name}: not known`);
    }
  });

  // It said "not known yet" of a plan that has no limit.
  test("says of a plan without a limit that it has none", async () => {
    const unlimited = { ...standing(counted), left: null, unlimited: true } as Standing;
    expect((await written([unlimited])).title).toBe(`${unlimited.account.name}: no limit, as Kiro says`);
  });

  test("shows no amount while amounts are hidden", async () => {
    locale.hidden = true;
    for (const of of all) {
      const { title, verdict, reasons } = await written([of]);
      expect.soft(title).toContain("•••");
      expect.soft(`${title} ${verdict} ${reasons}`).not.toMatch(/\$\d|\d\.\d\d/);
    }
  });
});
