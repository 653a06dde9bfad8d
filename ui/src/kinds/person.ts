/** Kiro, for one person: a plan's credits, and overage beyond them. */
import { credits } from "../format/amounts";
import { day } from "../format/moments";
import type { OverviewView } from "../ipc/bindings/OverviewView";
import { t } from "../messages";
import type { Judgement, TypedKind } from "./kind";

/** At this pace: whether it lasts until the credits renew. */
export function judgePerson({ left, unlimited, paused, pace }: OverviewView): Judgement {
  if (unlimited) return "good";
  if (left === null) return "unknown";
  if (paused || pace?.kind === "at-limit") return "bad";
  return pace?.kind === "limit-at" ? "warn" : "good";
}

export const person: TypedKind<"kiro-individual"> = {
  name: "person",
  views: ["overview", "usage", "plans", "invoices", "what-if", "settings"],
  imports: ["kiro-sessions", "kiro-ide-sessions"],
  connects: false,
  usage: "tasks",
  column: "model",
  periods: "months",
  figure: "left",
  headline: (of) => ({
    figure: of.left === null ? null : of.left_at_most ? t().overview.atMostFigure(credits(of.left)) : credits(of.left),
    about: of.unlimited
      ? t().cards.noLimit
      : of.left === null
        ? t().phrases.amount.notKnown
        : t().cards.creditsUntil(day(of.cycle.end)),
    judgement: judgePerson(of),
  }),
  unsettled: (of) => of.next_charge_unknown,
};
