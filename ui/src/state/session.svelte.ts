/** What the window shows, and the questions it asks to get there. */
import { asAppError, type Backend } from "../ipc/backend";
import type { AccountNumber } from "../ipc/bindings/AccountNumber";
import type { AccountSummary } from "../ipc/bindings/AccountSummary";
import type { AppError } from "../ipc/bindings/AppError";
import type { Facts } from "../ipc/bindings/Facts";
import type { ImportFrom } from "../ipc/bindings/ImportFrom";
import type { ImportKind } from "../ipc/bindings/ImportKind";
import type { ImportView } from "../ipc/bindings/ImportView";
import type { Kind } from "../ipc/bindings/Kind";
import type { Link } from "../ipc/bindings/Link";
import type { OverviewView } from "../ipc/bindings/OverviewView";
import type { PlansView } from "../ipc/bindings/PlansView";
import type { ProgressView } from "../ipc/bindings/ProgressView";
import type { ReceiptView } from "../ipc/bindings/ReceiptView";
import type { RefreshView } from "../ipc/bindings/RefreshView";
import type { Standing } from "../ipc/bindings/Standing";
import type { StartView } from "../ipc/bindings/StartView";
import type { TeamFacts } from "../ipc/bindings/TeamFacts";
import type { Theme } from "../ipc/bindings/Theme";
import type { Vendor } from "../ipc/bindings/Vendor";

export type ViewName = "overview" | "plans" | "settings";

/** The views that a kind of account has, in their order: the digit of a shortcut is the place. */
export function viewsOf(billing: Kind | undefined): ViewName[] {
  return billing === "kiro-individual" ? ["overview", "plans", "settings"] : ["overview", "settings"];
}

export class Session {
  readonly backend: Backend;
  start = $state.raw<StartView | null>(null);
  /** Why nothing can be shown at all. */
  failure = $state.raw<AppError | null>(null);
  view = $state<ViewName>("overview");
  selected = $state<AccountNumber | null>(null);
  overview = $state.raw<Standing | null>(null);
  plans = $state.raw<PlansView | null>(null);
  receipt = $state.raw<ReceiptView | null>(null);
  /** A vendor is being asked for its figures. */
  refreshing = $state(false);
  /** An import that runs, and how far it is. */
  importing = $state.raw<{ kind: ImportKind; progress: ProgressView | null } | null>(null);
  /** A receipt is being asked for anew: the one shown is of a moment ago. */
  pricing = $state(false);
  /** What was said last to the user: announced by screen readers, shown until dismissed. */
  message = $state.raw<{ text: string; bad: boolean } | null>(null);
  theme = $state<Theme>("system");

  constructor(backend: Backend) {
    this.backend = backend;
  }

  get account(): AccountSummary | null {
    return this.start?.accounts.find((account) => account.id === this.selected) ?? null;
  }

  /** How the account of one person stands, if it is one. */
  get person(): OverviewView | null {
    return this.overview?.kind === "kiro-individual" ? this.overview : null;
  }

  /** How asking the vendor goes, where there is one to ask. */
  get asking(): RefreshView | null {
    return this.overview && "refresh" in this.overview ? this.overview.refresh : null;
  }

  /** Begins, or begins again after a failure. */
  async open(): Promise<void> {
    try {
      const start = await this.backend.start();
      this.start = start;
      this.failure = null;
      this.theme = start.settings.theme;
      this.overview = start.overview;
      this.selected = start.overview?.account.id ?? start.accounts[0]?.id ?? null;
    } catch (thrown) {
      this.failure = asAppError(thrown);
    }
  }

  /** Asks for everything on screen again; what is shown stays until the answer is here. */
  async reload(): Promise<void> {
    const account = this.selected;
    if (account === null) return this.open();
    await this.trying(async () => {
      const start = await this.backend.start();
      this.start = start;
      if (!start.accounts.some((known) => known.id === account)) return this.select(start.accounts[0]?.id ?? null);
      const ready = start.accounts.find((known) => known.id === account)?.ready;
      this.overview = ready ? await this.backend.overview(account) : null;
      if (this.view === "plans") await this.loadPlans();
    });
  }

  async show(view: ViewName): Promise<void> {
    this.view = view;
    // What was said belongs to the view it was said in.
    this.message = null;
    if (view === "plans") await this.trying(() => this.loadPlans());
  }

  async select(account: AccountNumber | null): Promise<void> {
    this.selected = account;
    this.overview = null;
    this.plans = null;
    this.receipt = null;
    if (account === null) {
      this.view = "overview";
      return;
    }
    if (this.account?.billing !== "kiro-individual" && this.view === "plans") this.view = "overview";
    if (!this.account?.ready) return;
    await this.trying(async () => {
      const overview = await this.backend.overview(account);
      // Another may have been chosen while the answer was on its way.
      if (this.selected !== account) return;
      this.overview = overview;
      if (this.view === "plans") await this.loadPlans();
    });
  }

  private async loadPlans(): Promise<void> {
    if (this.selected === null) return;
    const plans = await this.backend.plans(this.selected);
    this.plans = plans;
    const current = plans.plans.findIndex((row) => row.standing === "current");
    const suggested = plans.plans[current + 1] ?? plans.plans[current - 1];
    await this.price(this.receipt?.plan ?? suggested?.plan.id ?? "");
  }

  /** Asks what changing to a plan would do. */
  async price(plan: string): Promise<void> {
    const account = this.selected;
    if (account === null || plan === "") return;
    this.pricing = true;
    await this.trying(async () => {
      const receipt = await this.backend.receipt(account, plan);
      if (this.selected === account) this.receipt = receipt;
    });
    this.pricing = false;
  }

  async setOverage(enabled: boolean): Promise<void> {
    const account = this.selected;
    if (account === null) return;
    await this.trying(async () => {
      await this.backend.setOverage(account, enabled);
      this.overview = await this.backend.overview(account);
      this.say(enabled ? "Overage is recorded as on." : "Overage is recorded as off.");
    });
  }

  /** Asks the vendor for its figures; what is shown stays until they are here. Seconds until the next time. */
  async refresh(byHand: boolean): Promise<number> {
    const account = this.selected;
    if (account === null || this.refreshing || this.account?.sample || !this.account?.ready) return 300;
    // Nobody is asked about an organisation, nor by itself where nobody agreed to it.
    if (!this.asking || (!byHand && !this.asking.on)) return 300;
    let next = 300;
    this.refreshing = true;
    await this.trying(async () => {
      const refreshed = await this.backend.refresh(account, byHand, document.visibilityState === "hidden");
      next = refreshed.next_in_seconds;
      if (this.selected === account) this.overview = await this.backend.overview(account);
    });
    this.refreshing = false;
    return next;
  }

  /** Asks about the accounts that are not shown, one after the other, so that they are fresh when they are. */
  async refreshOthers(): Promise<void> {
    const others = (this.start?.accounts ?? []).filter(
      ({ id, sample, hidden, ready, billing }) =>
        id !== this.selected && !sample && !hidden && ready && billing !== "kiro-enterprise",
    );
    for (const { id } of others) {
      // What goes wrong is kept beside that account's last figures, and said where they are shown.
      await this.backend.refresh(id, false, document.visibilityState === "hidden").catch(() => undefined);
    }
  }

  /** Asks Kiro to turn the switch, then looks until it shows or a minute is over. */
  async requestOverage(enabled: boolean): Promise<void> {
    const account = this.selected;
    if (account === null) return;
    await this.trying(async () => {
      await this.backend.requestOverage(account, enabled);
      this.overview = await this.backend.overview(account);
    });
  }

  async setAsk(vendor: Vendor, agreed: boolean): Promise<void> {
    await this.trying(async () => {
      await this.backend.setAsk(vendor, agreed);
      this.start = await this.backend.start();
      if (agreed) await this.refresh(true);
      else await this.reload();
    });
  }

  async setPauseOnBattery(pause: boolean): Promise<void> {
    await this.trying(async () => {
      await this.backend.setPauseOnBattery(pause);
      this.start = await this.backend.start();
    });
  }

  /** Asks Kilo for its teams; the first of them is shown, with its figures once they are here. */
  async connectKilo(): Promise<void> {
    await this.trying(async () => {
      const teams = await this.backend.connectKilo();
      this.start = await this.backend.start();
      const first = teams[0];
      if (!first) return;
      await this.select(first.id);
      this.view = "overview";
      await this.refresh(true);
    });
  }

  /** Keeps a pasted key in the system's keyring, or forgets it. */
  async setKiloKey(key: string | null): Promise<boolean> {
    return this.trying(async () => {
      await this.backend.setKiloKey(key);
      this.start = await this.backend.start();
      this.say(key === null ? "The key is forgotten." : "The key is in the system's keyring.");
    });
  }

  async addAccount(billing: Kind): Promise<void> {
    await this.trying(async () => {
      const added = await this.backend.addAccount(billing);
      this.start = await this.backend.start();
      await this.select(added.id);
      this.view = "overview";
    });
  }

  async renameAccount(account: AccountSummary, name: string): Promise<boolean> {
    return this.trying(async () => {
      await this.backend.renameAccount(account.id, name);
      await this.reload();
      this.say(`It is called ${name.trim()} now.`);
    });
  }

  async hideAccount(account: AccountSummary, hidden: boolean): Promise<void> {
    await this.trying(async () => {
      await this.backend.hideAccount(account.id, hidden);
      this.start = await this.backend.start();
      this.say(hidden ? `${account.name} is hidden.` : `${account.name} is shown again.`);
    });
  }

  async saveTeamFacts(account: AccountNumber, facts: TeamFacts): Promise<boolean> {
    return this.trying(async () => {
      await this.backend.saveTeamFacts(account, facts);
      await this.reload();
      this.say("The team's facts are saved.");
    });
  }

  async changePlan(plan: string, name: string): Promise<void> {
    const account = this.selected;
    if (account === null) return;
    await this.trying(async () => {
      await this.backend.changePlan(account, plan);
      this.receipt = null;
      await this.reload();
      this.say(`The change to ${name} is recorded.`);
    });
  }

  /** False when the facts were refused: the form stays as it is. */
  async saveFacts(account: AccountNumber | null, facts: Facts): Promise<boolean> {
    return this.trying(async () => {
      const saved = await this.backend.saveFacts(account, facts);
      this.selected = saved.id;
      this.receipt = null;
      await this.reload();
      this.say("The account's facts are saved.");
    });
  }

  async openSample(): Promise<void> {
    await this.trying(async () => {
      const sample = await this.backend.openSample();
      this.start = await this.backend.start();
      await this.select(sample.id);
      this.view = "overview";
    });
  }

  async removeAccount(account: AccountSummary): Promise<void> {
    await this.trying(async () => {
      await this.backend.removeAccount(account.id);
      this.start = await this.backend.start();
      await this.select(this.start.accounts[0]?.id ?? null);
      this.say(`${account.name} is removed.`);
    });
  }

  /** Null when it was cancelled, stopped or failed. */
  async import(kind: ImportKind, from: ImportFrom, account: AccountNumber | null = null): Promise<ImportView | null> {
    let report: ImportView | null = null;
    this.importing = { kind, progress: null };
    await this.trying(async () => {
      report = await this.backend.import(kind, from, account, (progress) => {
        if (this.importing) this.importing = { kind, progress };
      });
      if (report) await this.reload();
    });
    this.importing = null;
    return report;
  }

  async stopImport(): Promise<void> {
    await this.trying(() => this.backend.stopImport());
  }

  async setTheme(theme: Theme): Promise<void> {
    this.theme = theme;
    await this.trying(() => this.backend.setTheme(theme));
  }

  openLink(link: Link): Promise<boolean> {
    return this.trying(() => this.backend.openLink(link));
  }

  showDataFolder(): Promise<boolean> {
    return this.trying(() => this.backend.showDataFolder());
  }

  say(text: string, bad = false): void {
    this.message = { text, bad };
  }

  /** Does something; a failure is said in its own words and changes nothing else. */
  private async trying(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (thrown) {
      this.say(asAppError(thrown).message, true);
      return false;
    }
  }
}
