/** What was charged, period by period, and saving it. */
import type { Backend } from "../../ipc/backend";
import type { AppError } from "../../ipc/bindings/AppError";
import type { ExportForm } from "../../ipc/bindings/ExportForm";
import type { InvoicesView } from "../../ipc/bindings/InvoicesView";
import { t } from "../../messages";
import type { Announcements } from "../../primitives/announcements.svelte";
import { OfAccount, type Looked } from "../accounts/of-account.svelte";

export class InvoicesState {
  private readonly invoices: OfAccount<InvoicesView>;
  private readonly backend: Backend;
  private readonly looked: Looked;
  private readonly announcements: Announcements;

  constructor(backend: Backend, looked: Looked, announcements: Announcements) {
    this.backend = backend;
    this.looked = looked;
    this.announcements = announcements;
    this.invoices = new OfAccount(looked);
  }

  get answer(): InvoicesView | null {
    return this.invoices.value;
  }

  /** Why there is none. */
  get failure(): AppError | null {
    return this.invoices.failure;
  }

  async load(): Promise<void> {
    await this.invoices.ask((account) => this.backend.invoices(account));
  }

  /** Saves a period, or all of them; users by their names, or by their ids. */
  async save(period: string | null, form: ExportForm, names: boolean): Promise<void> {
    const account = this.looked.selected;
    if (account === null) return;
    await this.announcements.trying(async () => {
      this.announcements.saySaved(await this.backend.saveInvoices(account, period, form, names));
    }, "file");
  }

  /** Saves the last period that has ended, from wherever one is. */
  async saveLast(form: ExportForm = "pdf"): Promise<void> {
    const account = this.looked.selected;
    if (account === null) return;
    await this.announcements.trying(async () => {
      const { periods, names } = await this.backend.invoices(account);
      const last = periods.find((period) => period.closed) ?? periods[0];
      if (!last) return this.announcements.say(t().invoices.empty, true);
      this.announcements.saySaved(await this.backend.saveInvoices(account, last.id, form, names));
    }, "file");
  }
}
