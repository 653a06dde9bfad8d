/** How an account of any kind stands, in a few words. */
import { credits, isZero, money } from "../format/amounts";
import { day, month } from "../format/moments";
import type { OverviewView } from "../ipc/bindings/OverviewView";
import type { Standing } from "../ipc/bindings/Standing";
import type { TeamView } from "../ipc/bindings/TeamView";
import { t } from "../messages";
import { sum } from "../messages/charges";

/** Colour judges the period, not the fill; where nothing is known it judges nothing. */
export type Judgement = "good" | "warn" | "bad" | "unknown";

/** At this pace: whether it lasts until the credits renew. */
export function judgePerson({ left, paused, pace }: OverviewView): Judgement {
  if (left === null) return "unknown";
  if (paused || pace?.kind === "at-limit") return "bad";
  return pace?.kind === "limit-at" ? "warn" : "good";
}

/** Whether anything is left of a team's credits. */
export const isSpent = ({ balance }: TeamView): boolean =>
  balance !== null && (isZero(balance) || balance.startsWith("-"));

/** At this pace: whether a team's credits last a week. */
export function judgeTeam(team: TeamView): Judgement {
  if (team.balance === null) return "unknown";
  if (isSpent(team) || team.dunning) return "bad";
  return (team.burn?.days_left ?? 99) < 7 ? "warn" : "good";
}

/** What a card says of an account: its figure, what that is, and how it is judged. */
export interface Headline {
  figure: string | null;
  about: string;
  judgement: Judgement;
}

/** The figure of an account and what it is. */
export function headline(of: Standing): Headline {
  const words = t().cards;
  switch (of.kind) {
    case "kiro-individual":
      return {
        figure: of.left === null ? null : credits(of.left),
        about: of.left === null ? t().phrases.amount.notKnown : words.creditsUntil(day(of.cycle.end)),
        judgement: judgePerson(of),
      };
    case "kilo-teams":
      return {
        figure: of.balance === null ? null : money(of.balance),
        about:
          of.balance === null
            ? t().phrases.amount.notKnown
            : of.burn?.run_out_at
              ? words.balanceUntil(day(of.burn.run_out_at))
              : t().teamOverview.ofCredits,
        judgement: judgeTeam(of),
      };
    case "kiro-enterprise":
      return {
        figure: of.month_to_date === null ? null : sum(of.month_to_date, of.at_least),
        about:
          of.month_to_date === null ? t().phrases.amount.notKnown : t().organisation.inMonth(month(of.month.start)),
        judgement: of.month_to_date === null ? "unknown" : "good",
      };
  }
}
