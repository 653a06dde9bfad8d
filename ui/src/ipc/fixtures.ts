/**
 * A stand-in for the backend that answers with what the real engine answered (`fixtures/*.json`,
 * written by `make generate`). For tests; no build that ships contains it.
 */
import type { AccountNumber } from "./bindings/AccountNumber";
import type { Backend } from "./backend";
import type { AppError } from "./bindings/AppError";
import type { ImportView } from "./bindings/ImportView";
import type { PlansView } from "./bindings/PlansView";
import type { ReceiptView } from "./bindings/ReceiptView";
import type { StartView } from "./bindings/StartView";

export interface Recorded {
  start: StartView;
  plans?: PlansView;
  receipts?: Record<string, ReceiptView>;
}

/** What was asked of it, oldest first. */
export type Call = [name: keyof Backend, ...rest: unknown[]];

const imported: ImportView = {
  account: 1,
  from: "/home/ada/.kiro/sessions/cli",
  files: 4,
  added: 7,
  credits: "8.08",
  known: 2,
  unmetered: 2,
  undated: 0,
  skipped: [
    {
      path: "/home/ada/.kiro/sessions/cli/e5e5-cut-off.json",
      reason: "is cut off: the file ends before the session does",
    },
  ],
};

/** A backend that stands on one recorded state; `failure` is what every question then meets. */
export function recordedBackend(recorded: Recorded, failure?: AppError): Backend & { calls: Call[] } {
  const calls: Call[] = [];
  const state = structuredClone(recorded);
  /** Every answer is a value of its own, as it is when it crosses a process. */
  function answer<T>(call: Call, value: () => T | undefined): Promise<T> {
    calls.push(call);
    if (failure) return Promise.reject<T>(failure as unknown as Error);
    const found = value();
    const missing: AppError = { code: "facts-missing", message: "Tell Headroom which plan this account is on." };
    if (found === undefined) return Promise.reject<T>(missing as unknown as Error);
    return Promise.resolve(structuredClone(found));
  }
  async function act(call: Call, change?: () => void): Promise<void> {
    await answer(call, () => {
      change?.();
      return null;
    });
  }
  return {
    calls,
    start: () => answer(["start"], () => state.start),
    // Neither can fail: a window that shows a failure is revealed like any other.
    reveal: () => {
      calls.push(["reveal"]);
      return Promise.resolve();
    },
    painted: (summary) => {
      calls.push(["painted", summary]);
      return Promise.resolve();
    },
    overview: (account: AccountNumber) => answer(["overview", account], () => state.start.overview ?? undefined),
    plans: (account) => answer(["plans", account], () => state.plans),
    receipt: (account, plan) => answer(["receipt", account, plan], () => state.receipts?.[plan]),
    setOverage: (account, enabled) =>
      act(["setOverage", account, enabled], () => {
        if (state.start.overview) state.start.overview.overage.enabled = enabled;
      }),
    requestOverage: (account, enabled) =>
      act(["requestOverage", account, enabled], () => {
        const at = state.start.overview?.as_of ?? "";
        if (state.start.overview) state.start.overview.overage.request = { enabled, at, state: "requested" };
      }),
    refresh: (account, byHand, hidden) =>
      answer(["refresh", account, byHand, hidden], () => state.start.overview?.refresh),
    setAskKiro: (agreed) =>
      act(["setAskKiro", agreed], () => {
        state.start.settings.ask_kiro = agreed;
      }),
    changePlan: (account, plan) => act(["changePlan", account, plan]),
    saveFacts: (account, facts) =>
      answer(["saveFacts", account, facts], () => ({ id: account ?? 1, name: "Kiro", sample: false, facts })),
    openSample: () => answer(["openSample"], () => state.start.accounts[0]),
    removeAccount: (account) =>
      act(["removeAccount", account], () => {
        state.start.accounts = [];
        state.start.overview = null;
      }),
    importKiroSessions: (choose) => answer(["importKiroSessions", choose], () => imported),
    setTheme: (theme) => act(["setTheme", theme]),
    openLink: (link) => act(["openLink", link]),
    showDataFolder: () => act(["showDataFolder"]),
  };
}

const recordings = import.meta.glob<Recorded>("./fixtures/*.json", { import: "default" });

/** The state that the page's address names: `?state=paused`, or `?state=failure`. */
export async function backendOfAddress(address: URL): Promise<Backend> {
  const name = address.searchParams.get("state") ?? "sample";
  const failing = name === "failure";
  const load = recordings[`./fixtures/${failing ? "sample" : name}.json`];
  if (!load) throw new Error(`there is no recorded state "${name}"`);
  const recorded = structuredClone(await load());
  const theme = address.searchParams.get("theme");
  if (theme === "light" || theme === "dark") recorded.start.settings.theme = theme;
  const notice = address.searchParams.get("notice");
  if (notice) recorded.start.notices = [notice];
  const failure: AppError = {
    code: "store",
    message: "/home/ada/.local/share/headroom/headroom.db could not be opened: it is not a database",
  };
  return recordedBackend(recorded, failing ? failure : undefined);
}
