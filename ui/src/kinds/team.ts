/** Kilo for Teams: a balance that is spent, and seats. */
import { money } from "../format/amounts";
import { day } from "../format/moments";
import type { TeamView } from "../ipc/bindings/TeamView";
import { t } from "../messages";
import type { TypedKind } from "./kind";

/** What the figure of a team is: until when it lasts, where that is known. */
function about({ balance, burn, dunning }: TeamView): string {
  if (dunning?.status === "suspended") return t().cards.suspended;
  if (balance === null) return t().phrases.amount.notKnown;
  return burn?.run_out_at ? t().cards.balanceUntil({ day: day(burn.run_out_at) }) : t().teamOverview.ofCredits;
}

export const team: TypedKind<"kilo-teams"> = {
  name: "team",
  views: ["overview", "usage", "invoices", "team", "settings"],
  imports: ["kilo-usage", "kilo-database"],
  connects: true,
  usage: "rows",
  column: "model",
  who: "user",
  periods: "cycles",
  figure: "left",
  headline: (of) => ({
    figure: of.balance === null ? null : money(of.balance),
    about: about(of),
    judgement: of.verdict.judgement,
  }),
};
