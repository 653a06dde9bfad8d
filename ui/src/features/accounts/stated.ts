/** What is shown of an account where its owner says what it is. */
import type { AccountSummary } from "../../ipc/bindings/AccountSummary";
import type { Kind } from "../../ipc/bindings/Kind";
import type { StartView } from "../../ipc/bindings/StartView";
import type { StandingOf } from "../../kinds/kind";
import type { Accounts } from "./accounts.svelte";

export interface Stated<K extends Kind = Kind> {
  start: StartView;
  account: AccountSummary;
  standing: StandingOf<K> | null;
  accounts: Accounts;
}
