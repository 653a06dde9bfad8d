/** What the window can ask for. The window knows only this; one file beside it knows Tauri. */
// Written by `make generate` from src-tauri/crates/app/src/commands/table.rs.
import type { AccountNumber } from "./bindings/AccountNumber";
import type { AccountSummary } from "./bindings/AccountSummary";
import type { AlertKey } from "./bindings/AlertKey";
import type { AlertView } from "./bindings/AlertView";
import type { ArrivedView } from "./bindings/ArrivedView";
import type { ChargedNext } from "./bindings/ChargedNext";
import type { Choice } from "./bindings/Choice";
import type { DropView } from "./bindings/DropView";
import type { Due } from "./bindings/Due";
import type { ExportForm } from "./bindings/ExportForm";
import type { FactsChange } from "./bindings/FactsChange";
import type { FactsSaved } from "./bindings/FactsSaved";
import type { HistoryEntry } from "./bindings/HistoryEntry";
import type { ImportFrom } from "./bindings/ImportFrom";
import type { ImportKind } from "./bindings/ImportKind";
import type { ImportView } from "./bindings/ImportView";
import type { InvoicesView } from "./bindings/InvoicesView";
import type { Kind } from "./bindings/Kind";
import type { Link } from "./bindings/Link";
import type { LoginsView } from "./bindings/LoginsView";
import type { NoticedView } from "./bindings/NoticedView";
import type { Offers } from "./bindings/Offers";
import type { Phrases } from "./bindings/Phrases";
import type { PlansView } from "./bindings/PlansView";
import type { PoolStated } from "./bindings/PoolStated";
import type { ProgressView } from "./bindings/ProgressView";
import type { RecordNumber } from "./bindings/RecordNumber";
import type { Recorded } from "./bindings/Recorded";
import type { RefreshView } from "./bindings/RefreshView";
import type { ReportView } from "./bindings/ReportView";
import type { RestoredView } from "./bindings/RestoredView";
import type { SeatChange } from "./bindings/SeatChange";
import type { SeatReceipt } from "./bindings/SeatReceipt";
import type { ShownTable } from "./bindings/ShownTable";
import type { Standing } from "./bindings/Standing";
import type { StartView } from "./bindings/StartView";
import type { StatedPools } from "./bindings/StatedPools";
import type { TeamFacts } from "./bindings/TeamFacts";
import type { TopUpReceipt } from "./bindings/TopUpReceipt";
import type { TrayChoice } from "./bindings/TrayChoice";
import type { TrayWords } from "./bindings/TrayWords";
import type { UsageAsked } from "./bindings/UsageAsked";
import type { UsageQuery } from "./bindings/UsageQuery";
import type { UsageRows } from "./bindings/UsageRows";
import type { UsageView } from "./bindings/UsageView";
import type { UserNamed } from "./bindings/UserNamed";
import type { WhatIf } from "./bindings/WhatIf";
import type { WhatIfView } from "./bindings/WhatIfView";

export interface Backend {
  /** What the window starts with, in one answer. */
  start(): Promise<StartView>;
  /** What the engine says too, in a language by its tag. */
  phrases(language: string): Promise<Phrases>;
  /** The page has its first figures: the window may be seen. */
  reveal(): Promise<void>;
  /** They are on the screen. */
  painted(summary: string): Promise<void>;
  /** How an account of any kind stands. */
  overview(account: AccountNumber): Promise<Standing>;
  /** How an account stood in a month. */
  standingIn(account: AccountNumber, month: string): Promise<Standing>;
  /** What all accounts are charged next, each and together. */
  chargedNext(): Promise<ChargedNext>;
  /** The account on every plan, and its last months on them. */
  plans(account: AccountNumber): Promise<PlansView>;
  /** What was charged, period by period. */
  invoices(account: AccountNumber): Promise<InvoicesView>;
  /** Saves charges where a dialog says; the path, or null when it was cancelled. */
  saveInvoices(account: AccountNumber, period: string | null, form: ExportForm, names: boolean): Promise<string | null>;
  /**
   * Saves what is to be done about some users of an organisation where a dialog says; the path, or null when it was
   * cancelled.
   */
  saveMoves(account: AccountNumber, month: string, users: UserNamed[], form: ExportForm): Promise<string | null>;
  /** What was used, by the day, the model and whoever used it. */
  usage(account: AccountNumber, asked: UsageAsked): Promise<UsageView>;
  /** One page of what was used, task by task. */
  usageRows(account: AccountNumber, query: UsageQuery): Promise<UsageRows>;
  /** Saves what is selected of the usage as a table where a dialog says; the path, or null when it was cancelled. */
  saveUsage(account: AccountNumber, query: UsageQuery): Promise<string | null>;
  /** Saves a table that is shown where a dialog says; the path, or null when it was cancelled. */
  saveTable(table: ShownTable): Promise<string | null>;
  /** Where a pace and changes would lead, beside every other choice. */
  whatIf(account: AccountNumber, question: WhatIf): Promise<WhatIfView>;
  /** Keeps what is supposed under a name; one of the same name is replaced. */
  saveWhatIf(account: AccountNumber, name: string, question: WhatIf): Promise<void>;
  /** Forgets what was kept under a name. */
  forgetWhatIf(account: AccountNumber, name: string): Promise<void>;
  /** Saves what is supposed as a scenario file; the path, or null when it was cancelled. */
  exportWhatIf(account: AccountNumber, question: WhatIf): Promise<string | null>;
  /** Opens a scenario file; false when that was cancelled. */
  openWhatIf(): Promise<boolean>;
  /** What adding or removing seats would do. */
  seatReceipt(account: AccountNumber, change: SeatChange): Promise<SeatReceipt>;
  /** What buying credits would charge and how long they would last; none is the least that lasts a month more. */
  topUpReceipt(account: AccountNumber, amount: string | null): Promise<TopUpReceipt>;
  /** Records that the overage switch was turned, unless it is in that position. It turns nothing at the vendor. */
  setOverage(account: AccountNumber, enabled: boolean): Promise<Recorded | null>;
  /** Asks Kiro itself, once, if the person agrees in a dialog of the system's; its figures say later whether it did it. */
  requestOverage(account: AccountNumber, enabled: boolean): Promise<boolean>;
  /** Whose vendor is to be asked by itself now, and when to look again. */
  due(hidden: boolean): Promise<Due>;
  /** Asks the vendor for the account's figures: by hand, or because it is due. */
  refresh(account: AccountNumber, byHand: boolean, hidden: boolean): Promise<RefreshView>;
  /** The logins that the account may go by, and what each would give. */
  logins(account: AccountNumber): Promise<LoginsView>;
  /** Has the account go by one of them. */
  chooseLogin(account: AccountNumber, key: string): Promise<LoginsView>;
  /** Changes one of the settings. */
  choose(choice: Choice): Promise<void>;
  /** Asks Kilo which teams its login is in; each becomes an account. */
  connectKilo(): Promise<AccountSummary[]>;
  /** Keeps a pasted key in the system's keyring, if the person agrees; null forgets it. False when the person didn't agree. */
  setKiloKey(key: string | null): Promise<boolean>;
  /** Adds an account of a kind. */
  addAccount(billing: Kind, called: string | null): Promise<AccountSummary>;
  /** Gives an account another name. */
  renameAccount(account: AccountNumber, name: string): Promise<void>;
  /** Hides an account, or shows it again. */
  hideAccount(account: AccountNumber, hidden: boolean): Promise<void>;
  /** Records what the owner of a team says of it. */
  saveTeamFacts(account: AccountNumber, facts: TeamFacts): Promise<AccountSummary>;
  /** Records that the plan was changed. */
  changePlan(account: AccountNumber, plan: string): Promise<Recorded>;
  /** Records what the owner of an account says of it; with null, of a new one. */
  saveFacts(account: AccountNumber | null, change: FactsChange): Promise<FactsSaved>;
  /** The packs and grants that the owner of an account stated. */
  pools(account: AccountNumber): Promise<StatedPools>;
  /** States a pack or a grant. */
  statePool(account: AccountNumber, pool: PoolStated): Promise<Recorded>;
  /** What the owner of an account recorded of it, the newest first. */
  history(account: AccountNumber): Promise<HistoryEntry[]>;
  /** Takes back what was recorded under a number; taking that back makes it count again. */
  undoRecord(account: AccountNumber, record: RecordNumber): Promise<Recorded>;
  /** Doesn't tell again what past months are charged otherwise. */
  putAwayRepriced(account: AccountNumber): Promise<void>;
  /** Opens the sample of a kind. */
  openSample(kind: Kind): Promise<AccountSummary>;
  /** Removes an account, if the person agrees; for a while that can be taken back. False when the person didn't agree. */
  removeAccount(account: AccountNumber): Promise<boolean>;
  /** Takes that back. */
  restoreAccount(account: AccountNumber): Promise<void>;
  /** Imports what lies in its usual place. */
  import(kind: ImportKind, account: AccountNumber | null, progress: (what: ProgressView) => void): Promise<ImportView>;
  /** Says what importing what is chosen in a dialog, or was dropped, would do. Nothing is written. Null when cancelled. */
  look(
    from: ImportFrom,
    account: AccountNumber | null,
    progress: (what: ProgressView) => void,
  ): Promise<ArrivedView | null>;
  /** Imports one kind of what was looked at last, by its number; of bills' undecided issues those in these places. */
  bring(
    number: number,
    kind: ImportKind,
    issues: number[],
    account: AccountNumber | null,
    progress: (what: ProgressView) => void,
  ): Promise<ImportView>;
  /** Tells what is held over the window and dropped onto it. The files stay here. */
  watchDrops(heard: (what: DropView) => void): Promise<void>;
  /** Tells of sessions that came while Headroom runs and were imported by themselves. */
  watchSessions(heard: (what: NoticedView) => void): Promise<void>;
  /** Stops an import that runs; nothing of it is kept. */
  stopImport(): Promise<void>;
  /** Opens a page of a fixed list in the browser. */
  openLink(link: Link): Promise<void>;
  /** Shows the folder of Headroom's own data. */
  showDataFolder(): Promise<void>;
  /** Restores data that is damaged or missing from its newest good copy, if the person agrees; null when not. */
  restoreData(): Promise<RestoredView | null>;
  /** What is kept of Headroom's own mistakes, the newest first. */
  reports(): Promise<ReportView[]>;
  /** Deletes one of them, by its number. */
  deleteReport(number: string): Promise<void>;
  /** Copies the data where a dialog says; the path, or null when it was cancelled. */
  backUp(): Promise<string | null>;
  /** Writes every record as text; the path, or null when it was cancelled. */
  exportAll(): Promise<string | null>;
  /** Deletes everything that Headroom knows, if the person agrees. False when the person didn't. */
  deleteAll(): Promise<boolean>;
  /** Alerts that are due and were not told. */
  alerts(): Promise<AlertView[]>;
  /** Tells one, once, in the window's words. */
  tell(key: AlertKey, title: string, body: string): Promise<void>;
  /** What this desktop offers. */
  desktop(): Promise<Offers>;
  /** Starts Headroom with the session, or no longer. */
  setAutostart(on: boolean): Promise<void>;
  /** Writes the tray's words; what is chosen there is told. */
  setTray(words: TrayWords, chosen: (what: TrayChoice) => void): Promise<void>;
}

/** What each may have to wait for. */
export const lanes = {
  start: "answer",
  phrases: "answer",
  reveal: "answer",
  painted: "answer",
  overview: "answer",
  standingIn: "answer",
  chargedNext: "answer",
  plans: "answer",
  invoices: "answer",
  saveInvoices: "file",
  saveMoves: "file",
  usage: "answer",
  usageRows: "answer",
  saveUsage: "file",
  saveTable: "file",
  whatIf: "answer",
  saveWhatIf: "change",
  forgetWhatIf: "change",
  exportWhatIf: "file",
  openWhatIf: "file",
  seatReceipt: "answer",
  topUpReceipt: "answer",
  setOverage: "change",
  requestOverage: "question",
  due: "answer",
  refresh: "vendor",
  logins: "answer",
  chooseLogin: "change",
  choose: "change",
  connectKilo: "vendor",
  setKiloKey: "question",
  addAccount: "change",
  renameAccount: "change",
  hideAccount: "change",
  saveTeamFacts: "change",
  changePlan: "change",
  saveFacts: "change",
  pools: "answer",
  statePool: "change",
  history: "answer",
  undoRecord: "change",
  putAwayRepriced: "change",
  openSample: "change",
  removeAccount: "question",
  restoreAccount: "change",
  import: "file",
  look: "file",
  bring: "file",
  watchDrops: "desktop",
  watchSessions: "desktop",
  stopImport: "answer",
  openLink: "desktop",
  showDataFolder: "desktop",
  restoreData: "question",
  reports: "answer",
  deleteReport: "change",
  backUp: "file",
  exportAll: "file",
  deleteAll: "question",
  alerts: "answer",
  tell: "desktop",
  desktop: "desktop",
  setAutostart: "desktop",
  setTray: "desktop",
} as const satisfies Record<keyof Backend, string>;
