/** Which view is shown of which account, and what the views are drawn from. */
import { Accounts } from "../features/accounts/accounts.svelte";
import { Start } from "../features/accounts/start.svelte";
import { ImportState } from "../features/import/import-state.svelte";
import { InvoicesState } from "../features/invoices/invoices-state.svelte";
import { OverviewState } from "../features/overview/overview-state.svelte";
import { PlansState } from "../features/plans/plans-state.svelte";
import { SettingsState, type AroundSettings } from "../features/settings/settings-state.svelte";
import { SeatsState } from "../features/team/seats-state.svelte";
import { UsageState } from "../features/usage/usage-state.svelte";
import { WhatIfState } from "../features/what-if/what-if-state.svelte";
import type { Backend } from "../ipc/backend";
import type { AccountNumber } from "../ipc/bindings/AccountNumber";
import type { AppError } from "../ipc/bindings/AppError";
import type { Link } from "../ipc/bindings/Link";
import { asAppError } from "../ipc/error";
import { viewsOf } from "../kinds";
import type { ViewName } from "../messages";
import { speak } from "../messages/language.svelte";
import { Announcements } from "../primitives/announcements.svelte";
import { Refresher } from "./refresher.svelte";

export class Workspace implements AroundSettings {
  view = $state<ViewName>("overview");
  /** Why nothing can be shown at all. */
  failure = $state.raw<AppError | null>(null);
  readonly backend: Backend;
  readonly announcements = new Announcements();
  readonly start: Start;
  readonly accounts: Accounts;
  readonly overview: OverviewState;
  readonly usage: UsageState;
  readonly plans: PlansState;
  readonly invoices: InvoicesState;
  readonly whatIf: WhatIfState;
  readonly seats: SeatsState;
  readonly settings: SettingsState;
  readonly imports: ImportState;
  readonly refresher: Refresher;
  /** What a view asks for when it is shown, beside how its account stands. */
  private readonly views: Partial<Record<ViewName, { load(): Promise<void> }>>;

  constructor(backend: Backend) {
    this.backend = backend;
    const said = this.announcements;
    this.start = new Start(backend);
    this.accounts = new Accounts(backend, this.start, said, this);
    this.overview = new OverviewState(backend, this.accounts, said, this);
    this.usage = new UsageState(backend, this.accounts, said);
    this.plans = new PlansState(backend, this.accounts, said, this);
    this.invoices = new InvoicesState(backend, this.accounts, said);
    this.whatIf = new WhatIfState(backend, this.accounts, said);
    this.seats = new SeatsState(backend, said);
    this.settings = new SettingsState(backend, this.start, said, this);
    this.imports = new ImportState(backend, said, this);
    this.refresher = new Refresher(backend, this.accounts, this.overview, said);
    this.views = {
      usage: this.usage,
      plans: this.plans,
      invoices: this.invoices,
      "what-if": this.whatIf,
      settings: this.settings,
    };
  }

  /** Begins, or begins again after a failure. */
  async open(): Promise<void> {
    try {
      const { overview, accounts } = await this.start.ask();
      this.failure = null;
      this.overview.begin(overview);
      this.accounts.look(overview?.account.id ?? accounts[0]?.id ?? null);
    } catch (thrown) {
      // Which language was chosen can't be read either: it is said in the system's.
      if (!this.start.answer) await speak(null, null);
      this.failure = asAppError(thrown);
    }
  }

  /** Asks for everything on the screen again; what is shown stays until the answers are here. */
  async reload(): Promise<void> {
    const account = this.accounts.selected;
    if (account === null) return this.open();
    await this.announcements.trying(async () => {
      const { accounts } = await this.start.ask();
      if (this.accounts.selected !== account) return;
      const known = accounts.find(({ id }) => id === account);
      if (!known) return this.goTo(accounts[0]?.id ?? null);
      await this.load(account, known.ready);
    });
  }

  /** Shows another view of the account. */
  async show(view: ViewName): Promise<void> {
    this.view = view;
    this.announcements.leaveView();
    await this.announcements.trying(() => this.loadView());
  }

  async goTo(account: AccountNumber | null, view = this.view): Promise<void> {
    this.accounts.look(account);
    const known = this.accounts.current;
    this.view = account !== null && viewsOf(known?.billing).includes(view) ? view : "overview";
    if (account === null || !known?.ready) return;
    await this.announcements.trying(() => this.load(account, true));
  }

  async refresh(): Promise<void> {
    await this.refresher.refresh();
  }

  look(): void {
    this.refresher.look();
  }

  openLink(link: Link): void {
    void this.announcements.trying(() => this.backend.openLink(link));
  }

  /** Asks how an account stands, and for what its view shows; nothing while nobody has said what it is. */
  private async load(account: AccountNumber, ready: boolean): Promise<void> {
    if (!ready) return this.overview.forget(account);
    await this.overview.load(account);
    if (this.accounts.selected === account) await this.loadView();
  }

  private async loadView(): Promise<void> {
    if (this.accounts.current?.ready) await this.views[this.view]?.load();
  }

  /** Everything that a view is drawn from. */
  get drawnFrom(): unknown[] {
    return [
      this.view,
      this.accounts.selected,
      this.start.answer,
      this.overview.shown,
      this.plans.answer,
      this.plans.receipt,
      this.usage.answer,
      this.invoices.answer,
      this.whatIf.answer,
    ];
  }
}
