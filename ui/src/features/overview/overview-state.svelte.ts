/** How the accounts stand: the one that is looked at, and the others beside it. */
import type { Backend } from "../../ipc/backend";
import type { AppError } from "../../ipc/bindings/AppError";
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { RefreshView } from "../../ipc/bindings/RefreshView";
import type { Standing } from "../../ipc/bindings/Standing";
import { asAppError } from "../../ipc/error";
import { t } from "../../messages";
import type { Announcements } from "../../primitives/announcements.svelte";
import type { Accounts, Around } from "../accounts/accounts.svelte";

export class OverviewState {
  /** Each account's own: an answer that comes late stands where it belongs, whichever account is looked at by then. */
  private standings = $state.raw<Readonly<Record<AccountNumber, Standing>>>({});
  /** Why it isn't known how an account stands, of those whose last question failed. */
  private failures = $state.raw<Readonly<Record<AccountNumber, AppError>>>({});
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

  /** Why it isn't known how an account stands. */
  failureOf(account: AccountNumber): AppError | null {
    return this.failures[account] ?? null;
  }

  /** The same of the account that is looked at. */
  get failure(): AppError | null {
    return this.accounts.selected === null ? null : this.failureOf(this.accounts.selected);
  }

  /** How asking the vendor goes, where there is one to ask. */
  get asking(): RefreshView | null {
    return this.shown && "refresh" in this.shown ? this.shown.refresh : null;
  }

  /** Begins with what the window starts with; nothing else is known. */
  begin(standing: Standing | null): void {
    this.standings = standing ? { [standing.account.id]: standing } : {};
    this.failures = {};
  }

  private failed(account: AccountNumber, thrown: unknown): void {
    this.failures = { ...this.failures, [account]: asAppError(thrown) };
  }

  /** A question of its own has an answer, or is on its way. */
  private asks(account: AccountNumber): void {
    this.failures = Object.fromEntries(Object.entries(this.failures).filter(([id]) => Number(id) !== account));
  }

  forget(account: AccountNumber): void {
    this.standings = Object.fromEntries(Object.entries(this.standings).filter(([id]) => Number(id) !== account));
  }

  /** Asks how an account stands; what was known before stays until the answer is here. */
  async load(account: AccountNumber): Promise<void> {
    this.asks(account);
    try {
      const standing = await this.backend.overview(account);
      this.standings = { ...this.standings, [account]: standing };
    } catch (thrown) {
      this.failed(account, thrown);
      throw thrown;
    }
  }

  /** Asks how the accounts stand that are beside the one that is looked at, all at once: none waits for another. */
  async loadOthers(): Promise<void> {
    const others = this.accounts.shown.filter(({ id, ready }) => ready && id !== this.accounts.selected);
    const { selected } = this.accounts;
    const shown = [selected, ...others.map(({ id }) => id)];
    this.standings = Object.fromEntries(Object.entries(this.standings).filter(([id]) => shown.includes(Number(id))));
    await Promise.all(others.map(({ id }) => this.loadBeside(id)));
  }

  private async loadBeside(account: AccountNumber): Promise<void> {
    this.asks(account);
    try {
      const standing = await this.backend.overview(account);
      // It may be looked at by now: then its own answer is newer.
      if (account !== this.accounts.selected || !this.of(account))
        this.standings = { ...this.standings, [account]: standing };
    } catch (thrown) {
      // What goes wrong is said in its place, and keeps no other from being shown.
      if (account !== this.accounts.selected) this.forget(account);
      this.failed(account, thrown);
    }
  }

  /** Records that the overage switch was turned. */
  async setOverage(enabled: boolean): Promise<void> {
    const account = this.accounts.selected;
    if (account === null) return;
    await this.announcements.trying(async () => {
      const recorded = await this.backend.setOverage(account, enabled);
      await this.load(account);
      const undo = recorded ? () => this.accounts.undoRecord(recorded.record) : undefined;
      this.announcements.say(t().session.overageRecorded[enabled ? "on" : "off"], false, undo);
    }, "details");
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
      // Where the person didn't agree, nothing was asked.
      if (!(await this.backend.requestOverage(account, enabled))) return;
      await this.load(account);
      this.around.look();
    }, "details");
  }
}
