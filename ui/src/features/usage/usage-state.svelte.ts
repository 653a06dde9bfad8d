/** What was used: in which days, split by what, and of which parts alone; and row by row. */
import type { Backend } from "../../ipc/backend";
import type { AppError } from "../../ipc/bindings/AppError";
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { UsageAsked } from "../../ipc/bindings/UsageAsked";
import type { UsageChosen } from "../../ipc/bindings/UsageChosen";
import type { UsageRange } from "../../ipc/bindings/UsageRange";
import type { UsageQuery } from "../../ipc/bindings/UsageQuery";
import type { UsageRows } from "../../ipc/bindings/UsageRows";
import type { UsageView } from "../../ipc/bindings/UsageView";
import type { Announcements } from "../../primitives/announcements.svelte";
import { OfAccount, type Looked } from "../accounts/of-account.svelte";

/** The months of the account that is looked at, where it is looked at month by month. */
interface Months {
  readonly chosen: string | null;
  readonly newest: string | null;
  readonly known: readonly string[];
  look(month: string): Promise<void>;
}
const noMonths: Months = { chosen: null, newest: null, known: [], look: () => Promise.resolve() };

const first: UsageAsked = { range: { kind: "running" }, split: "model", only: [] };

export class UsageState {
  private readonly usage: OfAccount<UsageView>;
  /** What is looked at; of another account it begins anew. */
  asked = $state.raw<UsageAsked>(first);
  /** The page that was asked for last couldn't be read. */
  rowsFailed = $state(false);
  private of: AccountNumber | null = null;
  /** The month that was chosen when it was asked for last. */
  private month: string | null = null;
  private pages = 0;
  private readonly backend: Backend;
  private readonly announcements: Announcements;
  private readonly months: Months;

  constructor(backend: Backend, looked: Looked, announcements: Announcements, months: Months = noMonths) {
    this.months = months;
    this.backend = backend;
    this.announcements = announcements;
    this.usage = new OfAccount(looked);
  }

  get answer(): UsageView | null {
    return this.usage.value;
  }

  /** Why there is none. */
  get failure(): AppError | null {
    return this.usage.failure;
  }

  async load(): Promise<void> {
    await this.usage.ask((account) => {
      if (account !== this.of) {
        this.asked = first;
        this.month = null;
      }
      this.of = account;
      this.follow(this.months.chosen);
      return this.backend.usage(account, this.asked);
    });
  }

  /** Another month that is looked at in every view is looked at here. */
  private follow(month: string | null): void {
    if (month === this.month) return;
    this.month = month;
    this.asked = { ...this.asked, range: month === null ? first.range : { kind: "month", month } };
  }

  /** The month that a range is, where that is another one than the views show and they can show it. */
  private otherMonth(range: UsageRange | undefined): string | null {
    const { chosen, newest, known } = this.months;
    const month = range?.kind === "running" ? newest : range?.kind === "month" ? range.month : null;
    return month !== null && month !== (chosen ?? newest) && known.includes(month) ? month : null;
  }

  /** Looks at something else; what can't be read leaves what was looked at. */
  async look(change: Partial<UsageAsked>): Promise<void> {
    const month = this.otherMonth(change.range);
    if (month !== null) return this.months.look(month);
    const before = this.asked;
    this.asked = { ...before, ...change };
    if (!(await this.announcements.trying(() => this.load()))) this.asked = before;
  }

  /** Looks at a part alone, or no longer. */
  async toggle(part: UsageChosen): Promise<void> {
    const is = (other: UsageChosen) => other.by === part.by && other.name === part.name;
    const { only } = this.asked;
    await this.look({ only: only.some(is) ? only.filter((other) => !is(other)) : [...only, part] });
  }

  /** One page of it; none where that failed, or where another page was asked for meanwhile. */
  async rows(account: AccountNumber, query: UsageQuery): Promise<UsageRows | null> {
    const mine = ++this.pages;
    let rows: UsageRows | null = null;
    this.rowsFailed = false;
    const there = await this.announcements.trying(async () => {
      rows = await this.backend.usageRows(account, query);
    });
    if (mine === this.pages) this.rowsFailed = !there;
    return mine === this.pages ? rows : null;
  }

  /** Saves every row that a query finds, where a dialog says. */
  async save(account: AccountNumber, query: UsageQuery): Promise<void> {
    await this.announcements.trying(async () =>
      this.announcements.saySaved(await this.backend.saveUsage(account, query)),
    );
  }
}
