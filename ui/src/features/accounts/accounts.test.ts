import { expect, test } from "vitest";
import { recordedBackend, type Recorded } from "../../ipc/fixtures";
import organisation from "../../ipc/fixtures/organisation.json";
import { Announcements } from "../../primitives/announcements.svelte";
import { around, failing } from "../../test-answers";
import { Accounts } from "./accounts.svelte";
import { Start } from "./start.svelte";

async function known() {
  const backend = recordedBackend(organisation as unknown as Recorded);
  const announcements = new Announcements();
  const start = new Start(backend);
  const beside = around();
  const accounts = new Accounts(backend, start, announcements, beside);
  await start.ask();
  accounts.look(1);
  return { backend, announcements, beside, accounts };
}

test("when an account is removed the first that is left is shown, and it can be taken back", async () => {
  const { accounts, announcements, beside } = await known();
  await accounts.remove(accounts.current!);
  expect(beside.goTo).toHaveBeenLastCalledWith(2);
  expect(announcements.latest?.text).toBe("Kiro organisation is removed.");
  await announcements.latest!.undo!();
  expect(accounts.all.map(({ id }) => id)).toEqual([1, 2]);
  expect(beside.goTo).toHaveBeenLastCalledWith(1);
});

test("after the last account nothing is looked at", async () => {
  const { accounts, beside } = await known();
  await accounts.remove(accounts.all[1]!);
  await accounts.remove(accounts.all[0]!);
  expect(beside.goTo).toHaveBeenLastCalledWith(null);
});

test("a hidden account is shown while it is looked at", async () => {
  const { accounts, announcements } = await known();
  await accounts.hide(accounts.current!, true);
  expect(accounts.shown.map(({ id }) => id)).toEqual([1, 2]);
  accounts.look(2);
  expect(accounts.shown.map(({ id }) => id)).toEqual([2]);
  await announcements.latest!.undo!();
  expect(accounts.shown.map(({ id }) => id)).toEqual([1, 2]);
});

test("what can't be done changes nothing, and is said", async () => {
  const { backend, accounts, announcements, beside } = await known();
  backend.renameAccount = failing("That name is taken.");
  expect(await accounts.rename(accounts.current!, "Kiro")).toBe(false);
  expect(beside.reload).not.toHaveBeenCalled();
  expect(announcements.latest).toEqual({ text: "That name is taken.", bad: true });
  expect(accounts.current?.name).toBe("Kiro organisation");
});

test("facts of a new account are those of the account that is looked at from then on", async () => {
  const { backend, accounts, announcements, beside } = await known();
  const account = { ...accounts.all[1]!, id: 7 };
  const replaced = [{ plan: "Power", on: "2026-12-01" }];
  backend.saveFacts = () => Promise.resolve({ account, changed: true, record: null, replaced });
  expect(await accounts.saveFacts(null, { plan: "pro" })).toBe(true);
  expect(accounts.selected).toBe(7);
  expect(beside.reload).toHaveBeenCalledOnce();
  expect(announcements.latest?.text).toContain("The change to Power recorded on 1 December");
  backend.saveFacts = () => Promise.resolve({ account, changed: false, record: null, replaced: [] });
  await accounts.saveFacts(7, {});
  expect(announcements.latest?.text).toBe("Nothing changed: the account has these facts already.");
});
