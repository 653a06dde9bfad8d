/** What is supposed in What-if, and what is answered. */
import type { WhatIf } from "../../ipc/bindings/WhatIf";
import type { WhatIfView } from "../../ipc/bindings/WhatIfView";
import { t } from "../../messages";
import type { Session } from "../../shell/session.svelte";

const NOTHING_SUPPOSED: WhatIf = { opened: false, until: null, a_day: null, changes: [] };

export class WhatIfSession {
  answer = $state.raw<WhatIfView | null>(null);
  /** Asked anew with every change of it. */
  question = $state.raw<WhatIf>(NOTHING_SUPPOSED);
  private readonly session: Session;
  // While somebody drags there are more questions than answers: only the newest that waits is asked.
  private waiting: WhatIf | null = null;
  private answering = false;

  constructor(session: Session) {
    this.session = session;
  }

  /** Forgets what was supposed of another account. */
  clear(): void {
    this.answer = null;
    this.question = NOTHING_SUPPOSED;
  }

  /** Asks what is supposed already; what was answered before stays until the answer is here. */
  load(): Promise<void> {
    return this.ask(this.question);
  }

  /** Supposes something else; answered as fast as answers come, the last question always. */
  async suppose(question: WhatIf): Promise<void> {
    this.question = question;
    this.waiting = question;
    if (this.answering) return;
    this.answering = true;
    while (this.waiting) {
      const next: WhatIf = this.waiting;
      this.waiting = null;
      await this.session.trying(() => this.ask(next));
    }
    this.answering = false;
  }

  private async ask(question: WhatIf): Promise<void> {
    const account = this.session.selected;
    if (account === null) return;
    const answer = await this.session.backend.whatIf(account, question);
    if (this.session.selected === account) this.answer = answer;
  }

  /** Leaves the opened scenario: nothing is supposed of the account itself. */
  close(): Promise<void> {
    return this.suppose(NOTHING_SUPPOSED);
  }

  async save(name: string, question: WhatIf = this.question): Promise<boolean> {
    return this.session.trying(async () => {
      const account = this.session.selected;
      if (account === null) return;
      await this.session.backend.saveWhatIf(account, name, question);
      await this.load();
      this.session.say(t().whatIf.savedNote(name.trim()));
    });
  }

  async forget(name: string): Promise<void> {
    await this.session.trying(async () => {
      const account = this.session.selected;
      if (account === null) return;
      const forgotten = this.answer?.saved.find((known) => known.name === name)?.question;
      await this.session.backend.forgetWhatIf(account, name);
      await this.load();
      this.session.say(t().whatIf.forgotten(name), false, forgotten && (() => this.save(name, forgotten)));
    });
  }

  /** Saves it as the contract's JSON. */
  async export(): Promise<void> {
    await this.session.trying(async () => {
      if (this.session.selected === null) return;
      this.session.saySaved(await this.session.backend.exportWhatIf(this.session.selected, this.question));
    });
  }

  /** Opens a scenario file, and supposes of it what it says by itself. */
  async open(): Promise<void> {
    await this.session.trying(async () => {
      if (await this.session.backend.openWhatIf()) await this.suppose({ ...NOTHING_SUPPOSED, opened: true });
    });
  }
}
