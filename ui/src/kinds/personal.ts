/** Kilo, for one person: a balance that is spent, and Kilo Pass. */
import { isZero, money } from "../format/amounts";
import { day } from "../format/moments";
import type { PersonalView } from "../ipc/bindings/PersonalView";
import { t } from "../messages";
import type { Judgement, TypedKind } from "./kind";

/** Whether anything is left of somebody's own credits. */
export const isEmpty = ({ balance }: PersonalView): boolean =>
  balance !== null && (isZero(balance) || balance.startsWith("-"));

/** Whether credits come by themselves: then they don't run out. */
export const isToppedUp = ({ top_up }: PersonalView): boolean => top_up?.enabled === true;

/** At this pace: whether somebody's own credits last a week. */
export function judgePersonal(own: PersonalView): Judgement {
  if (own.balance === null) return "unknown";
  if (isEmpty(own) || own.pass?.state === "fails") return "bad";
  if (isToppedUp(own)) return "good";
  // That something is left says nothing of how long it lasts.
  if (own.burn === null) return "unknown";
  return (own.burn.days_left ?? 99) < 7 ? "warn" : "good";
}

/** What the figure is: until when it lasts, where that is known. */
function about(own: PersonalView): string {
  if (own.balance === null) return t().phrases.amount.notKnown;
  return own.burn?.run_out_at ? t().cards.balanceUntil(day(own.burn.run_out_at)) : t().teamOverview.ofCredits;
}

export const personal: TypedKind<"kilo-personal"> = {
  name: "personal",
  views: ["overview", "usage", "invoices", "settings"],
  imports: ["kilo-database", "kilo-usage"],
  connects: true,
  usage: "rows",
  column: "model",
  periods: "months",
  figure: "left",
  headline: (of) => ({
    figure: of.balance === null ? null : money(of.balance),
    about: about(of),
    judgement: judgePersonal(of),
  }),
};
