/** An import that runs and how far it is; and what was looked at before it is imported. */
import type { Backend } from "../../ipc/backend";
import type { AccountNumber } from "../../ipc/bindings/AccountNumber";
import type { ArrivedView } from "../../ipc/bindings/ArrivedView";
import type { ImportFrom } from "../../ipc/bindings/ImportFrom";
import type { ImportKind } from "../../ipc/bindings/ImportKind";
import type { ImportView } from "../../ipc/bindings/ImportView";
import type { ProgressView } from "../../ipc/bindings/ProgressView";
import { t } from "../../messages";
import type { Announcements } from "../../primitives/announcements.svelte";
import type { Around } from "../accounts/accounts.svelte";
import { summaryOf } from "./summary";

/** What was chosen or dropped, what it is, and what came of it so far. */
export interface Looked {
  view: ArrivedView;
  /** What was asked for; null where nothing was. */
  wanted: ImportKind | null;
  account: AccountNumber | null;
  brought: Partial<Record<ImportKind, ImportView>>;
}

export class ImportState {
  /** What runs: of which kind, as far as that is known. */
  running = $state.raw<{ kind: ImportKind | null; progress: ProgressView | null } | null>(null);
  looked = $state.raw<Looked | null>(null);
  /** How many files are held over the window. */
  over = $state<number | null>(null);
  private readonly backend: Backend;
  private readonly announcements: Announcements;
  private readonly around: Pick<Around, "reload">;

  constructor(backend: Backend, announcements: Announcements, around: Pick<Around, "reload">) {
    this.backend = backend;
    this.announcements = announcements;
    this.around = around;
  }

  /** Imports what lies in its usual place. Null when it was stopped or failed. */
  async import(kind: ImportKind, account: AccountNumber | null): Promise<ImportView | null> {
    let report: ImportView | null = null;
    await this.run(kind, async (progress) => {
      report = await this.backend.import(kind, account, progress);
      this.announcements.say(summaryOf(report));
      await this.around.reload();
    });
    return report;
  }

  /** Has something chosen, or takes what was dropped, and looks what it is. Nothing is written. */
  async look(from: ImportFrom, wanted: ImportKind | null, account: AccountNumber | null): Promise<void> {
    if (this.running) return;
    this.looked = null;
    await this.run(wanted, async (progress) => {
      const view = await this.backend.look(from, account, progress);
      if (view) this.looked = { view, wanted, account, brought: {} };
    });
  }

  /** Imports a kind of what was looked at; of bills' issues that nothing tells apart, those in these places. */
  async bring(kind: ImportKind, issues: number[]): Promise<void> {
    const { looked } = this;
    if (!looked || this.running) return;
    await this.run(kind, async (progress) => {
      const report = await this.backend.bring(looked.view.number, kind, issues, looked.account, progress);
      if (this.looked?.view === looked.view)
        this.looked = { ...looked, brought: { ...this.looked.brought, [kind]: report } };
      this.announcements.say(summaryOf(report));
      await this.around.reload();
    });
  }

  /** Puts away what was looked at. */
  putAway(): void {
    this.looked = null;
  }

  /** Hears of what is dragged onto the window; `account` is the one that is shown then. */
  watchDrops(account: () => AccountNumber | null): void {
    const heard = this.backend.watchDrops((drop) => {
      this.over = drop.state === "over" ? drop.files : null;
      if (drop.state !== "dropped") return;
      if (this.running) this.announcements.say(t().import.arrived.busy, true);
      else void this.look("dropped", null, account());
    });
    void heard.catch(() => undefined);
  }

  /** Hears of sessions that came while Headroom runs: what is shown follows, as it does after an import by hand. */
  watchSessions(): void {
    const heard = this.backend.watchSessions(({ failure }) => {
      if (failure) this.announcements.fail(failure);
      else void this.announcements.trying(() => this.around.reload());
    });
    void heard.catch(() => undefined);
  }

  async stop(): Promise<void> {
    await this.announcements.trying(() => this.backend.stopImport());
  }

  private async run(
    kind: ImportKind | null,
    work: (progress: (what: ProgressView) => void) => Promise<void>,
  ): Promise<void> {
    this.running = { kind, progress: null };
    await this.announcements.trying(
      () =>
        work((progress) => {
          if (this.running) this.running = { kind, progress };
        }),
      "import",
    );
    this.running = null;
  }
}
