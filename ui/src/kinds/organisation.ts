/** Kiro, for an organisation: what its reports and its bills say. */
import { month } from "../format/moments";
import { t } from "../messages";
import { sum } from "../messages/charges";
import type { Judgement } from "../ipc/bindings/Judgement";
import type { OrganisationView } from "../ipc/bindings/OrganisationView";
import type { TypedKind } from "./kind";

/** Whether everybody's credits last to the month's end: what the month costs is a fact, and judged by nobody. */
function judgeOrganisation({ month_to_date, users }: OrganisationView): Judgement {
  if (month_to_date === null) return "unknown";
  if (users.some(({ risk }) => risk === "at-limit")) return "bad";
  return users.some(({ risk }) => risk !== null) ? "warn" : "good";
}

export const organisation: TypedKind<"kiro-enterprise"> = {
  name: "organisation",
  views: ["overview", "usage", "invoices", "team", "settings"],
  imports: ["kiro-activity", "aws-cost", "identities"],
  connects: false,
  usage: "rows",
  column: "client",
  who: "user",
  periods: "months",
  figure: "cost",
  headline: (of) => ({
    figure: of.month_to_date === null ? null : sum(of.month_to_date, of.at_least),
    about:
      of.month_to_date === null
        ? t().phrases.amount.notKnown
        : t().organisation.inMonth({ month: month(of.month.start) }),
    judgement: judgeOrganisation(of),
  }),
};
