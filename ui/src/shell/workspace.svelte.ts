/** Which view is shown of which account, and what the views are drawn from. */
import { Accounts } from "../features/accounts/accounts.svelte";
import { Start } from "../features/accounts/start.svelte";
import { AllAccountsState } from "../features/all-accounts/all-accounts-state.svelte";
import { ImportState } from "../features/import/import-state.svelte";
import { InvoicesState } from "../features/invoices/invoices-state.svelte";
import { MonthsState } from "../features/months/months-state.svelte";
import { OverviewState } from "../features/overview/overview-state.svelte";
import { PlansState } from "../features/plans/plans-state.svelte";
import { ReportsState } from "../features/settings/reports-state.svelte";
import { SettingsState, type AroundSettings } from "../features/settings/settings-state.svelte";
import { MovesState } from "../features/team/moves-state.svelte";
import { Quote } from "../features/team/quote.svelte";
import { UsageState } from "../features/usage/usage-state.svelte";
import type { Backend } from "../ipc/backend";
import type { AccountNumber } from "../ipc/bindings/AccountNumber";
import type { AppError } from "../ipc/bindings/AppError";
import type { Link } from "../ipc/bindings/Link";
import type { SeatChange } from "../ipc/bindings/SeatChange";
import type { SeatReceipt } from "../ipc/bindings/SeatReceipt";
import type { TopUpReceipt } from "../ipc/bindings/TopUpReceipt";
import { asAppError } from "../ipc/error";
import { viewsOf } from "../kinds";
import type { ViewName } from "../messages";
import { speak } from "../messages/language.svelte";
import { Announcements } from "../primitives/announcements.svelte";
import { taking } from "../primitives/taking.svelte";
import type { Shown } from "./address";
import { Refresher } from "./refresher.svelte";

/** What a view asks for, what it was answered, and why not. */
interface Asked {
  load(): Promise<void>;
  readonly answer: unknown;
  readonly failure: AppError | null;
}

export class Workspace implements AroundSettings {
  view = $state<ViewName>("overview");
  /** Why nothing can be shown at all. */
  failure = $state.raw<AppError | null>(null);
  readonly backend: Backend;
  readonly announcements = new Announcements();
  readonly start: Start;
  readonly accounts: Accounts;
  readonly overview: OverviewState;
  readonly all: AllAccountsState;
  readonly months: MonthsState;
  readonly usage: UsageState;
  readonly plans: PlansState;
  readonly invoices: InvoicesState;
  readonly moves: MovesState;
  readonly seats: Quote<SeatChange, SeatReceipt>;
  readonly topUp: Quote<string | null, TopUpReceipt>;
  readonly settings: SettingsState;
  readonly reports: ReportsState;
  readonly imports: ImportState;
  readonly refresher: Refresher;
  /** What a view asks for when it is shown, beside how its account stands. */
  private readonly views: Partial<Record<ViewName, Asked>>;

  /** What was shown before the page was loaded; once it is shown again, the window goes its own way. */
  private before: Shown | null;

  constructor(backend: Backend, before: Shown | null = null) {
    this.backend = backend;
    taking.by(backend, this.announcements);
    this.before = before;
    const said = this.announcements;
    this.start = new Start(backend);
    this.accounts = new Accounts(backend, this.start, said, this);
    this.overview = new OverviewState(backend, this.accounts, said, this);
    this.all = new AllAccountsState(backend);
    this.months = new MonthsState(backend, this.accounts, this.overview, said, this);
    this.usage = new UsageState(backend, this.accounts, said, this.months);
    this.plans = new PlansState(backend, this.accounts, said, this);
    this.invoices = new InvoicesState(backend, this.accounts, said);
    this.moves = new MovesState(backend, said);
    this.seats = new Quote((account, change) => backend.seatReceipt(account, change), said);
    this.topUp = new Quote((account, amount) => backend.topUpReceipt(account, amount), said);
    this.settings = new SettingsState(backend, this.start, said, this);
    this.reports = new ReportsState(backend, said);
    this.imports = new ImportState(backend, said, this);
    this.refresher = new Refresher(backend, this.accounts, this.overview, said, () => this.view === "overview");
    this.views = {
      accounts: this.all,
      usage: this.usage,
      plans: this.plans,
      invoices: this.invoices,
    };
  }

  /** Whether the first questions are shown: there is no account, or nothing is known of this one. */
  get welcome(): boolean {
    const { current } = this.accounts;
    return current === null || (!current.ready && this.view !== "settings" && this.view !== "accounts");
  }

  /** Begins, or begins again after a failure. */
  async open(): Promise<void> {
    try {
      const { accounts } = await this.start.ask(({ overview, accounts }) => {
        this.failure = null;
        const first = overview?.account.id ?? accounts.find(({ hidden }) => !hidden)?.id ?? accounts[0]?.id ?? null;
        this.overview.begin(overview);
        this.accounts.look(first);
      });
      const { before } = this;
      this.before = null;
      if (before && accounts.some(({ id }) => id === before.account)) await this.goTo(before.account, before.view);
    } catch (thrown) {
      // Which language was chosen can't be read either: it is said in the system's.
      if (!this.start.answer) await speak(null, null).catch(() => undefined);
      this.failure = asAppError(thrown);
    }
  }

  /** Asks for everything on the screen again; what is shown stays until the answers are here. */
  async reload(): Promise<void> {
    const account = this.accounts.selected;
    if (account === null) return this.open();
    await this.trying(async () => {
      const { accounts } = await this.start.ask();
      if (this.accounts.selected !== account) return;
      const known = accounts.find(({ id }) => id === account);
      if (!known) return this.goTo(accounts[0]?.id ?? null);
      await this.load(account, known.ready);
    });
  }

  /** Asks once more for what could not be shown. */
  async again(): Promise<void> {
    const asked = this.views[this.view];
    if (asked?.failure && this.overview.shown) return this.trying(() => asked.load());
    return this.reload();
  }

  /** Shows another view of the account. */
  async show(view: ViewName): Promise<void> {
    this.view = view;
    await this.trying(() => this.loadView());
  }

  async goTo(account: AccountNumber | null, view = this.view): Promise<void> {
    this.accounts.look(account);
    const known = this.accounts.current;
    this.view = account !== null && viewsOf(known?.billing).includes(view) ? view : "overview";
    if (account === null || !known?.ready) return;
    await this.trying(() => this.load(account, true));
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

  /** What is wrong with an answer that nothing is shown of is said in its place; else it is said beside what is shown. */
  private async trying(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      this.announcements.isOver("show");
    } catch (thrown) {
      if (!this.missing) this.announcements.fail(thrown, "show");
    }
  }

  /** Why what is looked at can't be shown. */
  get missing(): AppError | null {
    if (this.view === "settings") return null;
    const asked = this.views[this.view];
    if (!asked) return this.overview.shown ? null : this.overview.failure;
    if (this.view === "accounts") return asked.answer ? null : asked.failure;
    // Where not even the account's standing was answered, the view wasn't asked for.
    return asked.answer ? null : (asked.failure ?? (this.overview.shown ? null : this.overview.failure));
  }

  /** Asks how an account stands, and for what its view shows; nothing while nobody has said what it is. */
  private async load(account: AccountNumber, ready: boolean): Promise<void> {
    if (!ready) {
      this.overview.forget(account);
      return this.view === "accounts" ? this.loadView() : undefined;
    }
    await this.overview.load(account);
    if (this.accounts.selected !== account) return;
    await this.months.load();
    await this.loadView();
  }

  /** Asks for what the view that is shown has, beside how the account stands. */
  async loadView(): Promise<void> {
    if (this.view === "settings") return this.settings.load();
    if (this.view === "accounts") return this.all.load();
    if (this.accounts.current?.ready) await this.views[this.view]?.load();
  }

  /** Everything that a view is drawn from. */
  get drawnFrom(): unknown[] {
    return [
      this.view,
      this.accounts.selected,
      this.start.answer,
      this.overview.shown,
      this.months.shown,
      this.all.answer,
      this.plans.answer,
      this.plans.plans,
      this.usage.answer,
      this.invoices.answer,
    ];
  }
}
