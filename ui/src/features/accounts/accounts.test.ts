import { expect, test } from "vitest";
import type { Choice } from "../../ipc/bindings/Choice";
import type { RefreshView } from "../../ipc/bindings/RefreshView";
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
  backend.saveFacts = () =>
    Promise.resolve({ account, changed: true, since_is_missing: false, record: null, replaced });
  expect(await accounts.saveFacts(null, { plan: "pro" })).toBe(true);
  expect(accounts.selected).toBe(7);
  expect(beside.reload).toHaveBeenCalledOnce();
  expect(announcements.latest?.text).toContain("The change to Power of 1 December");
  backend.saveFacts = () =>
    Promise.resolve({ account, changed: false, since_is_missing: false, record: null, replaced: [] });
  await accounts.saveFacts(7, {});
  expect(announcements.latest?.text).toBe("Nothing changed: these details are saved already.");
});

test("a plan that wasn't sold at the first payment asks since when it is held", async () => {
  const { backend, accounts, announcements } = await known();
  const account = accounts.all[1]!;
  backend.saveFacts = () =>
    Promise.resolve({ account, changed: true, since_is_missing: true, record: 4, replaced: [] });
  await accounts.saveFacts(account.id, { plan: "pro-max" });
  expect(announcements.latest?.text).toContain("add the day you moved to it");
});

test("an account is made of what its vendor says, and what came of asking is known where it was in vain", async () => {
  const { backend, accounts, beside } = await known();
  accounts.look(null);
  const kind = accounts.all[1]!.billing;
  Object.assign(beside, { goTo: (account: number | null) => Promise.resolve(accounts.look(account)) });
  const failure = { code: "offline", values: { vendor: { text: "Kiro" } } };
  const asked = { on: true, failure, undecided: true } as unknown as RefreshView;
  backend.refresh = () => Promise.resolve(asked);
  await accounts.fromLogin(kind, "kiro");
  expect(backend.calls.filter(([name]) => name === "addAccount")).toEqual([["addAccount", kind, null]]);
  expect(backend.calls.some(([name, choice]) => name === "choose" && (choice as Choice).what === "ask")).toBe(true);
  expect([accounts.selected, accounts.asked]).toEqual([9, asked]);
  // The next time the same account is asked about.
  await accounts.fromLogin(kind, "kiro");
  expect(backend.calls.filter(([name]) => name === "addAccount")).toHaveLength(1);
});

test("a login that is chosen is the account's, and everything is asked for anew", async () => {
  const { backend, accounts, beside } = await known();
  const login = { key: "ada", user: "ada", found_in: "/x", chosen: true, plan: null, used: null, left: null, at: null };
  backend.chooseLogin = () => Promise.resolve({ undecided: false, failure: null, logins: [login] });
  await accounts.chooseLogin("ada");
  expect(beside.reload).toHaveBeenCalled();
  expect(accounts.logins?.logins).toEqual([login]);
});
