/** What the window starts with, in one answer: the accounts, the settings, what was found on this machine. */
import { locale } from "../../format/locale.svelte";
import type { Backend } from "../../ipc/backend";
import type { Settings } from "../../ipc/bindings/Settings";
import type { StartView } from "../../ipc/bindings/StartView";
import { speak } from "../../messages";
import { saving } from "../../primitives/saving.svelte";

export class Start {
  answer = $state.raw<StartView | null>(null);
  private readonly backend: Pick<Backend, "start">;

  constructor(backend: Pick<Backend, "start">) {
    this.backend = backend;
  }

  get settings(): Settings | null {
    return this.answer?.settings ?? null;
  }

  /** Asks anew; the chosen language is spoken, and amounts are shown or hidden, when the answer is shown. What is to be
   * shown with it is taken over by `beside` in the same step: nothing is drawn of the one without the other. */
  async ask(beside?: (answer: StartView) => void): Promise<StartView> {
    const answer = await this.backend.start();
    locale.hidden = answer.settings.hide_numbers;
    await speak(answer.settings.language, answer.settings.numbers);
    this.answer = answer;
    saving.refused = answer.not_writable;
    beside?.(answer);
    return answer;
  }
}
