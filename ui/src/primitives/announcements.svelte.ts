/** What was said last to whoever uses the window: read out by screen readers, shown until it is dismissed. */
import { asAppError } from "../ipc/error";
import { t } from "../messages";
import { say } from "../messages/sayings";

export interface Announcement {
  text: string;
  /** Whether something went wrong. */
  bad: boolean;
  /** Takes back what was done, where that can be. */
  undo?: () => Promise<unknown>;
}

export class Announcements {
  latest = $state.raw<Announcement | null>(null);

  say(text: string, bad = false, undo?: () => Promise<unknown>): void {
    this.latest = undo ? { text, bad, undo } : { text, bad };
  }

  /** Says where something was saved; nothing where that was cancelled. */
  saySaved(path: string | null): void {
    if (path !== null) this.say(t().common.savedAs(path));
  }

  /** Says what went wrong. */
  fail(thrown: unknown): void {
    this.say(say(asAppError(thrown).saying), true);
  }

  /** Does something; a failure is said and changes nothing else. Whether it was done. */
  async trying(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (thrown) {
      this.fail(thrown);
      return false;
    }
  }

  dismiss(): void {
    this.latest = null;
  }

  /** What was said belongs to the view it was said in; what can be taken back can be from everywhere. */
  leaveView(): void {
    if (!this.latest?.undo) this.latest = null;
  }
}
