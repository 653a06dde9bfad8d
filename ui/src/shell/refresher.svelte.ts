/** Asks the vendors for newer figures: by hand, and whenever the engine says that an account is due. */
import type { Accounts } from "../features/accounts/accounts.svelte";
import type { OverviewState } from "../features/overview/overview-state.svelte";
import type { Backend } from "../ipc/backend";
import type { AccountNumber } from "../ipc/bindings/AccountNumber";
import type { NotAsked } from "../ipc/bindings/NotAsked";
import type { Saying } from "../ipc/bindings/Saying";
import { headline } from "../kinds";
import { t } from "../messages";
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
  /** Why the vendor of an account wasn't asked when somebody wanted it last. */
  private refused = $state.raw<{ account: AccountNumber; why: NotAsked } | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looking = false;
  private readonly backend: Backend;
  private readonly accounts: Accounts;
  private readonly overview: OverviewState;
  private readonly announcements: Announcements;

  /** Whether the figures are looked at, and how asking went beside them. */
  private readonly areSeen: () => boolean;

  constructor(
    backend: Backend,
    accounts: Accounts,
    overview: OverviewState,
    announcements: Announcements,
    areSeen: () => boolean = () => true,
  ) {
    this.areSeen = areSeen;
    this.backend = backend;
    this.accounts = accounts;
    this.overview = overview;
    this.announcements = announcements;
  }

  /** Why the vendor of the account that is looked at wasn't asked, when somebody wanted it last. */
  get notAsked(): NotAsked | null {
    return this.refused?.account === this.accounts.selected ? this.refused.why : null;
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
      const refreshed = await this.backend.refresh(account, byHand, isHidden());
      await this.overview.load(account);
      const { not_asked: notAsked, failure } = refreshed;
      this.refused = notAsked ? { account, why: notAsked } : null;
      if (notAsked) this.announcements.say(say(notAsked.why));
      else if (byHand) this.told(account, failure);
    }, "refresh");
    this.refreshing = false;
  }

  /** What came of asking by hand. How it failed stands beside the figures: it is said where they aren't seen. */
  private told(account: AccountNumber, failure: Saying | null): void {
    const standing = this.overview.of(account);
    if (failure && !this.areSeen()) throw Object.assign(new Error(failure.code), { code: "outside", saying: failure });
    if (failure || !standing) return;
    const { figure, about } = headline(standing);
    this.announcements.say(t().live.refreshed({ figure: [figure, about].filter(Boolean).join(" ") }));
  }
}
