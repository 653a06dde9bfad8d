/** Kiro, for an organisation: what its reports and its bills say. */
import { month } from "../format/moments";
import { t } from "../messages";
import { sum } from "../messages/charges";
import type { TypedKind } from "./kind";

export const organisation: TypedKind<"kiro-enterprise"> = {
  name: "organisation",
  views: ["overview", "usage", "invoices", "team", "settings"],
  imports: ["kiro-activity", "aws-cost"],
  connects: false,
  usage: "rows",
  steps: false,
  column: "client",
  periods: "months",
  figure: "cost",
  headline: (of) => ({
    figure: of.month_to_date === null ? null : sum(of.month_to_date, of.at_least),
    about: of.month_to_date === null ? t().phrases.amount.notKnown : t().organisation.inMonth(month(of.month.start)),
    judgement: of.month_to_date === null ? "unknown" : "good",
  }),
};
