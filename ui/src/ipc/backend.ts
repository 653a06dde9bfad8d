/** What the window can ask for. The window knows only this; one file beside it knows Tauri. */
import type { AccountNumber } from "./bindings/AccountNumber";
import type { AccountSummary } from "./bindings/AccountSummary";
import type { AppError } from "./bindings/AppError";
import type { Facts } from "./bindings/Facts";
import type { ImportView } from "./bindings/ImportView";
import type { Link } from "./bindings/Link";
import type { OverviewView } from "./bindings/OverviewView";
import type { PlansView } from "./bindings/PlansView";
import type { ReceiptView } from "./bindings/ReceiptView";
import type { RefreshView } from "./bindings/RefreshView";
import type { StartView } from "./bindings/StartView";
import type { Theme } from "./bindings/Theme";

export interface Backend {
  start(): Promise<StartView>;
  /** The page has its first figures: the window may be seen. */
  reveal(): Promise<void>;
  /** They are on the screen. */
  painted(summary: string): Promise<void>;
  overview(account: AccountNumber): Promise<OverviewView>;
  plans(account: AccountNumber): Promise<PlansView>;
  receipt(account: AccountNumber, plan: string): Promise<ReceiptView>;
  setOverage(account: AccountNumber, enabled: boolean): Promise<void>;
  /** Asks Kiro itself, once; whether it did is what its figures say afterwards. */
  requestOverage(account: AccountNumber, enabled: boolean): Promise<void>;
  /** Asks Kiro for the account's figures. */
  refresh(account: AccountNumber, byHand: boolean, hidden: boolean): Promise<RefreshView>;
  setAskKiro(agreed: boolean): Promise<void>;
  changePlan(account: AccountNumber, plan: string): Promise<void>;
  saveFacts(account: AccountNumber | null, facts: Facts): Promise<AccountSummary>;
  openSample(): Promise<AccountSummary>;
  removeAccount(account: AccountNumber): Promise<void>;
  /** Null when choosing a folder was cancelled. */
  importKiroSessions(choose: boolean): Promise<ImportView | null>;
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
