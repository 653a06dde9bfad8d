/** Kilo for Teams: a balance that is spent, and seats. */
import { isZero, money } from "../format/amounts";
import { day } from "../format/moments";
import type { TeamView } from "../ipc/bindings/TeamView";
import { t } from "../messages";
import type { Judgement, TypedKind } from "./kind";

/** Whether anything is left of a team's credits. */
export const isSpent = ({ balance }: TeamView): boolean =>
  balance !== null && (isZero(balance) || balance.startsWith("-"));

/** Whether credits come by themselves: then they don't run out. While a payment is failing none come. */
export const isKeptToppedUp = ({ auto_top_up, dunning }: TeamView): boolean => auto_top_up === true && dunning === null;

/** At this pace: whether a team's credits last a week. */
export function judgeTeam(team: TeamView): Judgement {
  if (team.balance === null) return "unknown";
  if (isSpent(team) || team.dunning) return "bad";
  // With top-ups coming by themselves it doesn't run out.
  if (isKeptToppedUp(team)) return "good";
  return (team.burn?.days_left ?? 99) < 7 ? "warn" : "good";
}

/** What the figure of a team is: until when it lasts, where that is known. */
function about({ balance, burn, dunning }: TeamView): string {
  if (dunning?.status === "suspended") return t().cards.suspended;
  if (balance === null) return t().phrases.amount.notKnown;
  return burn?.run_out_at ? t().cards.balanceUntil(day(burn.run_out_at)) : t().teamOverview.ofCredits;
}

export const team: TypedKind<"kilo-teams"> = {
  name: "team",
  views: ["overview", "usage", "invoices", "team", "settings"],
  imports: ["kilo-usage", "kilo-database"],
  connects: true,
  usage: "rows",
  column: "model",
  periods: "cycles",
  figure: "left",
  headline: (of) => ({
    figure: of.balance === null ? null : money(of.balance),
    about: about(of),
    judgement: judgeTeam(of),
  }),
};
