/** What was used: in which days, split by what, and of which parts alone; and row by row. */
import type { Backend } from "../../ipc/backend";
import type { AppError } from "../../ipc/bindings/AppError";
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { UsageAsked } from "../../ipc/bindings/UsageAsked";
import type { UsageChosen } from "../../ipc/bindings/UsageChosen";
import type { UsageQuery } from "../../ipc/bindings/UsageQuery";
import type { UsageRows } from "../../ipc/bindings/UsageRows";
import type { UsageView } from "../../ipc/bindings/UsageView";
import type { Announcements } from "../../primitives/announcements.svelte";
import { OfAccount, type Looked } from "../accounts/of-account.svelte";

const first: UsageAsked = { range: { kind: "running" }, split: "model", only: [] };

export class UsageState {
  private readonly usage: OfAccount<UsageView>;
  /** What is looked at; of another account it begins anew. */
  asked = $state.raw<UsageAsked>(first);
  /** The page that was asked for last couldn't be read. */
  rowsFailed = $state(false);
  private of: AccountNumber | null = null;
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
    await this.usage.ask((account) => {
      if (account !== this.of) this.asked = first;
      this.of = account;
      return this.backend.usage(account, this.asked);
    });
  }

  /** Looks at something else; what can't be read leaves what was looked at. */
  async look(change: Partial<UsageAsked>): Promise<void> {
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
