/** The plans beside each other, and what changing to one of them would do. */
import type { Backend } from "../../ipc/backend";
import type { AppError } from "../../ipc/bindings/AppError";
import type { PlansView } from "../../ipc/bindings/PlansView";
import type { ReceiptView } from "../../ipc/bindings/ReceiptView";
import { t } from "../../messages";
import type { Announcements } from "../../primitives/announcements.svelte";
import type { Around } from "../accounts/accounts.svelte";
import { OfAccount, type Looked } from "../accounts/of-account.svelte";

/** A plan that was asked about, by its id, and the plan that the account was on then. */
interface Wanted {
  plan: string;
  from: string | undefined;
}

const currentOf = ({ plans }: PlansView) => plans.findIndex((row) => row.standing === "current");

export class PlansState {
  private readonly plans: OfAccount<PlansView>;
  private readonly receipts: OfAccount<ReceiptView>;
  private readonly wanted: OfAccount<Wanted>;
  /** A receipt is being asked for anew: the one shown is of a moment ago. */
  pricing = $state(false);
  private readonly backend: Backend;
  private readonly looked: Looked;
  private readonly announcements: Announcements;
  private readonly around: Around;

  constructor(backend: Backend, looked: Looked, announcements: Announcements, around: Around) {
    this.backend = backend;
    this.looked = looked;
    this.announcements = announcements;
    this.around = around;
    this.plans = new OfAccount(looked);
    this.receipts = new OfAccount(looked);
    this.wanted = new OfAccount(looked);
  }

  get answer(): PlansView | null {
    return this.plans.value;
  }

  /** Why there is none. */
  get failure(): AppError | null {
    return this.plans.failure;
  }

  get receipt(): ReceiptView | null {
    return this.receipts.value;
  }

  /** The plan that was asked about stays; on another plan than then, the next larger one is asked about. */
  async load(): Promise<void> {
    const plans = await this.plans.ask((account) => this.backend.plans(account));
    if (!plans) return;
    const current = currentOf(plans);
    const wanted = this.wanted.value;
    const suggested = plans.plans[current + 1] ?? plans.plans[current - 1];
    const kept = wanted?.from === plans.plans[current]?.plan.id ? wanted?.plan : undefined;
    await this.price(kept ?? suggested?.plan.id ?? "");
  }

  /** Asks what changing to a plan would do. */
  async price(plan: string): Promise<void> {
    if (plan === "" || this.looked.selected === null) return;
    const answer = this.answer;
    this.wanted.set({ plan, from: answer?.plans[currentOf(answer)]?.plan.id });
    this.pricing = true;
    await this.announcements.trying(() => this.receipts.ask((account) => this.backend.receipt(account, plan)), "plan");
    this.pricing = false;
  }

  /** Records that the plan was changed. */
  async change(plan: string, name: string): Promise<void> {
    const account = this.looked.selected;
    if (account === null) return;
    await this.announcements.trying(async () => {
      await this.backend.changePlan(account, plan);
      this.wanted.forget();
      this.receipts.forget();
      await this.around.reload();
      this.announcements.say(t().session.changeRecorded(name));
    }, "plan");
  }
}
