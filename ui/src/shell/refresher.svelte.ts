/** Asks the vendors for newer figures: by hand, and whenever the engine says that an account is due. */
import type { Accounts } from "../features/accounts/accounts.svelte";
import type { OverviewState } from "../features/overview/overview-state.svelte";
import type { Backend } from "../ipc/backend";
import type { AccountNumber } from "../ipc/bindings/AccountNumber";
import { say } from "../messages/sayings";
import type { Announcements } from "../primitives/announcements.svelte";

/** The first figures are drawn before anybody is asked for newer ones. */
const SOON = 0.4;
/** When to look again, where the engine couldn't say. */
const LATER = 300;

const isHidden = () => document.visibilityState === "hidden";

export class Refresher {
  /** The vendor of the account that is looked at is being asked. */
  refreshing = $state(false);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looking = false;
  private readonly backend: Backend;
  private readonly accounts: Accounts;
  private readonly overview: OverviewState;
  private readonly announcements: Announcements;

  constructor(backend: Backend, accounts: Accounts, overview: OverviewState, announcements: Announcements) {
    this.backend = backend;
    this.accounts = accounts;
    this.overview = overview;
    this.announcements = announcements;
  }

  /** Asks by hand for the figures of the account that is looked at; what is shown stays until they are here. */
  async refresh(): Promise<void> {
    const account = this.accounts.current;
    // Nobody is asked about the sample or an organisation.
    if (account && !account.sample && account.ready && this.overview.asking) await this.ask(account.id, true);
  }

  /** Looks in so many seconds who is due, and from then on whenever the engine says. */
  look(seconds = SOON): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.lookNow(), seconds * 1000);
  }

  /** Looks no longer. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async lookNow(): Promise<void> {
    this.timer = undefined;
    // Somebody may wait for a vendor that takes its time: it is looked again when that is over.
    if (this.looking) return this.look();
    this.looking = true;
    const next = await this.askDue().catch(() => LATER);
    this.looking = false;
    // What was to be looked at meanwhile comes first.
    if (this.timer === undefined) this.look(next);
  }

  /** Asks about every account that is due, the one that is looked at first. Seconds until the next may be. */
  private async askDue(): Promise<number> {
    const due = await this.backend.due(isHidden());
    if (due.accounts.length === 0) return due.next_in_seconds;
    const { selected } = this.accounts;
    const others = due.accounts.filter((account) => account !== selected);
    if (selected !== null && due.accounts.includes(selected)) await this.ask(selected, false);
    for (const account of others) {
      // What goes wrong is kept beside that account's last figures, and said where they are shown.
      await this.backend.refresh(account, false, isHidden()).catch(() => undefined);
    }
    if (others.length > 0) await this.overview.loadOthers();
    return (await this.backend.due(isHidden())).next_in_seconds;
  }

  private async ask(account: AccountNumber, byHand: boolean): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    await this.announcements.trying(async () => {
      const { not_asked } = await this.backend.refresh(account, byHand, isHidden());
      await this.overview.load(account);
      if (not_asked) this.announcements.say(say(not_asked.why));
    }, "refresh");
    this.refreshing = false;
  }
}
