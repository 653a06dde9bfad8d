/** What was used, by days, weeks or months; and task by task. */
import type { Backend } from "../../ipc/backend";
import type { AppError } from "../../ipc/bindings/AppError";
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { UsageQuery } from "../../ipc/bindings/UsageQuery";
import type { UsageRows } from "../../ipc/bindings/UsageRows";
import type { UsageStep } from "../../ipc/bindings/UsageStep";
import type { UsageView } from "../../ipc/bindings/UsageView";
import type { Announcements } from "../../primitives/announcements.svelte";
import { OfAccount, type Looked } from "../accounts/of-account.svelte";

export class UsageState {
  private readonly usage: OfAccount<UsageView>;
  /** The page that was asked for last couldn't be read. */
  rowsFailed = $state(false);
  private step: UsageStep = "day";
  private pages = 0;
  private readonly backend: Backend;
  private readonly announcements: Announcements;

  constructor(backend: Backend, looked: Looked, announcements: Announcements) {
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
    await this.usage.ask((account) => this.backend.usage(account, this.step));
  }

  /** Shows it by another step, here and wherever else usage is looked at. */
  async showBy(step: UsageStep): Promise<void> {
    this.step = step;
    await this.announcements.trying(() => this.load());
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
}
