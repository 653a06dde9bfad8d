/** Kilo, for one person: a balance that is spent, and Kilo Pass. */
import { money } from "../format/amounts";
import { day } from "../format/moments";
import type { PersonalView } from "../ipc/bindings/PersonalView";
import { t } from "../messages";
import type { TypedKind } from "./kind";

/** What the figure is: until when it lasts, where that is known. */
function about(own: PersonalView): string {
  if (own.balance === null) return t().phrases.amount.notKnown;
  return own.burn?.run_out_at ? t().cards.balanceUntil({ day: day(own.burn.run_out_at) }) : t().teamOverview.ofCredits;
}

export const personal: TypedKind<"kilo-personal"> = {
  name: "personal",
  views: ["overview", "usage", "invoices", "settings"],
  imports: ["kilo-database", "kilo-usage"],
  connects: true,
  usage: "rows",
  column: "model",
  who: null,
  periods: "months",
  figure: "left",
  headline: (of) => ({
    figure: of.balance === null ? null : money(of.balance),
    about: about(of),
    judgement: of.verdict.judgement,
  }),
};
