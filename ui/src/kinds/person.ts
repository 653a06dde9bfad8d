/** Kiro, for one person: a plan's credits, and overage beyond them. */
import { credits } from "../format/amounts";
import { day } from "../format/moments";
import { t } from "../messages";
import type { TypedKind } from "./kind";

export const person: TypedKind<"kiro-individual"> = {
  name: "person",
  views: ["overview", "usage", "plans", "invoices", "settings"],
  imports: ["kiro-sessions", "kiro-ide-sessions"],
  connects: false,
  usage: "tasks",
  column: "model",
  who: "session",
  periods: "months",
  figure: "left",
  headline: (of) => ({
    figure:
      of.left === null
        ? null
        : of.left_at_most
          ? t().overview.atMostFigure({ credits: credits(of.left) })
          : credits(of.left),
    about: of.unlimited
      ? t().cards.noLimit
      : of.left === null
        ? t().phrases.amount.notKnown
        : t().cards.creditsUntil({ day: day(of.cycle.end) }),
    judgement: of.verdict.judgement,
  }),
  unsettled: (of) => of.next_charge_unknown,
};
