/**
 * A stand-in for the backend that answers with what the real engine answered (`fixtures/*.json`,
 * written by `make generate`). For tests; no build that ships contains it.
 */
import type { AccountNumber } from "./bindings/AccountNumber";
import type { Backend } from "./backend";
import { doubledBackend } from "./duplicates";
import { crowded } from "./made-up-crowd";
import type { DataCase } from "./data-case";
import { aboutChoices } from "./made-up-choices";
import { aboutImports } from "./made-up-imports";
import { aboutPools, recordedIn, removedNow } from "./made-up-records";
import { restored, unopened } from "./made-up";
import { phrasesIn } from "./words";
import type { AccountSummary } from "./bindings/AccountSummary";
import type { AppError } from "./bindings/AppError";
import type { ChargedNext } from "./bindings/ChargedNext";
import type { ChoiceAsked } from "./bindings/ChoiceAsked";
import type { HistoryEntry } from "./bindings/HistoryEntry";
import type { Kind } from "./bindings/Kind";
import type { LoginsView } from "./bindings/LoginsView";
import type { StatedPools } from "./bindings/StatedPools";
import type { PlansView } from "./bindings/PlansView";
import type { RefreshView } from "./bindings/RefreshView";
import type { ReceiptView } from "./bindings/ReceiptView";
import type { InvoicesView } from "./bindings/InvoicesView";
import type { ReportView } from "./bindings/ReportView";
import type { SeatReceipt } from "./bindings/SeatReceipt";
import type { Standing } from "./bindings/Standing";
import type { StartView } from "./bindings/StartView";
import type { TopUpReceipt } from "./bindings/TopUpReceipt";
import type { UsageRows } from "./bindings/UsageRows";
import type { UsageView } from "./bindings/UsageView";
import type { WhatIfView } from "./bindings/WhatIfView";

export interface Recorded {
  start: StartView;
  /** How the accounts beside the one that is shown stand. */
  others?: Record<string, Standing>;
  /** How an account that is looked at month by month stood in each. */
  months?: Record<string, Standing>;
  more?: { usage: UsageView[]; rows: UsageRows; invoices: InvoicesView };
  whatIf?: WhatIfView;
  /** The same at 80 credits a day. */
  faster?: WhatIfView;
  seats?: { add: SeatReceipt | null; remove: SeatReceipt | null };
  /** The first without an amount asked for. */
  topUps?: TopUpReceipt[];
  plans?: PlansView;
  reports?: ReportView[];
  pools?: StatedPools;
  /** What each choice charges. */
  receipts?: { choice: ChoiceAsked; receipt: ReceiptView }[];
  logins?: LoginsView;
  charged?: ChargedNext;
  history?: HistoryEntry[];
}

/** Where nothing is known of an account yet, asking brings nothing either. */
const askedInVain: RefreshView = {
  on: true,
  last_success: null,
  failure: { code: "offline", values: { vendor: { text: "Kiro" } } },
  failed_at: null,
  next_in_seconds: 300,
  waits: null,
  not_asked: null,
  other_cycle: null,
  undecided: false,
  beside: [],
  too_old: null,
};

/** What was asked of it, oldest first. */
export type Call = [name: keyof Backend, ...rest: unknown[]];

function summary(id: AccountNumber, billing: Kind): AccountSummary {
  const ready = billing !== "kiro-individual";
  return { id, name: "Kiro", billing, sample: false, hidden: false, ready, facts: null, stated_plan: null, team: null };
}

/** What stands behind every answer: the state, which acts change, and the calls so far. */
export interface Recorder {
  readonly state: Recorded;
  readonly calls: Call[];
  answer<T>(call: Call, value: () => T | undefined): Promise<T>;
  act(call: Call, change?: () => void): Promise<void>;
  /** Nothing fails from now on. */
  mend(): void;
}

/** How accounts stand, and what was used and charged. */
function aboutFigures({ state, answer, act }: Recorder) {
  return {
    overview: (account: AccountNumber) =>
      answer(["overview", account], () => state.others?.[account] ?? state.start.overview ?? undefined),
    standingIn: (account, month) => answer(["standingIn", account, month], () => state.months?.[month]),
    plans: (account) => answer(["plans", account], () => state.plans),
    invoices: (account) => answer(["invoices", account], () => state.more?.invoices),
    saveInvoices: (account, period, form, names) =>
      answer(["saveInvoices", account, period, form, names], () => `/home/ada/headroom.${form}`),
    saveMoves: (account, month, users, form) =>
      answer(["saveMoves", account, month, users, form], () => `/home/ada/headroom-moves.${form}`),
    usage: (account, asked) =>
      answer(["usage", account, asked], () => {
        const [running, recent, before] = state.more?.usage ?? [];
        const of = { running, days: recent, month: before, own: recent }[asked.range.kind] ?? running;
        return of && { ...of, only: asked.only };
      }),
    // As strict as the engine, and stricter: what is written for people is no cell.
    saveTable: (table) =>
      answer(["saveTable", table], () => {
        const isCell = (cell: string | null) => cell === null || !/^[–$€]|[$€]$|^\d+,\d/.test(cell);
        const isSound = table.rows.every((row) => row.length === table.columns.length && row.every(isCell));
        return isSound && table.rows.length > 0 ? `/home/ada/${table.title}.csv` : undefined;
      }),
    saveUsage: (account, query) => answer(["saveUsage", account, query], () => "/home/ada/usage.csv"),
    usageRows: (account, query) =>
      answer(["usageRows", account, query], () => {
        if (!state.more) return undefined;
        const wanted = query.search.toLowerCase();
        const rows = state.more.rows.rows.filter((row) =>
          `${row.model ?? ""} ${row.who ?? ""}`.toLowerCase().includes(wanted),
        );
        return wanted
          ? { rows, found: rows.length, total: null, not_summed: rows.length, at_least: true, page: 0, pages: 1 }
          : { ...state.more.rows, page: query.page };
      }),
    topUpReceipt: (account, amount) =>
      answer(["topUpReceipt", account, amount], () => {
        const { topUps } = state;
        return topUps?.find((receipt) => receipt.amount === amount) ?? topUps?.[0];
      }),
    seatReceipt: (account, change) =>
      answer(["seatReceipt", account, change], () => state.seats?.[change.kind] ?? undefined),
    setOverage: (account, enabled) =>
      answer(["setOverage", account, enabled], () => {
        const overview = state.start.overview;
        if (overview?.kind === "kiro-individual") overview.overage.enabled = enabled;
        return recordedIn(state, { what: "overage-switch", on: enabled });
      }),
    chargedNext: () => answer(["chargedNext"], () => state.charged),
    // Whoever looks at the mock agrees to everything: the question is asked outside the page.
    requestOverage: (account, enabled) =>
      answer(["requestOverage", account, enabled], () => {
        const overview = state.start.overview;
        if (overview?.kind === "kiro-individual")
          overview.overage.request = { enabled, at: overview.as_of, state: "requested" };
        return true;
      }),
    due: (hidden) => answer(["due", hidden], () => ({ accounts: [], next_in_seconds: 300 })),
    refresh: (account, byHand, hidden) =>
      answer(["refresh", account, byHand, hidden], () => {
        const overview = state.start.overview;
        return overview && "refresh" in overview ? overview.refresh : askedInVain;
      }),
    alerts: () => answer(["alerts"], () => []),
    tell: (key, title, body) => act(["tell", key, title, body]),
  } satisfies Partial<Backend>;
}

/** Which accounts there are, and what is stated of them. */
function aboutAccounts({ state, answer, act }: Recorder) {
  let removed: Pick<StartView, "accounts" | "overview" | "removed"> | undefined;
  return {
    connectKilo: () => answer(["connectKilo"], () => state.start.accounts),
    setKiloKey: (key) =>
      answer(["setKiloKey", key === null ? null : "…"], () => {
        state.start.found.kilo_key = key !== null;
        state.start.found.kilo_login = key === null ? null : { saying: { code: "system-keyring", values: {} } };
        return true;
      }),
    logins: (account) =>
      answer(["logins", account], () => state.logins ?? { undecided: false, failure: null, logins: [] }),
    chooseLogin: (account, key) =>
      answer(["chooseLogin", account, key], () => {
        for (const login of state.logins?.logins ?? []) login.chosen = login.key === key;
        if (state.logins) state.logins.undecided = false;
        return state.logins;
      }),
    addAccount: (billing, called) =>
      answer(["addAccount", billing, called], () => {
        const added = { ...summary(9, billing), ...(called !== null && { name: called }) };
        state.start.accounts.push(added);
        return added;
      }),
    renameAccount: (account, name) =>
      act(["renameAccount", account, name], () => {
        for (const known of state.start.accounts) if (known.id === account) known.name = name;
      }),
    hideAccount: (account, hidden) =>
      act(["hideAccount", account, hidden], () => {
        for (const known of state.start.accounts) if (known.id === account) known.hidden = hidden;
      }),
    saveTeamFacts: (account, facts) =>
      answer(["saveTeamFacts", account, facts], () => ({ ...summary(account, "kilo-teams"), team: facts })),
    changePlan: (account, plan) =>
      answer(["changePlan", account, plan], () => recordedIn(state, { what: "plan-change", plan })),
    saveFacts: (account, change) =>
      answer(["saveFacts", account, change], () => ({
        account: { ...summary(account ?? 1, "kiro-individual"), facts: { ...state.start.form.defaults, ...change } },
        changed: true,
        since_is_missing: false,
        record: 41,
        replaced: [],
      })),
    openSample: (kind) =>
      answer(
        ["openSample", kind],
        () => state.start.accounts.find(({ billing }) => billing === kind) ?? state.start.accounts[0],
      ),
    removeAccount: (account) =>
      answer(["removeAccount", account], () => {
        removed = structuredClone({ accounts: state.start.accounts, overview: state.start.overview, removed: [] });
        const gone = state.start.accounts.find((known) => known.id === account);
        if (gone && !gone.sample) state.start.removed.unshift(removedNow(gone));
        state.start.accounts = state.start.accounts.filter((known) => known.id !== account);
        state.start.overview = null;
        return true;
      }),
    restoreAccount: (account) =>
      act(["restoreAccount", account], () => {
        if (removed) Object.assign(state.start, removed);
        state.start.removed = state.start.removed.filter(({ id }) => id !== account);
      }),
  } satisfies Partial<Backend>;
}

/** What is around the accounts: settings, files, the desktop. */
function aboutTheMachine({ state, calls, answer, act, mend }: Recorder) {
  let reports: ReportView[] = state.reports ?? [];
  return {
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
    choose: (choice) =>
      act(["choose", choice], () => {
        if (choice.what === "ask") {
          const others = state.start.settings.asks.filter((asked) => asked !== choice.to.vendor);
          state.start.settings.asks = choice.to.agreed ? [...others, choice.to.vendor] : others;
          return;
        }
        const settings = state.start.settings as unknown as Record<string, unknown>;
        settings[choice.what.replaceAll("-", "_")] = choice.to;
      }),
    openLink: (link) => act(["openLink", link]),
    showDataFolder: () => act(["showDataFolder"]),
    restoreData: () => {
      mend();
      state.start.safe_mode = null;
      return answer(["restoreData"], () => restored);
    },
    reports: () => answer(["reports"], () => reports),
    deleteReport: (number) =>
      act(["deleteReport", number], () => {
        reports = reports.filter((report) => report.number !== number);
      }),
    backUp: () => answer(["backUp"], () => "/home/ada/headroom-2026-11-21.db"),
    exportAll: () => answer(["exportAll"], () => "/home/ada/headroom-2026-11-21.jsonl"),
    deleteAll: () =>
      answer(["deleteAll"], () => {
        state.start.accounts = [];
        state.start.overview = null;
        return true;
      }),
    desktop: () => answer(["desktop"], () => ({ tray: true, autostart: false })),
    setAutostart: (on) => act(["setAutostart", on]),
    setTray: (words) => act(["setTray", words]),
  } satisfies Partial<Backend>;
}

/** A backend that stands on one recorded state; `failure` is what every question then meets. */
export function recordedBackend(
  recorded: Recorded,
  failure?: AppError,
  holdImports = false,
): Backend & { calls: Call[] } {
  const calls: Call[] = [];
  const state = structuredClone(recorded);
  /** Every answer is a value of its own, as it is when it crosses a process. */
  function answer<T>(call: Call, value: () => T | undefined): Promise<T> {
    calls.push(call);
    if (failure) return Promise.reject<T>(failure as unknown as Error);
    const found = value();
    const missing: AppError = { code: "facts-missing", saying: { code: "facts-missing", values: {} } };
    if (found === undefined) return Promise.reject<T>(missing as unknown as Error);
    return Promise.resolve(structuredClone(found));
  }
  async function act(call: Call, change?: () => void): Promise<void> {
    await answer(call, () => {
      change?.();
      return null;
    });
  }
  const mend = () => {
    failure = undefined;
  };
  const recorder: Recorder = { state, calls, answer, act, mend };
  return {
    calls,
    // They can be told whatever else can't.
    phrases: phrasesIn,
    ...aboutFigures(recorder),
    ...aboutChoices(recorder),
    ...aboutAccounts(recorder),
    ...aboutPools(recorder),
    ...aboutTheMachine(recorder),
    ...aboutImports(recorder, holdImports),
  };
}

/** What can be wrong with the data while figures are shown, by the page's address. */
function trouble(recorded: Recorded, asked: URLSearchParams): void {
  const { start } = recorded;
  const [first] = start.accounts;
  if (asked.has("read-only")) {
    const reason = { saying: { code: "disk-read-only", values: {} } };
    start.not_writable = { code: "nothing-recorded", values: { reason } };
  }
  if (asked.has("doubled") && first) {
    start.accounts.push({ ...first, id: 12 });
    start.doubled = [{ first: first.id, double: 12, only_here: 3, recorded: 1 }];
  }
  if (asked.has("reports")) {
    recorded.reports = ["482913", "105577"].map((number) => ({
      number,
      at: "2026-11-21T09:00:00Z",
      text: `Headroom 0.1.0, report ${number}\nAt: 2026-11-21T09:00:00Z\nSystem: linux x86_64 debian 12\nBuild: release\nProgram: window\nDoing: command overview\nPlace: src-tauri/crates/app/src/standings.rs:40:9\n`,
      path: `/home/ada/.local/share/headroom/reports/${number}.txt`,
    }));
  }
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
  recorded.start.settings.language = address.searchParams.get("language") ?? "en";
  if (address.searchParams.has("compact")) recorded.start.settings.density = "compact";
  recorded.start.settings.hide_numbers = address.searchParams.has("hide");
  const notice = address.searchParams.get("notice");
  if (notice) {
    const setting = { saying: { code: "theme", values: {} } };
    recorded.start.notices = [{ code: "setting-damaged", values: { setting, text: { text: notice } } }];
  }
  const path = { text: "/home/ada/.local/share/headroom/headroom.db" };
  if (address.searchParams.has("safe")) {
    recorded.start.safe_mode = { code: "safe-mode", values: { path } };
    const reason = { saying: { code: "store-damaged", values: {} } };
    recorded.start.notices.push({ code: "account-not-shown", values: { account: { text: "Work" }, reason } });
  }
  const failure = unopened((address.searchParams.get("case") ?? "data-damaged") as DataCase, path);
  trouble(recorded, address.searchParams);
  const users = address.searchParams.get("users");
  if (users) crowded(recorded.start.overview, Number(users));
  const hold = address.searchParams.get("hold");
  const backend = recordedBackend(recorded, failing ? failure : undefined, hold === "import");
  // What is to be reported can be read whatever else can't.
  if (failing) backend.reports = () => Promise.resolve(recorded.reports ?? []);
  if (address.searchParams.has("twice")) return doubledBackend(backend);
  // Answers that don't come: what is shown meanwhile can be looked at.
  const never = () => new Promise<never>(() => undefined);
  if (hold === "start") return { ...backend, start: never };
  if (hold !== "views") return backend;
  return { ...backend, overview: never, plans: never, invoices: never, usage: never, usageRows: never, whatIf: never };
}
