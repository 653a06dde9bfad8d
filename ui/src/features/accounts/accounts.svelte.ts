/** Which accounts there are, which of them is looked at, and what is done to them. */
import { fullDate } from "../../format/moments";
import type { Backend } from "../../ipc/backend";
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { AccountSummary } from "../../ipc/bindings/AccountSummary";
import type { FactsChange } from "../../ipc/bindings/FactsChange";
import type { PoolStated } from "../../ipc/bindings/PoolStated";
import type { StatedPools } from "../../ipc/bindings/StatedPools";
import type { HistoryEntry } from "../../ipc/bindings/HistoryEntry";
import type { Kind } from "../../ipc/bindings/Kind";
import type { LoginsView } from "../../ipc/bindings/LoginsView";
import type { RefreshView } from "../../ipc/bindings/RefreshView";
import type { Vendor } from "../../ipc/bindings/Vendor";
import type { TeamFacts } from "../../ipc/bindings/TeamFacts";
import { t, type ViewName } from "../../messages";
import { factsReplace } from "../../messages/worded";
import type { Announcements } from "../../primitives/announcements.svelte";
import { OfAccount, type Looked } from "./of-account.svelte";
import type { Start } from "./start.svelte";

/** What a change of the accounts needs of the window around them. */
export interface Around {
  /** Goes to an account, in the view that is shown or in another. */
  goTo(account: AccountNumber | null, view?: ViewName): Promise<void>;
  /** Asks for everything on the screen again. */
  reload(): Promise<void>;
  /** Asks the vendor of the account that is looked at. */
  refresh(): Promise<void>;
  /** Looks soon whose vendor is to be asked. */
  look(): void;
}

export class Accounts implements Looked {
  selected = $state<AccountNumber | null>(null);
  visit = $state(0);
  /** What was looked at before an account was added. */
  private before = $state<AccountNumber | null>(null);
  private readonly stated: OfAccount<StatedPools>;
  private readonly recorded: OfAccount<HistoryEntry[]>;
  private readonly loginsOf: OfAccount<LoginsView>;
  private readonly asking: OfAccount<RefreshView>;
  private readonly backend: Backend;
  private readonly start: Start;
  private readonly announcements: Announcements;
  private readonly around: Around;

  constructor(backend: Backend, start: Start, announcements: Announcements, around: Around) {
    this.backend = backend;
    this.start = start;
    this.announcements = announcements;
    this.around = around;
    this.stated = new OfAccount(this);
    this.recorded = new OfAccount(this);
    this.loginsOf = new OfAccount(this);
    this.asking = new OfAccount(this);
  }

  /** The packs and grants that were stated of the account that is looked at. */
  get pools(): StatedPools | null {
    return this.stated.value;
  }

  /** What was recorded of the account that is looked at, the newest first. */
  get history(): HistoryEntry[] | null {
    return this.recorded.value;
  }

  /** The logins that the account that is looked at may go by. */
  get logins(): LoginsView | null {
    return this.loginsOf.value;
  }

  /** What came of asking its vendor for the first figures. */
  get asked(): RefreshView | null {
    return this.asking.value;
  }

  get all(): AccountSummary[] {
    return this.start.answer?.accounts ?? [];
  }

  /** The account that is looked at. */
  get current(): AccountSummary | null {
    return this.all.find((account) => account.id === this.selected) ?? null;
  }

  /** The accounts that are shown beside each other. */
  get shown(): AccountSummary[] {
    return this.all.filter((account) => !account.hidden || account.id === this.selected);
  }

  /** Looks at an account; what was known of the one before is left with it. */
  look(account: AccountNumber | null): void {
    this.selected = account;
    this.visit += 1;
  }

  /** What was looked at before an account was added that isn't set up yet: who doesn't go on comes back there. */
  get comesBackTo(): AccountSummary | null {
    const others = this.all.filter(({ id }) => id !== this.selected);
    return others.find(({ id }) => id === this.before) ?? others[0] ?? null;
  }

  /** Doesn't go on with an account: it goes, and what was looked at before is shown again. */
  async giveUp(account: AccountSummary): Promise<void> {
    await this.announcements.trying(async () => {
      const back = this.comesBackTo;
      if (!(await this.backend.removeAccount(account.id))) return;
      await this.start.ask();
      await this.around.goTo(back?.id ?? null, back ? "settings" : "overview");
    }, "account");
  }

  async add(kind: Kind, called: string | null): Promise<void> {
    const before = this.selected;
    await this.announcements.trying(async () => {
      const added = await this.backend.addAccount(kind, called);
      this.before = before;
      await this.start.ask();
      await this.around.goTo(added.id, "overview");
    }, "account");
  }

  /**
   * Has the account be what its vendor says, with the login that was found; one is made if there is none. What came of
   * asking is kept, for where it wasn't figures.
   */
  async fromLogin(kind: Kind, vendor: Vendor): Promise<void> {
    await this.announcements.trying(async () => {
      const account = this.selected ?? (await this.backend.addAccount(kind, null)).id;
      await this.backend.choose({ what: "ask", to: { vendor, agreed: true } });
      const asked = await this.backend.refresh(account, true, false);
      await this.start.ask();
      await this.around.goTo(account, "overview");
      this.asking.set(asked);
      this.around.look();
      if (!this.current?.ready) await this.loadLogins();
    }, "account");
  }

  /** The logins that the account may go by. */
  async loadLogins(): Promise<void> {
    await this.announcements.trying(() => this.loginsOf.ask((account) => this.backend.logins(account)));
  }

  /** Has it go by one of them. */
  async chooseLogin(key: string): Promise<void> {
    const account = this.selected;
    if (account === null) return;
    await this.announcements.trying(async () => {
      const logins = await this.backend.chooseLogin(account, key);
      this.asking.forget();
      await this.around.reload();
      this.loginsOf.set(logins);
      this.announcements.say(t().logins.isChosen);
    }, "account");
  }

  async rename(account: AccountSummary, name: string): Promise<boolean> {
    return this.announcements.trying(async () => {
      await this.backend.renameAccount(account.id, name);
      await this.around.reload();
      this.announcements.say(t().session.renamed({ name: name.trim() }));
    }, "account");
  }

  async hide(account: AccountSummary, hidden: boolean): Promise<void> {
    await this.announcements.trying(async () => {
      await this.backend.hideAccount(account.id, hidden);
      await this.start.ask();
      const undo = () => this.hide(account, !hidden);
      this.announcements.say(t().session.hidden[hidden ? "hidden" : "shown"]({ name: account.name }), false, undo);
    }, "account");
  }

  async remove(account: AccountSummary): Promise<void> {
    await this.announcements.trying(async () => {
      if (!(await this.backend.removeAccount(account.id))) return;
      const { accounts } = await this.start.ask();
      await this.around.goTo(accounts[0]?.id ?? null);
      this.announcements.say(t().session.removed({ name: account.name }), false, () => this.bringBack(account));
    }, "account");
  }

  /** Brings back an account that was removed. */
  async bringBack(account: Pick<AccountSummary, "id" | "name">): Promise<void> {
    await this.announcements.trying(async () => {
      await this.backend.restoreAccount(account.id);
      await this.start.ask();
      await this.around.goTo(account.id);
      this.announcements.say(t().session.restored({ name: account.name }));
    }, "account");
  }

  async openSample(kind: Kind): Promise<void> {
    await this.announcements.trying(async () => {
      const sample = await this.backend.openSample(kind);
      await this.start.ask();
      await this.around.goTo(sample.id, "overview");
    }, "account");
  }

  /** Asks Kilo for its accounts; the first of them is shown, with its figures once they are here, unless one stays. */
  async connectKilo(stays = false): Promise<void> {
    await this.announcements.trying(async () => {
      const [first] = await this.backend.connectKilo();
      await this.start.ask();
      this.around.look();
      if (!first || stays) return;
      await this.around.goTo(first.id, "overview");
      await this.around.refresh();
    }, "account");
  }

  /** False when the facts were refused: the form stays as it is. */
  async saveFacts(account: AccountNumber | null, change: FactsChange): Promise<boolean> {
    return this.announcements.trying(async () => {
      const saved = await this.backend.saveFacts(account, change);
      if (saved.account.id !== this.selected) this.look(saved.account.id);
      await this.around.reload();
      const words = t().session;
      const replaced = saved.replaced.map(({ plan, on }) => ({ plan, on: fullDate(on) }));
      const said = replaced.length > 0 ? factsReplace(replaced) : words.factsSaved;
      const { record } = saved;
      if (!saved.changed) this.announcements.say(words.factsAlready);
      else if (saved.since_is_missing) this.announcements.say(words.sinceIsMissing);
      else this.announcements.say(said, false, record === null ? undefined : () => this.undoRecord(record));
      if (this.stated.value) await this.loadPools();
    }, "details");
  }

  /** Asks what was recorded. */
  async loadHistory(): Promise<void> {
    await this.announcements.trying(() => this.recorded.ask((account) => this.backend.history(account)));
  }

  /** Asks which packs and grants were stated. */
  async loadPools(): Promise<void> {
    await this.announcements.trying(() => this.stated.ask((account) => this.backend.pools(account)));
  }

  /** States a pack or a grant. False when it was refused: the form stays as it is. */
  async statePool(pool: PoolStated): Promise<boolean> {
    const account = this.selected;
    if (account === null) return false;
    return this.announcements.trying(async () => {
      const { record } = await this.backend.statePool(account, pool);
      await this.reloadWithPools();
      this.announcements.say(t().session.poolStated[pool.what], false, () => this.undoRecord(record));
    }, "details");
  }

  /** Takes back what was recorded; that can be taken back, too. */
  async undoRecord(record: number): Promise<void> {
    const account = this.selected;
    if (account === null) return;
    await this.announcements.trying(async () => {
      const back = await this.backend.undoRecord(account, record);
      await this.reloadWithPools();
      this.announcements.say(t().session.takenBack, false, () => this.undoRecord(back.record));
    }, "details");
  }

  private async reloadWithPools(): Promise<void> {
    await this.around.reload();
    if (this.stated.value) await this.loadPools();
  }

  async saveTeamFacts(account: AccountNumber, facts: TeamFacts): Promise<boolean> {
    return this.announcements.trying(async () => {
      await this.backend.saveTeamFacts(account, facts);
      await this.around.reload();
      this.announcements.say(t().session.teamSaved);
    }, "details");
  }
}
