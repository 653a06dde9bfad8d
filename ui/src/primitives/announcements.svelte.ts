/**
 * What was said to whoever uses the window: read out by screen readers. What went well leaves by itself; what went wrong
 * stays until it is closed, or until the same work succeeds.
 */
import { asAppError } from "../ipc/error";
import { t } from "../messages";
import { say } from "../messages/sayings";

/** What was being done: a failure of it is over when it succeeds. */
export type Work = "import" | "refresh" | "details" | "account" | "choice" | "file" | "plan" | "show";

export interface Announcement {
  text: string;
  /** Whether something went wrong. */
  bad: boolean;
  /** Takes back what was done, where that can be. */
  undo?: () => Promise<unknown>;
}

/** How long what went well stays, seconds. Whoever points at it or has the focus in it keeps it for longer. */
export const STAYS = 6;
/** So many failures are shown at a time; the oldest makes room. */
const MOST = 3;

export class Announcements {
  /** What is shown, the newest last: at most one that went well. */
  shown = $state.raw<readonly Announcement[]>([]);
  /** Of what work each failure is told. */
  private readonly works = new WeakMap<Announcement, Work>();
  private leaves: ReturnType<typeof setTimeout> | undefined;
  private held = false;

  /** What was said last. */
  get latest(): Announcement | null {
    return this.shown.at(-1) ?? null;
  }

  say(text: string, bad = false, undo?: () => Promise<unknown>, of?: Work): void {
    const said: Announcement = { text, bad, ...(undo && { undo }) };
    if (of) this.works.set(said, of);
    // What went well makes room for the next; a failure that comes again is told once.
    const others = this.shown.filter((other) => (bad ? other.text !== text : other.bad));
    const failures = others.filter((other) => other.bad);
    const over = bad && failures.length >= MOST ? failures[0] : null;
    this.shown = [...others.filter((other) => other !== over), said];
    this.leaveSoon();
  }

  /** Says where something was saved; nothing where that was cancelled. */
  saySaved(path: string | null): void {
    if (path !== null) this.say(t().common.savedAs({ path }));
  }

  /** Says what went wrong. */
  fail(thrown: unknown, of?: Work): void {
    this.say(say(asAppError(thrown).saying), true, undefined, of);
  }

  /** Does something; a failure is said and changes nothing else. Whether it was done. */
  async trying(work: () => Promise<unknown>, of?: Work): Promise<boolean> {
    try {
      await work();
      if (of) this.isOver(of);
      return true;
    } catch (thrown) {
      this.fail(thrown, of);
      return false;
    }
  }

  dismiss(announcement: Announcement | null = this.latest): void {
    this.shown = this.shown.filter((other) => other !== announcement);
  }

  /** Somebody reads it: it stays for as long, and its whole time from then on. */
  hold(held: boolean): void {
    this.held = held;
    this.leaveSoon();
  }

  /** What failed before was done by now. */
  isOver(of: Work): void {
    this.shown = this.shown.filter((other) => !other.bad || this.works.get(other) !== of);
  }

  private leaveSoon(): void {
    clearTimeout(this.leaves);
    if (this.held || !this.shown.some(({ bad }) => !bad)) return;
    this.leaves = setTimeout(() => {
      // Nobody sees a window that is hidden: it is said when somebody does.
      if (document.visibilityState === "hidden") this.leaveSoon();
      else this.shown = this.shown.filter(({ bad }) => bad);
    }, STAYS * 1000);
  }
}
