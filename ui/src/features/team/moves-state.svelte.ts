/** What becomes of the users who are chosen: steps to paste, and lists as files. */
import type { Backend } from "../../ipc/backend";
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { ExportForm } from "../../ipc/bindings/ExportForm";
import type { UserNamed } from "../../ipc/bindings/UserNamed";
import { t } from "../../messages";
import type { Announcements } from "../../primitives/announcements.svelte";

export class MovesState {
  private readonly backend: Pick<Backend, "saveMoves">;
  private readonly announcements: Announcements;

  constructor(backend: Pick<Backend, "saveMoves">, announcements: Announcements) {
    this.backend = backend;
    this.announcements = announcements;
  }

  /** Puts the steps where they can be pasted from. */
  async copy(steps: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(steps);
      this.announcements.say(t().users.copied);
    } catch {
      this.announcements.say(t().users.notCopied, true);
    }
  }

  /** Saves what is to be done about some users in a month, where a dialog says. */
  async save(account: AccountNumber, month: string, users: UserNamed[], form: ExportForm): Promise<void> {
    await this.announcements.trying(async () => {
      this.announcements.saySaved(await this.backend.saveMoves(account, month, users, form));
    }, "file");
  }
}
