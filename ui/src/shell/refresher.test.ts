import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Accounts } from "../features/accounts/accounts.svelte";
import { Start } from "../features/accounts/start.svelte";
import { OverviewState } from "../features/overview/overview-state.svelte";
import { recordedBackend, type Recorded } from "../ipc/fixtures";
import live from "../ipc/fixtures/live.json";
import type { Due } from "../ipc/bindings/Due";
import type { RefreshView } from "../ipc/bindings/RefreshView";
import { Announcements } from "../primitives/announcements.svelte";
import { around, failing, slow } from "../test-answers";
import { Refresher } from "./refresher.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A window that looks at account 1, and what the engine says is due, in turn; nobody is afterwards. */
async function refreshing(...due: Due[]) {
  const backend = recordedBackend(live as unknown as Recorded);
  const announcements = new Announcements();
  const start = new Start(backend);
  const accounts = new Accounts(backend, start, announcements, around());
  const overview = new OverviewState(backend, accounts, announcements, around());
  const { overview: first } = await start.ask();
  overview.begin(first);
  accounts.look(1);
  const looked = vi.fn(() => Promise.resolve(due.shift() ?? { accounts: [], next_in_seconds: 300 }));
  backend.due = looked;
  const refresher = new Refresher(backend, accounts, overview, announcements);
  const asked = () => backend.calls.filter(([name]) => name === "refresh").map(([, account]) => account);
  return { backend, announcements, overview, refresher, looked, asked };
}

const afterSeconds = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

test("who is due is asked about, the account that is looked at first; then it waits as it is told", async () => {
  const { refresher, looked, asked } = await refreshing(
    { accounts: [2, 1, 3], next_in_seconds: 5 },
    { accounts: [], next_in_seconds: 120 },
  );
  refresher.look();
  await afterSeconds(0.3);
  expect(looked).not.toHaveBeenCalled();
  await afterSeconds(0.2);
  expect(asked()).toEqual([1, 2, 3]);
  expect(looked).toHaveBeenCalledTimes(2);
  await afterSeconds(119);
  expect(looked).toHaveBeenCalledTimes(2);
  await afterSeconds(2);
  expect(looked).toHaveBeenCalledTimes(3);
});

test("nobody is asked who isn't due, and there is one timer", async () => {
  const { refresher, looked, asked } = await refreshing({ accounts: [], next_in_seconds: 60 });
  for (let again = 0; again < 5; again += 1) refresher.look();
  await afterSeconds(59);
  expect([looked.mock.calls.length, asked()]).toEqual([1, []]);
  refresher.stop();
  await afterSeconds(3600);
  expect(looked).toHaveBeenCalledOnce();
});

test("what is to be looked at while a vendor takes its time is looked at afterwards", async () => {
  const { backend, refresher, looked } = await refreshing({ accounts: [1], next_in_seconds: 5 });
  const { answer, come } = slow<RefreshView>();
  backend.refresh = () => answer;
  refresher.look();
  await afterSeconds(1);
  expect([looked.mock.calls.length, refresher.refreshing]).toEqual([1, true]);
  refresher.look();
  await afterSeconds(2);
  expect(looked).toHaveBeenCalledTimes(1);
  come({} as RefreshView);
  await afterSeconds(1);
  expect([looked.mock.calls.length, refresher.refreshing]).toEqual([3, false]);
});

test("where the engine can't say who is due it is looked again later", async () => {
  const { backend, refresher, looked } = await refreshing();
  backend.due = looked.mockImplementationOnce(failing("The records can't be read."));
  refresher.look();
  await afterSeconds(299);
  expect(looked).toHaveBeenCalledOnce();
  await afterSeconds(2);
  expect(looked).toHaveBeenCalledTimes(2);
});

test("by hand the account that is looked at is asked about, once at a time; a failure leaves its figures", async () => {
  const { backend, announcements, overview, refresher, asked } = await refreshing();
  const before = overview.shown;
  await Promise.all([refresher.refresh(), refresher.refresh()]);
  expect(asked()).toEqual([1]);
  backend.refresh = failing("The records can't be written.");
  await refresher.refresh();
  expect(overview.shown).toEqual(before);
  expect([announcements.latest?.bad, refresher.refreshing]).toEqual([true, false]);
});

test("why the vendor wasn't asked by hand is said, with when it is asked again", async () => {
  const { backend, announcements, refresher } = await refreshing();
  const until = { moment: "2026-11-21T10:02:00Z" };
  const why = { code: "left-alone", values: { vendor: { text: "Kiro" }, until } };
  const { refresh } = backend;
  backend.refresh = async (...asked) => {
    const refreshed = await refresh(...asked);
    return { ...refreshed, not_asked: { why, until: until.moment } };
  };
  await refresher.refresh();
  expect(announcements.latest?.text).toContain("Kiro was not asked: it asks to wait until");
  expect(announcements.latest?.bad).toBe(false);
  expect(refresher.notAsked).toEqual({ why, until: until.moment });
  backend.refresh = refresh;
  await refresher.refresh();
  expect(refresher.notAsked).toBeNull();
});

test("what came of asking by hand is said; a failure where the figures aren't seen, and until it is over", async () => {
  const { backend, announcements, refresher } = await refreshing();
  await refresher.refresh();
  expect(announcements.latest?.text).toMatch(/^Refreshed: [\d.,]+ credits/);
  const { refresh } = backend;
  const failure = { code: "sign-in-again", values: { vendor: { text: "Kiro" } } };
  backend.refresh = async (...asked) => ({ ...(await refresh(...asked)), failure });
  await refresher.refresh();
  expect(announcements.latest?.bad).toBe(false);
  vi.spyOn(refresher as unknown as { areSeen: () => boolean }, "areSeen").mockReturnValue(false);
  await refresher.refresh();
  expect(announcements.latest).toEqual({ text: "Open Kiro to sign in again.", bad: true });
  backend.refresh = refresh;
  await refresher.refresh();
  expect(announcements.shown.map(({ bad }) => bad)).toEqual([false]);
});
