/** What is kept of Headroom's own mistakes, for whoever reports one. */
import type { Backend } from "../../ipc/backend";
import type { ReportView } from "../../ipc/bindings/ReportView";
import { t } from "../../messages";
import type { Announcements } from "../../primitives/announcements.svelte";

export class ReportsState {
  /** The newest first. */
  kept = $state.raw<ReportView[]>([]);
  private readonly backend: Pick<Backend, "reports" | "deleteReport">;
  private readonly announcements: Announcements;

  constructor(backend: Pick<Backend, "reports" | "deleteReport">, announcements: Announcements) {
    this.backend = backend;
    this.announcements = announcements;
  }

  async load(): Promise<void> {
    this.kept = await this.backend.reports();
  }

  async delete(number: string): Promise<void> {
    await this.announcements.trying(async () => {
      await this.backend.deleteReport(number);
      await this.load();
      this.announcements.say(t().reports.deleted({ number }));
    });
  }

  /** Puts a report where it can be pasted from. */
  async copy({ number, text }: ReportView): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.announcements.say(t().reports.copied({ number }));
    } catch {
      this.announcements.say(t().reports.notCopied, true);
    }
  }
}
