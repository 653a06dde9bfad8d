/** What adding or removing seats would do. */
import type { Backend } from "../../ipc/backend";
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { SeatChange } from "../../ipc/bindings/SeatChange";
import type { SeatReceipt } from "../../ipc/bindings/SeatReceipt";
import type { Announcements } from "../../primitives/announcements.svelte";

export class SeatsState {
  receipt = $state.raw<SeatReceipt | null>(null);
  /** A receipt is being asked for anew: the one shown is of another question or of a moment ago. */
  pricing = $state(false);
  private questions = 0;
  private readonly backend: Pick<Backend, "seatReceipt">;
  private readonly announcements: Announcements;

  constructor(backend: Pick<Backend, "seatReceipt">, announcements: Announcements) {
    this.backend = backend;
    this.announcements = announcements;
  }

  /** Asks what a change would do; what comes after a later question is not taken. */
  async price(account: AccountNumber, change: SeatChange): Promise<void> {
    const mine = ++this.questions;
    this.pricing = true;
    await this.announcements.trying(async () => {
      const receipt = await this.backend.seatReceipt(account, change);
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
