import { expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import organisation from "../../ipc/fixtures/organisation.json";
import type { Standing } from "../../ipc/bindings/Standing";
import { Announcements } from "../../primitives/announcements.svelte";
import { around, failing, slow } from "../../test-answers";
import { Accounts } from "../accounts/accounts.svelte";
import { Start } from "../accounts/start.svelte";
import { OverviewState } from "./overview-state.svelte";

async function standing() {
  const backend = recordedBackend(organisation as unknown as Recorded);
  const announcements = new Announcements();
  const start = new Start(backend);
  const beside = around();
  const accounts = new Accounts(backend, start, announcements, beside);
  const overview = new OverviewState(backend, accounts, announcements, beside);
  const { overview: first } = await start.ask();
  overview.begin(first);
  accounts.look(1);
  return { backend, accounts, announcements, overview, beside, first: first! };
}

// Once `reload` and the switch showed what came late under whichever account was looked at by then.
test("an answer that comes late stands where it belongs, not under the account that is looked at", async () => {
  const { backend, accounts, overview, first } = await standing();
  const { answer, come } = slow<Standing>();
  backend.overview = () => answer;
  const asked = overview.load(1);
  accounts.look(2);
  come({ ...first, as_of: "2026-11-21T11:00:00Z" });
  await asked;
  expect(overview.shown).toBeNull();
  expect(overview.of(1)?.as_of).toBe("2026-11-21T11:00:00Z");
});

test("of the accounts beside it those are known that answered", async () => {
  const { backend, accounts, overview, first } = await standing();
  await overview.loadOthers();
  expect(overview.of(2)?.account.id).toBe(2);
  expect(overview.shown).toEqual(first);
  accounts.look(2);
  backend.overview = failing("it is damaged");
  await overview.loadOthers();
  expect([overview.of(1), overview.shown?.account.id]).toEqual([null, 2]);
});

test("when the vendor was asked to turn the switch it is looked for soon", async () => {
  const { backend, overview, beside } = await standing();
  await overview.requestOverage(true);
  expect(backend.calls).toContainEqual(["requestOverage", 1, true]);
  expect(beside.look).toHaveBeenCalledOnce();
});

test("a switch that can't be turned leaves what is shown", async () => {
  const { backend, announcements, overview, beside, first } = await standing();
  backend.requestOverage = failing("Kiro refused.");
  await overview.requestOverage(true);
  expect(overview.shown).toEqual(first);
  expect(beside.look).not.toHaveBeenCalled();
  expect(announcements.latest).toEqual({ text: "Kiro refused.", bad: true });
});
