/** What belongs to the account that is looked at, and is left with it. */
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { AppError } from "../../ipc/bindings/AppError";
import { asAppError } from "../../ipc/error";

/** Which account is looked at. */
export interface Looked {
  readonly selected: AccountNumber | null;
  /** Another one whenever an account is gone to: what was asked before is of an earlier visit, even of the same one. */
  readonly visit: number;
}

export class OfAccount<T> {
  private kept = $state.raw<{ visit: number; value: T } | null>(null);
  private failed = $state.raw<{ visit: number; error: AppError } | null>(null);
  private readonly looked: Looked;
  private questions = 0;

  constructor(looked: Looked) {
    this.looked = looked;
  }

  /** What is known of the account that is looked at. */
  get value(): T | null {
    return this.kept?.visit === this.looked.visit ? this.kept.value : null;
  }

  /** Why the last question about it has no answer. */
  get failure(): AppError | null {
    return this.failed?.visit === this.looked.visit ? this.failed.error : null;
  }

  set(value: T): void {
    this.kept = { visit: this.looked.visit, value };
  }

  forget(): void {
    this.kept = null;
  }

  /**
   * Asks about the account; what was known before stays until the answer is here. An answer that comes when the
   * account was left, or when something else was asked after it, is not taken: then there is none.
   */
  async ask(question: (account: AccountNumber) => Promise<T>): Promise<T | null> {
    const { selected, visit } = this.looked;
    if (selected === null) return null;
    const mine = ++this.questions;
    this.failed = null;
    const value = await question(selected).catch((thrown: unknown) => {
      if (visit === this.looked.visit && mine === this.questions) this.failed = { visit, error: asAppError(thrown) };
      throw thrown;
    });
    if (visit !== this.looked.visit || mine !== this.questions) return null;
    this.kept = { visit, value };
    return value;
  }
}
