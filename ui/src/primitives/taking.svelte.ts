/** What is taken along of what is shown: a chart as a picture, a table as a file. */
import type { Backend } from "../ipc/backend";
import type { ShownTable } from "../ipc/bindings/ShownTable";
import { t } from "../messages";
import type { Announcements } from "./announcements.svelte";
import { picture } from "./charts/picture";

/** A table as it is saved: decimals as answered, days as YYYY-MM-DD; nothing where something isn't known. */
export type PlainTable = Pick<ShownTable, "columns" | "rows">;

class Taking {
  private backend: Pick<Backend, "saveTable"> | null = null;
  private announcements: Announcements | null = null;

  /** Whoever writes files and says what came of it. */
  by(backend: Pick<Backend, "saveTable">, announcements: Announcements): void {
    this.backend = backend;
    this.announcements = announcements;
  }

  /** Puts a picture of a part of the page where it can be pasted from. */
  async copy(of: HTMLElement): Promise<void> {
    try {
      // The picture is promised at once: later it wouldn't be the click that asked for it.
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture(of) })]);
      this.announcements?.say(t().common.pictureCopied);
    } catch {
      this.announcements?.say(t().common.pictureNotCopied, true);
    }
  }

  /** Copies the chart that has the focus, else the first that is shown; whether there is one. */
  copyChart(): boolean {
    const one = (at: string) => document.querySelector<HTMLElement>(`main figure${at} [data-copies]`);
    const button = one(":focus-within") ?? one("");
    button?.click();
    return button !== null;
  }

  /** Saves a table where a dialog says. */
  async save(title: string, table: PlainTable): Promise<void> {
    const { backend, announcements } = this;
    if (!backend || !announcements) return;
    await announcements.trying(
      async () => announcements.saySaved(await backend.saveTable({ title, ...table })),
      "file",
    );
  }
}

export const taking = new Taking();
