/** An import that runs, and how far it is. */
import type { Backend } from "../../ipc/backend";
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { ImportFrom } from "../../ipc/bindings/ImportFrom";
import type { ImportKind } from "../../ipc/bindings/ImportKind";
import type { ImportView } from "../../ipc/bindings/ImportView";
import type { ProgressView } from "../../ipc/bindings/ProgressView";
import type { Announcements } from "../../primitives/announcements.svelte";
import type { Around } from "../accounts/accounts.svelte";

export class ImportState {
  running = $state.raw<{ kind: ImportKind; progress: ProgressView | null } | null>(null);
  private readonly backend: Backend;
  private readonly announcements: Announcements;
  private readonly around: Pick<Around, "reload">;

  constructor(backend: Backend, announcements: Announcements, around: Pick<Around, "reload">) {
    this.backend = backend;
    this.announcements = announcements;
    this.around = around;
  }

  /** Null when it was cancelled, stopped or failed. */
  async import(kind: ImportKind, from: ImportFrom, account: AccountNumber | null): Promise<ImportView | null> {
    let report: ImportView | null = null;
    this.running = { kind, progress: null };
    await this.announcements.trying(async () => {
      report = await this.backend.import(kind, from, account, (progress) => {
        if (this.running) this.running = { kind, progress };
      });
      if (report) await this.around.reload();
    });
    this.running = null;
    return report;
  }

  async stop(): Promise<void> {
    await this.announcements.trying(() => this.backend.stopImport());
  }
}
