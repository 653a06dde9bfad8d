import { number } from "../../format/amounts";
import type { FailureReason } from "../../ipc/bindings/FailureReason";
import type { UnreadableRecord } from "../../ipc/bindings/UnreadableRecord";

const asItCame: (sentence: string, reason: FailureReason | null, vendor: string) => string = (sentence) => sentence;

export const time = {
  days: (days: number) => `${days} days`,
  hours: (hours: number) => `${hours} hours`,
  anHour: "an hour",
  lessThanAnHour: "less than an hour",
  minutesAgo: (minutes: number) => `${minutes} min ago`,
  hoursAgo: (hours: number) => `${hours} h ago`,
  daysAgo: (days: number) => `${days} days ago`,
};

export const views = {
  overview: "Overview",
  usage: "Usage",
  plans: "Plans",
  invoices: "Invoices",
  team: "Team",
  "what-if": "What-if",
  settings: "Settings",
};

export const kinds = {
  person: "Kiro",
  organisation: "Kiro, organisation",
  team: "Kilo for Teams",
};

/** The views, by the names that the window has for them. */
export type ViewName = keyof typeof views;

/** The kinds of account, by the names that their words have. */
export type KindName = keyof typeof kinds;

export const common = {
  loading: "Loading…",
  cancel: "Cancel",
  dismiss: "Dismiss",
  undo: "Undo",
  tax: "Tax",
  showAll: (many: number) => `Show all ${number(many)}`,
  showFewer: "Show fewer",
  chart: "Show the chart",
  table: "Show as a table",
  day: "Day",
  savedAs: (path: string) => `Saved as ${path}.`,
  asOf: (moment: string) => `As of ${moment}.`,
  credits: (credits: string) => `${credits} credits`,
};

export const unreadable = (
  record: UnreadableRecord,
  write: { month: (text: string) => string; moment: (text: string) => string; day: (text: string) => string },
): string => {
  switch (record.kind) {
    case "bill":
      return record.months.length === 1
        ? `The bill of ${record.months.map(write.month).join()} can't be read: import it again.`
        : `A bill can't be read, nor of which of these months it is: import each of them again. ${record.months.map(write.month).join(", ")}.`;
    case "figures": {
      const vendor = { kiro: "Kiro", kilo: "Kilo" }[record.vendor];
      return `What ${vendor} said, ${write.moment(record.at)}, can't be read. Older figures stand for it until ${vendor} is asked again.`;
    }
    case "models":
      return `What Kiro said of its models, ${write.moment(record.at)}, can't be read. It is asked again within a day.`;
    case "spending":
      return `Whose spending Kilo told, ${write.moment(record.at)}, can't be read: refresh to ask Kilo again.`;
    case "what-if":
      return `The What-if “${record.name}” can't be read: keep it again under the same name, or remove it.`;
    case "act": {
      const what = {
        details: "account's details",
        "plan-change": "plan change",
        "overage-switch": "turn of the overage switch",
      }[record.act];
      const helps =
        record.act === "plan-change" ? "state the plan again" : "put a backup from before the damage in its place";
      return `The ${what} recorded on ${write.day(record.on)} can't be read, and this account has no figures without it: ${helps}.`;
    }
  }
};

export const live = {
  askingKiro: "Asking Kiro…",
  askingKilo: "Asking Kilo…",
  outdated: (since: string) => `Outdated · ${since}.`,
  /** Why a vendor gave no answer: the sentence that comes with it. Other languages write their own where they can. */
  failed: asItCame,
  quotedByKiro: (at: string) => `Quoted by Kiro, ${at}`,
  quotedByKilo: (at: string) => `Quoted by Kilo, ${at}`,
  bonusMixed: (at: string) =>
    `What Kiro said ${at} has bonus credits in it that can't be told apart: these figures are computed.`,
  otherMonth: (at: string) => `What Kiro said ${at} is of another month: these figures are computed.`,
};

export const sample = {
  title: "Sample account",
  madeUp: "Every figure here is made up: it is nobody's bill.",
  about: "Made-up usage, computed by the real rules.",
};
