/** Asks the vendors for newer figures. */
import type { Backend } from "../ipc/backend";
import type { Accounts } from "../features/accounts/accounts.svelte";
import type { OverviewState } from "../features/overview/overview-state.svelte";
import type { Announcements } from "../primitives/announcements.svelte";

const isHidden = () => document.visibilityState === "hidden";

export class Refresher {
  /** The vendor of the account that is looked at is being asked. */
  refreshing = $state(false);
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

  /** Asks for the figures of the account that is looked at. Seconds until the next time. */
  async refresh(byHand: boolean): Promise<number> {
    const account = this.accounts.current;
    if (account === null || this.refreshing || account.sample || !account.ready) return 300;
    // Nobody is asked about an organisation, nor by itself where nobody agreed to it.
    const { asking } = this.overview;
    if (!asking || (!byHand && !asking.on)) return 300;
    let next = 300;
    this.refreshing = true;
    await this.announcements.trying(async () => {
      const refreshed = await this.backend.refresh(account.id, byHand, isHidden());
      next = refreshed.next_in_seconds;
      await this.overview.load(account.id);
    });
    this.refreshing = false;
    return next;
  }

  /** Asks about the accounts that are not looked at, one after the other, so that they are fresh when they are. */
  async refreshOthers(): Promise<void> {
    const others = this.accounts.all.filter(
      ({ id, sample, hidden, ready }) => id !== this.accounts.selected && !sample && !hidden && ready,
    );
    for (const { id } of others) {
      // What goes wrong is kept beside that account's last figures, and said where they are shown.
      await this.backend.refresh(id, false, isHidden()).catch(() => undefined);
    }
    if (others.length > 0) await this.overview.loadOthers();
  }
}
