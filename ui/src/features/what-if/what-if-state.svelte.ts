/** What is supposed in What-if, and what is answered. */
import type { Backend } from "../../ipc/backend";
import type { AppError } from "../../ipc/bindings/AppError";
import type { WhatIf } from "../../ipc/bindings/WhatIf";
import type { WhatIfView } from "../../ipc/bindings/WhatIfView";
import { t } from "../../messages";
import type { Announcements } from "../../primitives/announcements.svelte";
import { OfAccount, type Looked } from "../accounts/of-account.svelte";

const NOTHING_SUPPOSED: WhatIf = { opened: false, until: null, a_day: null, changes: [], packs: false };

export class WhatIfState {
  private readonly supposed: OfAccount<WhatIf>;
  private readonly course: OfAccount<WhatIfView>;
  private readonly backend: Backend;
  private readonly looked: Looked;
  private readonly announcements: Announcements;
  // While somebody drags there are more questions than answers: only the newest that waits is asked.
  private waiting: WhatIf | null = null;
  private answering = false;

  constructor(backend: Backend, looked: Looked, announcements: Announcements) {
    this.backend = backend;
    this.looked = looked;
    this.announcements = announcements;
    this.supposed = new OfAccount(looked);
    this.course = new OfAccount(looked);
  }

  get answer(): WhatIfView | null {
    return this.course.value;
  }

  /** Why there is none. */
  get failure(): AppError | null {
    return this.course.failure;
  }

  /** Asked anew with every change of it. */
  get question(): WhatIf {
    return this.supposed.value ?? NOTHING_SUPPOSED;
  }

  /** Asks what is supposed already. */
  load(): Promise<void> {
    return this.ask(this.question);
  }

  /** Supposes something else; answered as fast as answers come, the last question always. */
  async suppose(question: WhatIf): Promise<void> {
    this.supposed.set(question);
    this.waiting = question;
    if (this.answering) return;
    this.answering = true;
    while (this.waiting) {
      const next: WhatIf = this.waiting;
      this.waiting = null;
      await this.announcements.trying(() => this.ask(next));
    }
    this.answering = false;
  }

  private async ask(question: WhatIf): Promise<void> {
    await this.course.ask((account) => this.backend.whatIf(account, question));
  }

  /** Leaves the opened scenario: nothing is supposed of the account itself. */
  close(): Promise<void> {
    return this.suppose(NOTHING_SUPPOSED);
  }

  async save(name: string, question: WhatIf = this.question): Promise<boolean> {
    return this.announcements.trying(async () => {
      const account = this.looked.selected;
      if (account === null) return;
      await this.backend.saveWhatIf(account, name, question);
      await this.load();
      this.announcements.say(t().whatIf.savedNote(name.trim()));
    });
  }

  async forget(name: string): Promise<void> {
    await this.announcements.trying(async () => {
      const account = this.looked.selected;
      if (account === null) return;
      const forgotten = this.answer?.saved.find((known) => known.name === name)?.question;
      await this.backend.forgetWhatIf(account, name);
      await this.load();
      this.announcements.say(t().whatIf.forgotten(name), false, forgotten && (() => this.save(name, forgotten)));
    });
  }

  /** Saves it as the contract's JSON. */
  async export(): Promise<void> {
    await this.announcements.trying(async () => {
      if (this.looked.selected === null) return;
      this.announcements.saySaved(await this.backend.exportWhatIf(this.looked.selected, this.question));
    });
  }

  /** Opens a scenario file, and supposes of it what it says by itself. */
  async open(): Promise<void> {
    await this.announcements.trying(async () => {
      if (await this.backend.openWhatIf()) await this.suppose({ ...NOTHING_SUPPOSED, opened: true });
    });
  }
}
