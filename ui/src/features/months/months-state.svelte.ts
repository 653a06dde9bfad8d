/** Which month of an account is looked at, in every view of it, and how the account stood then. */
import type { Backend } from "../../ipc/backend";
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { Standing } from "../../ipc/bindings/Standing";
import type { Announcements } from "../../primitives/announcements.svelte";
import { OfAccount, type Looked } from "../accounts/of-account.svelte";

/** How accounts stand now. */
interface Present {
  readonly shown: Standing | null;
}

/** Asks again for what the view that is shown has. */
interface Around {
  loadView(): Promise<void>;
}

/** The month that a standing is of; none where its kind tells no months apart. */
const monthOf = (of: Standing | null) => (of && "months" in of ? of.month.start.slice(0, 7) : null);

/** The months beside the one that is shown, asked for before anybody wants them: of ten thousand users each takes longer
 * than a click should. They go with the answer they were asked beside. */
interface Ahead {
  beside: Standing | null;
  visit: number;
  answers: Readonly<Partial<Record<string, Promise<Standing>>>>;
}

export class MonthsState {
  /** What was chosen, by account; of the others the newest month is shown. */
  private all = $state.raw<Readonly<Record<AccountNumber, string>>>({});
  private readonly past: OfAccount<Standing>;
  private ahead: Ahead | null = null;
  private readonly backend: Pick<Backend, "standingIn">;
  private readonly looked: Looked;
  private readonly present: Present;
  private readonly announcements: Announcements;
  private readonly around: Around;

  constructor(
    backend: Pick<Backend, "standingIn">,
    looked: Looked,
    present: Present,
    announcements: Announcements,
    around: Around,
  ) {
    this.backend = backend;
    this.looked = looked;
    this.present = present;
    this.announcements = announcements;
    this.around = around;
    this.past = new OfAccount(looked);
  }

  /** The month that was chosen of the account that is looked at: YYYY-MM; none where the newest is shown. */
  get chosen(): string | null {
    return (this.looked.selected !== null && this.all[this.looked.selected]) || null;
  }

  /** How the account stands in the month that is looked at: what was shown stays until that is known. */
  get shown(): Standing | null {
    return (this.chosen === null ? null : this.past.value) ?? this.present.shown;
  }

  /** The months that can be looked at, the oldest first; none where its kind tells no months apart. */
  get known(): string[] {
    const { shown } = this.present;
    return shown && "months" in shown ? shown.months : [];
  }

  /** The newest that reports have: what is shown where nothing was chosen. */
  get newest(): string | null {
    return monthOf(this.present.shown);
  }

  /** The one that is shown. */
  get month(): string | null {
    return monthOf(this.shown);
  }

  /** Asks how the account stood in the month that was chosen. */
  async load(): Promise<void> {
    const { chosen } = this;
    if (chosen === null) this.past.forget();
    else await this.past.ask((account) => this.aheadNow().answers[chosen] ?? this.backend.standingIn(account, chosen));
  }

  /** What was asked ahead beside what is shown now. */
  private aheadNow(): Ahead {
    const { shown: beside } = this.present;
    const { visit } = this.looked;
    if (this.ahead?.beside !== beside || this.ahead.visit !== visit) this.ahead = { beside, visit, answers: {} };
    return this.ahead;
  }

  /** Asks for the months beside the one that is shown, or another one, which are likely to be looked at next. */
  prepare(month = this.month): void {
    const account = this.looked.selected;
    if (account === null) return;
    const ahead = this.aheadNow();
    const wanted = [this.beside(-1, month), this.beside(1, month)].filter((beside) => beside !== null);
    const kept = Object.entries(ahead.answers).filter(([known]) => known === month || wanted.includes(known));
    ahead.answers = Object.fromEntries(kept);
    // The newest is there already; and what can't be read is told when somebody wants it.
    for (const next of wanted.filter((each) => each !== this.newest && !ahead.answers[each])) {
      const answer = this.backend.standingIn(account, next);
      ahead.answers = { ...ahead.answers, [next]: answer };
      answer.catch(() => (ahead.answers = { ...ahead.answers, [next]: undefined }));
    }
  }

  /** Looks at another month in every view; what can't be read leaves the one that was looked at. */
  async look(month: string): Promise<void> {
    const account = this.looked.selected;
    if (account === null) return;
    const before = this.all;
    const { newest, known } = this;
    this.all = Object.fromEntries(Object.entries(before).filter(([id]) => Number(id) !== account));
    // Where a bill is newer than every report, that it is looked at is a choice, too: Invoices begin with the bill.
    if (month !== newest || month !== known.at(-1)) this.all = { ...this.all, [account]: month };
    const there = await this.announcements.trying(async () => {
      await this.load();
      await this.around.loadView();
    });
    if (!there) this.all = before;
  }

  /** The month so many further on than the one that is shown, or another one; none where there is none. */
  beside(by: 1 | -1, month = this.month): string | null {
    const { known } = this;
    return month === null ? null : (known[known.indexOf(month) + by] ?? null);
  }
}
