/** What a change at the vendor would charge, as of a moment: asked anew whenever the question changes. */
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { Announcements } from "../../primitives/announcements.svelte";

export class Quote<Question, Receipt> {
  receipt = $state.raw<Receipt | null>(null);
  /** A receipt is being asked for anew: the one shown is of another question or of a moment ago. */
  pricing = $state(false);
  private questions = 0;
  private readonly ask: (account: AccountNumber, question: Question) => Promise<Receipt>;
  private readonly announcements: Announcements;

  constructor(ask: (account: AccountNumber, question: Question) => Promise<Receipt>, announcements: Announcements) {
    this.ask = ask;
    this.announcements = announcements;
  }

  /** Asks what a change would do; what comes after a later question is not taken. */
  async price(account: AccountNumber, question: Question): Promise<void> {
    const mine = ++this.questions;
    this.pricing = true;
    await this.announcements.trying(async () => {
      const receipt = await this.ask(account, question);
      if (mine === this.questions) this.receipt = receipt;
    });
    if (mine === this.questions) this.pricing = false;
  }

  /** Nothing is asked any more. */
  leave(): void {
    this.questions += 1;
    this.receipt = null;
    this.pricing = false;
  }
}
