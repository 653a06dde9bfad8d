/** What the engine has to say, in words: each saying is the code of a sentence and what stands in its places. */
import { credits, money, number } from "../format/amounts";
import { dayOfMonth, fullDate, moment, month } from "../format/moments";
import { country } from "../format/regions";
import type { PlanRefusal } from "../ipc/bindings/PlanRefusal";
import type { Saying } from "../ipc/bindings/Saying";
import type { SayingValue } from "../ipc/bindings/SayingValue";
import type { UnreadableRecord } from "../ipc/bindings/UnreadableRecord";
import { t } from "./language.svelte";
import { type Counted, counted, fill } from "./phrases";

/** A value as the language writes it. */
export function written(value: SayingValue): string {
  if ("text" in value) return value.text;
  if ("date" in value) return fullDate(value.date);
  if ("day" in value) return dayOfMonth(value.day);
  if ("month" in value) return month(value.month);
  if ("moment" in value) return moment(value.moment);
  if ("number" in value) return number(value.number);
  if ("credits" in value) return credits(value.credits);
  if ("dollars" in value) return money(value.dollars);
  if ("country" in value) return country(value.country);
  if ("list" in value) return value.list.map(written).join(", ");
  return say(value.saying);
}

/** The sentence. A code without one, which only an engine of another version has, is said itself. */
export function say(saying: Saying): string {
  const sentences: Record<string, string | Counted | undefined> = t().phrases.saying;
  const ofThePage: Record<string, string | undefined> = t().ofThePage;
  const sentence = sentences[saying.code] ?? ofThePage[saying.code];
  if (sentence === undefined) return saying.code;
  const values = Object.fromEntries(Object.entries(saying.values).map(([place, value]) => [place, written(value!)]));
  if (typeof sentence === "string") return fill(sentence, values);
  const count = saying.values.count;
  return counted(sentence, count && "number" in count ? count.number : 0, values);
}

/** Why a change is refused. */
export function planRefusal(refusal: PlanRefusal): string {
  switch (refusal.kind) {
    case "already-on-plan":
      return say({ code: "already-on-plan", values: { plan: { text: refusal.plan } } });
    case "country-not-supported":
      return say({ code: "country-not-supported", values: { country: { country: refusal.country } } });
    case "no-overage":
      return say({ code: "no-overage", values: {} });
    case "other":
      return say({ code: "change-not-allowed", values: {} });
  }
}

/** What a bill comes to that is in another currency. */
export const NOTHING_IN_DOLLARS: Saying = { code: "nothing-in-dollars", values: {} };

/** What is kept and can't be read any more, and what helps. */
export function unreadable(record: UnreadableRecord): string {
  switch (record.kind) {
    case "bill": {
      const months = record.months.map((month) => ({ month }));
      return say({ code: "unreadable-bill", values: { count: { number: months.length }, months: { list: months } } });
    }
    case "bill-undecided": {
      const issues = record.issues.map((issue) => {
        const amount: SayingValue = issue.amount === null ? { saying: NOTHING_IN_DOLLARS } : { dollars: issue.amount };
        return { saying: { code: "bill-issue", values: { amount, from: { text: issue.from ?? "" } } } };
      });
      const values: Record<string, SayingValue> = { month: { month: record.month }, issues: { list: issues } };
      return record.payer === null
        ? say({ code: "bill-undecided", values })
        : say({ code: "bill-undecided-of-payer", values: { ...values, payer: { text: record.payer } } });
    }
    case "figures": {
      const vendor = { text: t().settings.vendors[record.vendor].name };
      return say({ code: "unreadable-figures", values: { vendor, at: { moment: record.at } } });
    }
    case "models":
      return say({ code: "unreadable-models", values: { at: { moment: record.at } } });
    case "spending":
      return say({ code: "unreadable-spending", values: { at: { moment: record.at } } });
    case "what-if":
      return say({ code: "unreadable-what-if", values: { name: { text: record.name } } });
    case "act": {
      const code = {
        details: "unreadable-details",
        "plan-change": "unreadable-plan-change",
        "overage-switch": "unreadable-switch",
        pack: "unreadable-pack",
        grant: "unreadable-grant",
        undo: "unreadable-undo",
      }[record.act];
      return say({ code, values: { on: { date: record.on }, reason: { saying: record.reason } } });
    }
  }
}
