/** What the window can ask for. The window knows only this; one file beside it knows Tauri. */
import type { AccountNumber } from "./bindings/AccountNumber";
import type { AccountSummary } from "./bindings/AccountSummary";
import type { AppError } from "./bindings/AppError";
import type { Facts } from "./bindings/Facts";
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
import type { Theme } from "./bindings/Theme";
import type { Vendor } from "./bindings/Vendor";

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
  setOverage(account: AccountNumber, enabled: boolean): Promise<void>;
  /** Asks Kiro itself, once; whether it did is what its figures say afterwards. */
  requestOverage(account: AccountNumber, enabled: boolean): Promise<void>;
  /** Asks Kiro for the account's figures. */
  refresh(account: AccountNumber, byHand: boolean, hidden: boolean): Promise<RefreshView>;
  /** Agrees to ask a vendor with the login on this machine, or no longer. */
  setAsk(vendor: Vendor, agreed: boolean): Promise<void>;
  setPauseOnBattery(pause: boolean): Promise<void>;
  /** Asks Kilo which teams its login is in; each becomes an account. */
  connectKilo(): Promise<AccountSummary[]>;
  /** Keeps a pasted key in the system's keyring; null forgets it. */
  setKiloKey(key: string | null): Promise<void>;
  addAccount(billing: Kind): Promise<AccountSummary>;
  renameAccount(account: AccountNumber, name: string): Promise<void>;
  hideAccount(account: AccountNumber, hidden: boolean): Promise<void>;
  saveTeamFacts(account: AccountNumber, facts: TeamFacts): Promise<AccountSummary>;
  changePlan(account: AccountNumber, plan: string): Promise<void>;
  saveFacts(account: AccountNumber | null, facts: Facts): Promise<AccountSummary>;
  openSample(): Promise<AccountSummary>;
  removeAccount(account: AccountNumber): Promise<void>;
  /** Null when choosing a file or a folder was cancelled. */
  import(
    kind: ImportKind,
    from: ImportFrom,
    account: AccountNumber | null,
    progress: (progress: ProgressView) => void,
  ): Promise<ImportView | null>;
  /** Stops an import that runs; nothing of it is kept. */
  stopImport(): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  openLink(link: Link): Promise<void>;
  showDataFolder(): Promise<void>;
}

/** Whatever was thrown, as the error the backend speaks. */
export function asAppError(thrown: unknown): AppError {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown) {
    return thrown as AppError;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "outside", message };
}
