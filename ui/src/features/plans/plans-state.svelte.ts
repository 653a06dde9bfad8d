/** The choices beside each other, at the pace so far or at what is tried in its place, and what one of them charges. */
import type { Backend } from "../../ipc/backend";
import type { AppError } from "../../ipc/bindings/AppError";
import type { PlansView } from "../../ipc/bindings/PlansView";
import type { RecordNumber } from "../../ipc/bindings/RecordNumber";
import type { WhatIf } from "../../ipc/bindings/WhatIf";
import type { WhatIfView } from "../../ipc/bindings/WhatIfView";
import { t } from "../../messages";
import type { Announcements } from "../../primitives/announcements.svelte";
import type { Around } from "../accounts/accounts.svelte";
import { OfAccount, type Looked } from "../accounts/of-account.svelte";

/** The account that is looked at, and what is recorded of it. */
interface Recording extends Looked {
  undoRecord(record: RecordNumber): Promise<void>;
}

const NOTHING_TRIED: WhatIf = { opened: false, until: null, a_day: null, changes: [], packs: false, choice: null };

export class PlansState {
  private readonly listed: OfAccount<PlansView>;
  private readonly tried: OfAccount<WhatIf>;
  private readonly compared: OfAccount<WhatIfView>;
  /** It is being asked anew: what is shown is of a moment ago. */
  pricing = $state(false);
  private readonly backend: Backend;
  private readonly looked: Recording;
  private readonly announcements: Announcements;
  private readonly around: Around;
  // While somebody drags there are more questions than answers: only the newest that waits is asked.
  private waiting: { question: WhatIf; visit: number } | null = null;
  private answering = false;

  constructor(backend: Backend, looked: Recording, announcements: Announcements, around: Around) {
    this.backend = backend;
    this.looked = looked;
    this.announcements = announcements;
    this.around = around;
    this.listed = new OfAccount(looked);
    this.tried = new OfAccount(looked);
    this.compared = new OfAccount(looked);
  }

  get answer(): WhatIfView | null {
    return this.compared.value;
  }

  /** What doesn't change with what is tried: past months, models, how costs grow. */
  get plans(): PlansView | null {
    return this.listed.value;
  }

  /** Why there is no answer. */
  get failure(): AppError | null {
    return this.compared.failure ?? this.listed.failure;
  }

  /** What is tried. */
  get question(): WhatIf {
    return this.tried.value ?? NOTHING_TRIED;
  }

  /** Asks for everything; what is tried stays. Of a file there are no past months. */
  async load(): Promise<void> {
    const { question } = this;
    const listed = question.opened ? null : this.listed.ask((account) => this.backend.plans(account));
    const [, answered] = await Promise.allSettled([listed, this.ask(question)]);
    if (answered.status === "rejected") throw answered.reason as Error;
    await listed;
  }

  /** Looks at what changing to a plan charges, at the pace so far. */
  lookAt(plan: string): void {
    this.tried.set({ ...NOTHING_TRIED, choice: { plan, overage: false, packs: false } });
  }

  /** Tries something else; answered as fast as answers come, the last question always. */
  async suppose(question: WhatIf): Promise<void> {
    this.tried.set(question);
    this.waiting = { question, visit: this.looked.visit };
    if (this.answering) return;
    this.answering = true;
    this.pricing = true;
    while (this.waiting) {
      const { question: next, visit }: { question: WhatIf; visit: number } = this.waiting;
      this.waiting = null;
      // What waits for an account that was left is none of another's.
      if (visit === this.looked.visit) await this.announcements.trying(() => this.ask(next), "plan");
    }
    this.answering = false;
    this.pricing = false;
  }

  /** Once the account is on another plan, its cheapest choice is looked at again. */
  private async ask(question: WhatIf): Promise<void> {
    const before = this.answer;
    const answer = await this.compared.ask((account) => this.backend.whatIf(account, question));
    if (!answer || !question.choice || !before || before.plan === answer.plan) return;
    const anew = { ...question, choice: null };
    this.tried.set(anew);
    await this.compared.ask((account) => this.backend.whatIf(account, anew));
  }

  /** Leaves the opened file: nothing is tried of the account itself. */
  async close(): Promise<void> {
    await this.suppose(NOTHING_TRIED);
    await this.announcements.trying(() => this.load());
  }

  async save(name: string, question: WhatIf = this.question): Promise<boolean> {
    return this.announcements.trying(async () => {
      const account = this.looked.selected;
      if (account === null) return;
      await this.backend.saveWhatIf(account, name, question);
      await this.ask(this.question);
      this.announcements.say(t().trying.savedNote({ name: name.trim() }));
    });
  }

  async forget(name: string): Promise<void> {
    await this.announcements.trying(async () => {
      const account = this.looked.selected;
      if (account === null) return;
      const forgotten = this.answer?.saved.find((known) => known.name === name)?.question;
      await this.backend.forgetWhatIf(account, name);
      await this.ask(this.question);
      this.announcements.say(t().trying.forgotten({ name }), false, forgotten && (() => this.save(name, forgotten)));
    });
  }

  /** Saves it as a scenario file. */
  async export(): Promise<void> {
    await this.announcements.trying(async () => {
      if (this.looked.selected === null) return;
      this.announcements.saySaved(await this.backend.exportWhatIf(this.looked.selected, this.question));
    });
  }

  /** Opens a scenario file, and asks of it what it says by itself. */
  async open(): Promise<void> {
    await this.announcements.trying(async () => {
      if (await this.backend.openWhatIf()) await this.suppose({ ...NOTHING_TRIED, opened: true });
    });
  }

  /** Records that the plan was changed. */
  async change(plan: string, name: string): Promise<void> {
    const account = this.looked.selected;
    if (account === null) return;
    await this.announcements.trying(async () => {
      const { record } = await this.backend.changePlan(account, plan);
      this.tried.set({ ...this.question, choice: null });
      await this.around.reload();
      this.announcements.say(t().session.changeRecorded({ plan: name }), false, () => this.looked.undoRecord(record));
    }, "plan");
  }
}
