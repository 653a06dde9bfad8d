/** How the accounts stand: the one that is looked at, and the others beside it. */
import type { Backend } from "../../ipc/backend";
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { RefreshView } from "../../ipc/bindings/RefreshView";
import type { Standing } from "../../ipc/bindings/Standing";
import { t } from "../../messages";
import type { Announcements } from "../../primitives/announcements.svelte";
import type { Accounts, Around } from "../accounts/accounts.svelte";

export class OverviewState {
  /** Each account's own: an answer that comes late stands where it belongs, whichever account is looked at by then. */
  private standings = $state.raw<Readonly<Record<AccountNumber, Standing>>>({});
  private readonly backend: Backend;
  private readonly accounts: Accounts;
  private readonly announcements: Announcements;
  private readonly around: Pick<Around, "look">;

  constructor(backend: Backend, accounts: Accounts, announcements: Announcements, around: Pick<Around, "look">) {
    this.backend = backend;
    this.accounts = accounts;
    this.announcements = announcements;
    this.around = around;
  }

  /** How an account stands, as far as it was asked. */
  of(account: AccountNumber): Standing | null {
    return this.standings[account] ?? null;
  }

  /** How the account stands that is looked at. */
  get shown(): Standing | null {
    return this.accounts.selected === null ? null : this.of(this.accounts.selected);
  }

  /** How asking the vendor goes, where there is one to ask. */
  get asking(): RefreshView | null {
    return this.shown && "refresh" in this.shown ? this.shown.refresh : null;
  }

  /** Begins with what the window starts with; nothing else is known. */
  begin(standing: Standing | null): void {
    this.standings = standing ? { [standing.account.id]: standing } : {};
  }

  forget(account: AccountNumber): void {
    this.standings = Object.fromEntries(Object.entries(this.standings).filter(([id]) => Number(id) !== account));
  }

  /** Asks how an account stands; what was known before stays until the answer is here. */
  async load(account: AccountNumber): Promise<void> {
    const standing = await this.backend.overview(account);
    this.standings = { ...this.standings, [account]: standing };
  }

  /** Asks how the accounts stand that are beside the one that is looked at. */
  async loadOthers(): Promise<void> {
    const found: Record<AccountNumber, Standing> = {};
    for (const { id, ready } of this.accounts.shown) {
      if (!ready || id === this.accounts.selected) continue;
      // What goes wrong is said where the account is looked at.
      const standing = await this.backend.overview(id).catch(() => null);
      if (standing) found[id] = standing;
    }
    // Another may be looked at by now: its own answer is newer than the one that was asked for beside.
    const { selected } = this.accounts;
    const own = selected === null ? null : this.of(selected);
    this.standings = selected !== null && own ? { ...found, [selected]: own } : found;
  }

  /** Records that the overage switch was turned. */
  async setOverage(enabled: boolean): Promise<void> {
    const account = this.accounts.selected;
    if (account === null) return;
    await this.announcements.trying(async () => {
      await this.backend.setOverage(account, enabled);
      await this.load(account);
      this.announcements.say(t().session.overageRecorded(enabled));
    });
  }

  /** What past months are charged otherwise was read: it isn't told again. */
  async putAwayRepriced(): Promise<void> {
    const account = this.accounts.selected;
    if (account === null) return;
    await this.announcements.trying(async () => {
      await this.backend.putAwayRepriced(account);
      await this.load(account);
    });
  }

  /** Asks Kiro to turn the switch; whether it did is what its figures say afterwards. */
  async requestOverage(enabled: boolean): Promise<void> {
    const account = this.accounts.selected;
    if (account === null) return;
    await this.announcements.trying(async () => {
      await this.backend.requestOverage(account, enabled);
      await this.load(account);
      this.around.look();
    });
  }
}
