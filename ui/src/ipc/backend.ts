/** What the window can ask for. The window knows only this; one file beside it knows Tauri. */
import type { AccountNumber } from "./bindings/AccountNumber";
import type { AccountSummary } from "./bindings/AccountSummary";
import type { AppError } from "./bindings/AppError";
import type { FactsChange } from "./bindings/FactsChange";
import type { FactsSaved } from "./bindings/FactsSaved";
import type { ImportFrom } from "./bindings/ImportFrom";
import type { ImportKind } from "./bindings/ImportKind";
import type { ImportView } from "./bindings/ImportView";
import type { Kind } from "./bindings/Kind";
import type { Link } from "./bindings/Link";
import type { PlansView } from "./bindings/PlansView";
import type { ProgressView } from "./bindings/ProgressView";
import type { ReceiptView } from "./bindings/ReceiptView";
import type { RefreshView } from "./bindings/RefreshView";
import type { Standing } from "./bindings/Standing";
import type { StartView } from "./bindings/StartView";
import type { TeamFacts } from "./bindings/TeamFacts";
import type { AlertKey } from "./bindings/AlertKey";
import type { AlertView } from "./bindings/AlertView";
import type { Choice } from "./bindings/Choice";
import type { ExportForm } from "./bindings/ExportForm";
import type { InvoicesView } from "./bindings/InvoicesView";
import type { Offers } from "./bindings/Offers";
import type { SeatChange } from "./bindings/SeatChange";
import type { SeatReceipt } from "./bindings/SeatReceipt";
import type { TrayChoice } from "./bindings/TrayChoice";
import type { TrayWords } from "./bindings/TrayWords";
import type { UsageQuery } from "./bindings/UsageQuery";
import type { UsageRows } from "./bindings/UsageRows";
import type { UsageStep } from "./bindings/UsageStep";
import type { UsageView } from "./bindings/UsageView";
import type { WhatIf } from "./bindings/WhatIf";
import type { WhatIfView } from "./bindings/WhatIfView";

export interface Backend {
  start(): Promise<StartView>;
  /** The page has its first figures: the window may be seen. */
  reveal(): Promise<void>;
  /** They are on the screen. */
  painted(summary: string): Promise<void>;
  /** How an account of any kind stands. */
  overview(account: AccountNumber): Promise<Standing>;
  plans(account: AccountNumber): Promise<PlansView>;
  receipt(account: AccountNumber, plan: string): Promise<ReceiptView>;
  /** What was charged, period by period. */
  invoices(account: AccountNumber): Promise<InvoicesView>;
  /** Saves charges where a dialog says; the path, or null when it was cancelled. */
  saveInvoices(account: AccountNumber, period: string | null, form: ExportForm): Promise<string | null>;
  usage(account: AccountNumber, step: UsageStep): Promise<UsageView>;
  usageRows(account: AccountNumber, query: UsageQuery): Promise<UsageRows>;
  whatIf(account: AccountNumber, question: WhatIf): Promise<WhatIfView>;
  saveWhatIf(account: AccountNumber, name: string, question: WhatIf): Promise<void>;
  forgetWhatIf(account: AccountNumber, name: string): Promise<void>;
  /** Saves what is supposed as a scenario file; the path, or null when it was cancelled. */
  exportWhatIf(account: AccountNumber, question: WhatIf): Promise<string | null>;
  /** Opens a scenario file; false when that was cancelled. */
  openWhatIf(): Promise<boolean>;
  /** What adding or removing seats would do. */
  seatReceipt(account: AccountNumber, change: SeatChange): Promise<SeatReceipt>;
  setOverage(account: AccountNumber, enabled: boolean): Promise<void>;
  /** Asks Kiro itself, once; whether it did is what its figures say afterwards. */
  requestOverage(account: AccountNumber, enabled: boolean): Promise<void>;
  /** Asks Kiro for the account's figures. */
  refresh(account: AccountNumber, byHand: boolean, hidden: boolean): Promise<RefreshView>;
  choose(choice: Choice): Promise<void>;
  /** Asks Kilo which teams its login is in; each becomes an account. */
  connectKilo(): Promise<AccountSummary[]>;
  /** Keeps a pasted key in the system's keyring; null forgets it. */
  setKiloKey(key: string | null): Promise<void>;
  addAccount(billing: Kind): Promise<AccountSummary>;
  renameAccount(account: AccountNumber, name: string): Promise<void>;
  hideAccount(account: AccountNumber, hidden: boolean): Promise<void>;
  saveTeamFacts(account: AccountNumber, facts: TeamFacts): Promise<AccountSummary>;
  changePlan(account: AccountNumber, plan: string): Promise<void>;
  saveFacts(account: AccountNumber | null, change: FactsChange): Promise<FactsSaved>;
  openSample(): Promise<AccountSummary>;
  /** Removes an account; for a while that can be taken back. */
  removeAccount(account: AccountNumber): Promise<void>;
  restoreAccount(account: AccountNumber): Promise<void>;
  /** Null when choosing a file or a folder was cancelled. */
  import(
    kind: ImportKind,
    from: ImportFrom,
    account: AccountNumber | null,
    progress: (progress: ProgressView) => void,
  ): Promise<ImportView | null>;
  /** Stops an import that runs; nothing of it is kept. */
  stopImport(): Promise<void>;
  openLink(link: Link): Promise<void>;
  showDataFolder(): Promise<void>;
  /** Copies the data where a dialog says; the path, or null when it was cancelled. */
  backUp(): Promise<string | null>;
  /** Writes every record as text; the path, or null when it was cancelled. */
  exportAll(): Promise<string | null>;
  deleteAll(): Promise<void>;
  /** Alerts that are due and were not told. */
  alerts(): Promise<AlertView[]>;
  /** Tells one, once. */
  tell(key: AlertKey, title: string, body: string): Promise<void>;
  desktop(): Promise<Offers>;
  setAutostart(on: boolean): Promise<void>;
  /** Writes the tray's words; what is chosen there is told. */
  setTray(words: TrayWords, chosen: (choice: TrayChoice) => void): Promise<void>;
}

/** Whatever was thrown, as the error the backend speaks. */
export function asAppError(thrown: unknown): AppError {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown) {
    return thrown as AppError;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "outside", message };
}
