/** What the window shows, and the questions it asks to get there. */
import type { Backend } from "../ipc/backend";
import { asAppError } from "../ipc/error";
import type { AccountNumber } from "../ipc/bindings/AccountNumber";
import type { AccountSummary } from "../ipc/bindings/AccountSummary";
import type { AppError } from "../ipc/bindings/AppError";
import type { Choice } from "../ipc/bindings/Choice";
import type { ExportForm } from "../ipc/bindings/ExportForm";
import type { InvoicesView } from "../ipc/bindings/InvoicesView";
import type { Offers } from "../ipc/bindings/Offers";
import type { Settings } from "../ipc/bindings/Settings";
import type { UsageStep } from "../ipc/bindings/UsageStep";
import type { UsageView } from "../ipc/bindings/UsageView";
import type { FactsChange } from "../ipc/bindings/FactsChange";
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
import { speak, t } from "../messages";
import { locale } from "../format/locale.svelte";
import { fullDate } from "../format/moments";
import { viewsOf, type ViewName } from "./views";
import { WhatIfSession } from "./what-if.svelte";

export class Session {
  readonly backend: Backend;
  start = $state.raw<StartView | null>(null);
  /** Why nothing can be shown at all. */
  failure = $state.raw<AppError | null>(null);
  view = $state<ViewName>("overview");
  selected = $state<AccountNumber | null>(null);
  overview = $state.raw<Standing | null>(null);
  /** How the accounts stood that were looked at last, to be shown at once and beside each other. */
  private standings = $state.raw<Readonly<Record<AccountNumber, Standing>>>({});
  plans = $state.raw<PlansView | null>(null);
  usage = $state.raw<UsageView | null>(null);
  usageStep = $state<UsageStep>("day");
  invoices = $state.raw<InvoicesView | null>(null);
  readonly whatIf = new WhatIfSession(this);
  /** What the desktop around the window offers. */
  offers = $state.raw<Offers>({ tray: false, autostart: null });
  receipt = $state.raw<ReceiptView | null>(null);
  /** A vendor is being asked for its figures. */
  refreshing = $state(false);
  /** An import that runs, and how far it is. */
  importing = $state.raw<{ kind: ImportKind; progress: ProgressView | null } | null>(null);
  /** A receipt is being asked for anew: the one shown is of a moment ago. */
  pricing = $state(false);
  /** What was said last to the user: announced by screen readers, shown until dismissed. */
  message = $state.raw<{ text: string; bad: boolean; undo?: () => Promise<unknown> } | null>(null);

  constructor(backend: Backend) {
    this.backend = backend;
  }

  get settings(): Settings | null {
    return this.start?.settings ?? null;
  }

  get account(): AccountSummary | null {
    return this.start?.accounts.find((account) => account.id === this.selected) ?? null;
  }

  /** The accounts that are shown beside each other. */
  get shownAccounts(): AccountSummary[] {
    return (this.start?.accounts ?? []).filter((account) => !account.hidden || account.id === this.selected);
  }

  /** How an account stands, as far as it was asked. */
  standingOf(account: AccountNumber): Standing | null {
    return account === this.selected ? this.overview : (this.standings[account] ?? null);
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
      await this.follow(start.settings);
      this.start = start;
      this.failure = null;
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
      await this.follow(start.settings);
      if (!start.accounts.some((known) => known.id === account)) return this.select(start.accounts[0]?.id ?? null);
      const ready = start.accounts.find((known) => known.id === account)?.ready;
      this.overview = ready ? await this.backend.overview(account) : null;
      await this.loadView();
    });
  }

  /** Speaks the chosen language, and shows or hides amounts. */
  private async follow(settings: Settings): Promise<void> {
    locale.hidden = settings.hide_numbers;
    await speak(settings.language, settings.numbers);
  }

  async show(view: ViewName): Promise<void> {
    this.view = view;
    // What was said belongs to the view it was said in; what can be taken back can be from everywhere.
    if (!this.message?.undo) this.message = null;
    await this.trying(() => this.loadView());
  }

  /** Asks for what the view shows; what it showed before stays until the answer is here. */
  private async loadView(): Promise<void> {
    const account = this.selected;
    if (account === null || !this.account?.ready) return;
    switch (this.view) {
      case "plans":
        return this.loadPlans();
      case "usage": {
        const usage = await this.backend.usage(account, this.usageStep);
        if (this.selected === account) this.usage = usage;
        return;
      }
      case "invoices": {
        const invoices = await this.backend.invoices(account);
        if (this.selected === account) this.invoices = invoices;
        return;
      }
      case "what-if":
        return this.whatIf.load();
      case "settings":
        this.offers = await this.backend.desktop();
    }
  }

  async showUsageBy(step: UsageStep): Promise<void> {
    this.usageStep = step;
    await this.trying(() => this.loadView());
  }

  async saveInvoices(period: string | null, form: ExportForm): Promise<void> {
    await this.trying(async () => {
      if (this.selected === null) return;
      this.saySaved(await this.backend.saveInvoices(this.selected, period, form));
    });
  }

  /** Saves the last period that has ended, from wherever one is. */
  async saveLastPeriod(): Promise<void> {
    const account = this.selected;
    if (account === null) return;
    await this.trying(async () => {
      const { periods } = await this.backend.invoices(account);
      const last = periods.find((period) => period.closed) ?? periods[0];
      if (!last) return this.say(t().invoices.empty, true);
      this.saySaved(await this.backend.saveInvoices(account, last.id, "pdf"));
    });
  }

  /** Says where something was saved; nothing where that was cancelled. */
  saySaved(path: string | null): void {
    if (path !== null) this.say(t().common.savedAs(path));
  }

  async select(account: AccountNumber | null): Promise<void> {
    const left = this.overview;
    this.selected = account;
    // What was known of it last is shown until the answer is here.
    this.overview = account === null ? null : (this.standings[account] ?? null);
    if (left) this.standings = { ...this.standings, [left.account.id]: left };
    this.plans = null;
    this.receipt = null;
    this.usage = null;
    this.invoices = null;
    this.whatIf.clear();
    if (account === null) {
      this.view = "overview";
      return;
    }
    if (!viewsOf(this.account?.billing).includes(this.view)) this.view = "overview";
    if (!this.account?.ready) return;
    await this.trying(async () => {
      const overview = await this.backend.overview(account);
      // Another may have been chosen while the answer was on its way.
      if (this.selected !== account) return;
      this.overview = overview;
      await this.loadView();
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
      this.say(t().session.overageRecorded(enabled));
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

  /** Asks how the accounts stand that are beside the selected one. */
  async loadStandings(): Promise<void> {
    const found: Record<AccountNumber, Standing> = {};
    for (const { id, ready } of this.shownAccounts) {
      if (!ready || id === this.selected) continue;
      // What goes wrong is said where the account is looked at.
      const standing = await this.backend.overview(id).catch(() => null);
      if (standing) found[id] = standing;
    }
    this.standings = found;
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
    if (others.length > 0) await this.loadStandings();
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

  /** Makes a choice of Settings; it is followed at once. */
  async choose(choice: Choice): Promise<boolean> {
    return this.trying(async () => {
      await this.backend.choose(choice);
      const start = await this.backend.start();
      await this.follow(start.settings);
      this.start = start;
      if (choice.what !== "ask-kiro" && choice.what !== "ask-kilo") return;
      if (choice.to) await this.refresh(true);
      else await this.reload();
    });
  }

  async setAutostart(on: boolean): Promise<void> {
    await this.trying(async () => {
      await this.backend.setAutostart(on);
      this.offers = await this.backend.desktop();
    });
  }

  async backUp(): Promise<void> {
    await this.trying(async () => this.saySaved(await this.backend.backUp()));
  }

  async exportAll(): Promise<void> {
    await this.trying(async () => this.saySaved(await this.backend.exportAll()));
  }

  async deleteAll(): Promise<void> {
    await this.trying(async () => {
      await this.backend.deleteAll();
      await this.select(null);
      await this.open();
      this.say(t().session.allDeleted);
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
      this.say(t().session.key(key !== null));
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
      this.say(t().session.renamed(name.trim()));
    });
  }

  async hideAccount(account: AccountSummary, hidden: boolean): Promise<void> {
    await this.trying(async () => {
      await this.backend.hideAccount(account.id, hidden);
      this.start = await this.backend.start();
      this.say(t().session.hidden(account.name, hidden), false, () => this.hideAccount(account, !hidden));
    });
  }

  async saveTeamFacts(account: AccountNumber, facts: TeamFacts): Promise<boolean> {
    return this.trying(async () => {
      await this.backend.saveTeamFacts(account, facts);
      await this.reload();
      this.say(t().session.teamSaved);
    });
  }

  async changePlan(plan: string, name: string): Promise<void> {
    const account = this.selected;
    if (account === null) return;
    await this.trying(async () => {
      await this.backend.changePlan(account, plan);
      this.receipt = null;
      await this.reload();
      this.say(t().session.changeRecorded(name));
    });
  }

  /** False when the facts were refused: the form stays as it is. */
  async saveFacts(account: AccountNumber | null, change: FactsChange): Promise<boolean> {
    return this.trying(async () => {
      const saved = await this.backend.saveFacts(account, change);
      this.selected = saved.account.id;
      this.receipt = null;
      await this.reload();
      const words = t().session;
      const replaced = saved.replaced.map(({ plan, on }) => ({ plan, on: fullDate(on) }));
      if (!saved.changed) this.say(words.factsAlready);
      else this.say(replaced.length > 0 ? words.factsReplace(replaced) : words.factsSaved);
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
      this.say(t().session.removed(account.name), false, () => this.restoreAccount(account));
    });
  }

  private async restoreAccount(account: AccountSummary): Promise<void> {
    await this.trying(async () => {
      await this.backend.restoreAccount(account.id);
      this.start = await this.backend.start();
      await this.select(account.id);
      this.say(t().session.restored(account.name));
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

  openLink(link: Link): Promise<boolean> {
    return this.trying(() => this.backend.openLink(link));
  }

  /** Restores data that can't be opened, opens it, and says what came of it. */
  async restoreData(): Promise<boolean> {
    return this.trying(async () => {
      const restored = await this.backend.restoreData();
      await this.open();
      this.say(t().failure.restored(restored));
    });
  }

  showDataFolder(): Promise<boolean> {
    return this.trying(() => this.backend.showDataFolder());
  }

  say(text: string, bad = false, undo?: () => Promise<unknown>): void {
    this.message = undo ? { text, bad, undo } : { text, bad };
  }

  /** Says what went wrong in its own words. */
  fail(thrown: unknown): void {
    this.say(asAppError(thrown).message, true);
  }

  /** Does something; a failure is said in its own words and changes nothing else. */
  async trying(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (thrown) {
      this.fail(thrown);
      return false;
    }
  }
}
