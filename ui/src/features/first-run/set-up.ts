/** What the first questions about an account of a kind need. */
import type { ImportKind } from "../../ipc/bindings/ImportKind";
import type { Kind } from "../../ipc/bindings/Kind";
import type { StartView } from "../../ipc/bindings/StartView";
import type { Accounts } from "../accounts/accounts.svelte";
import type { ImportState } from "../import/import-state.svelte";
import type { SettingsState } from "../settings/settings-state.svelte";

export interface SetUp {
  /** What is set up. */
  kind: Kind;
  start: StartView;
  /** Files that are imported for the kind. */
  kinds: readonly ImportKind[];
  accounts: Accounts;
  imports: ImportState;
  settings: SettingsState;
}
