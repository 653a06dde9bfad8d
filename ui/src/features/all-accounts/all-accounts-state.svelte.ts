/** What all accounts are charged next. */
import type { Backend } from "../../ipc/backend";
import type { AppError } from "../../ipc/bindings/AppError";
import type { ChargedNext } from "../../ipc/bindings/ChargedNext";
import { asAppError } from "../../ipc/error";

export class AllAccountsState {
  answer = $state.raw<ChargedNext | null>(null);
  /** Why the last question has no answer. */
  failure = $state.raw<AppError | null>(null);
  private readonly backend: Pick<Backend, "chargedNext">;

  constructor(backend: Pick<Backend, "chargedNext">) {
    this.backend = backend;
  }

  async load(): Promise<void> {
    this.failure = null;
    try {
      this.answer = await this.backend.chargedNext();
    } catch (thrown) {
      this.failure = asAppError(thrown);
      throw thrown;
    }
  }
}
