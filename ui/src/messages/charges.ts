/** Charges in words. The phrases are the engine's own (`words/*.json` of the app crate), so that the window, the command
 * line and the PDF say the same; which of them is said is typed by the answer. */
import { credits, decimal, isZero, money, number, toField } from "../format/amounts";
import { someCredits } from "../messages/worded";
import { locale } from "../format/locale.svelte";
import { fullDate, month } from "../format/moments";
import type { AssumptionView } from "../ipc/bindings/AssumptionView";
import type { ChargeNote } from "../ipc/bindings/ChargeNote";
import type { LeftOutCharge } from "../ipc/bindings/LeftOutCharge";
import type { LineView } from "../ipc/bindings/LineView";
import type { DifferenceReason } from "../ipc/bindings/DifferenceReason";
import type { DifferenceRest } from "../ipc/bindings/DifferenceRest";
import type { DifferenceRow } from "../ipc/bindings/DifferenceRow";
import type { DifferenceView } from "../ipc/bindings/DifferenceView";
import type { PayerView } from "../ipc/bindings/PayerView";
import type { QuotedCharge } from "../ipc/bindings/QuotedCharge";
import type { RepricedMonth } from "../ipc/bindings/RepricedMonth";
import { kiloNote } from "./kilo-notes";
import { t } from "./language.svelte";
import { type Counted, counted, fill } from "./phrases";
import { NOTHING_IN_DOLLARS, say } from "./sayings";

/** What no source settles, by its number in `docs/assumptions.md`. */
const ASSUMED = {
  A20: "feeUnlessExempt",
  A21: "enterpriseSeat",
  A22: "passFeeFrom",
  A23: "passForPartOfACycle",
  A24: "passByTheYear",
  A25: "passCredits",
  A26: "automaticTopUp",
  A32: "ownPass",
  A33: "ownPurchases",
} as const;

/** Why a part of a difference is there, by its phrase. */
const REASONS = {
  "enterprise-discount": "enterpriseDiscount",
  "reseller-discount": "resellerDiscount",
  "bundled-discount": "bundledDiscount",
  "private-rate": "privateRate",
  discount: "discount",
  credit: "credit",
  refund: "refund",
  adjustment: "adjustment",
  "lower-rate": "lowerRate",
  "part-of-month": "partOfMonth",
  "not-in-reports": "notInReports",
  "not-on-bill": "notOnBill",
  "unknown-tier": "unknownTier",
  "on-free": "onFree",
  "charged-twice": "chargedTwice",
  "both-tiers": "bothTiers",
  "other-tier": "otherTier",
  "overage-off": "overageOff",
  "overage-cap": "overageCap",
  "reports-incomplete": "reportsIncomplete",
  "not-yet-billed": "notYetBilled",
  rounding: "rounding",
} as const satisfies Record<DifferenceReason, string>;

/** Those of lines that take something off, and those without rows. */
const DEDUCTIONS: ReadonlySet<DifferenceReason> = new Set<DifferenceReason>([
  "enterprise-discount",
  "reseller-discount",
  "bundled-discount",
  "private-rate",
  "discount",
  "credit",
  "adjustment",
  "rounding",
]);

/** An amount that is written already, as far as it is known: "$40.00", "at least $40.00", "not known". */
export function bounded(amount: string | null, atLeast: boolean): string {
  const words = t().phrases.amount;
  if (amount === null) return words.notKnown;
  return atLeast ? fill(words.atLeast, { amount }) : amount;
}

/** An amount as far as it is known: at least nothing is not known. */
export function known(amount: string | null, atLeast: boolean): string | null {
  return amount !== null && atLeast && isZero(amount) ? null : amount;
}

/** A sum of dollars, as far as it is known. */
export function sum(amount: string | null, atLeast: boolean): string {
  const told = known(amount, atLeast);
  return bounded(told === null ? null : money(told), atLeast);
}

/** What is charged at a moment that is known; it isn't what is charged next where credits are bought by themselves before. */
export function nextCalled(leftOut: LeftOutCharge | null): string {
  return leftOut?.kind === "top-ups" ? t().overview.nextRenewal : t().overview.nextCharge;
}

/** What a bill comes to, of which nothing may be in dollars. */
export function dollars(amount: string | null): string {
  return amount === null ? say(NOTHING_IN_DOLLARS) : money(amount);
}

/** The same of credits. */
export function sumOfCredits(amount: string, atLeast: boolean): string {
  const told = known(amount, atLeast);
  return bounded(told === null ? null : someCredits(credits(told)), atLeast);
}

/** What a line is for. */
export function lineTitle(line: LineView): string {
  const words = t().phrases.line;
  // A discount of no plan is what is granted on the first payment.
  if (line.kind === "discount" && line.plan === null) return words.firstPayment;
  const plan = line.plan ?? words.subscription;
  if (line.kind === "pass") return line.plan ?? words.pass;
  if (line.automatic) return words.automatic;
  return line.kind === "subscription" ? plan : fill(words[line.kind], { plan });
}

/** How many at what price, and the days of how many: what its amount is made of. */
export function lineParts(line: LineView): string[] {
  const { quantity, days } = t().phrases;
  const parts = [];
  if (line.quantity !== null && line.unit !== null && line.unit_price !== null) {
    const count = credits(line.quantity);
    const words = quantity[line.unit];
    parts.push(fill(count === "1" ? words.one : words.other, { count, price: money(line.unit_price) }));
  }
  if (line.days !== null && line.days_of !== null) {
    const values = { days: String(line.days), of: String(line.days_of) };
    parts.push(
      line.full_price === null
        ? fill(days.ofCycle, values)
        : fill(days.ofPrice, { ...values, price: money(line.full_price) }),
    );
  }
  if (line.remainder) parts.push(days.remainder);
  return parts;
}

/** What a vendor's figure is about; `at` is when it said so, as it is written. */
export function quotedTitle(quoted: QuotedCharge, at: string): string {
  return fill(t().phrases.quoted[quoted.of], { month: month(quoted.month), at });
}

/** What a vendor's figure differs by from the calculation, and why, as far as the vendor's own lines tell. */
export function difference(of: DifferenceView): string {
  const words = t().phrases.difference;
  const isExplained = of.unexplained === null && of.parts.length > 0;
  return [
    of.same ? words.same : fill(of.lower ? words.lower : words.higher, { amount: money(of.amount) }),
    ...(of.complete ? [] : [words.incomplete]),
    ...of.parts.map((part) => partOf(words.part[REASONS[part.reason]], part, !DEDUCTIONS.has(part.reason))),
    ...(of.unexplained === null ? [] : [partOf(words.unexplained, of.unexplained, true)]),
    ...(isExplained ? [words.explained] : []),
  ].join(" ");
}

/** That a vendor's figure and the calculation are one; none where they aren't, or it isn't known. */
export function agreement(agrees: boolean): string | null {
  return agrees ? t().phrases.difference.agrees : null;
}

/** Who pays how much of a bill; none where nobody or one alone is named. */
export function payers(of: PayerView[]): string | null {
  const words = t().phrases.difference;
  const each = of.map(({ payer, amount }) =>
    fill(words.paidBy, { amount: sum(amount, false), payer: payer ?? words.noPayer }),
  );
  return of.length > 1 ? fill(words.payers, { payers: each.join(", ") }) : null;
}

/** A part of a difference. Whose it is is named where it is users'; what is taken off is said in sum. */
function partOf(phrase: string, of: DifferenceRest, namesRows: boolean): string {
  const words = t().phrases.difference;
  const users = of.users === 0 ? words.nobody : counted(t().phrases.count.users, of.users);
  const told = fill(phrase, { amount: money(of.amount), users });
  if (!namesRows || of.rows.length === 0) return `${told}.`;
  const more = of.rest === null ? [] : [fill(words.more, { count: number(of.more), amount: money(of.rest) })];
  return `${told}: ${[...of.rows.map(rowOf), ...more].join("; ")}.`;
}

function rowOf(row: DifferenceRow): string {
  const words = t().phrases.difference;
  const item = row.item === "tier" || row.item === "other" ? (row.item_name ?? "") : words[row.item];
  const who = locale.hidden ? row.user : (row.name ?? row.user);
  const details = [
    ...(who === null || item === "" ? [] : [item]),
    ...(row.account === null ? [] : [fill(words.account, { account: row.account })]),
    ...(row.payer === null ? [] : [fill(words.payer, { payer: row.payer })]),
  ];
  const [amount, what] = [money(row.amount), who ?? item];
  return details.length === 0 ? `${amount} ${what}` : fill(words.row, { amount, what, details: details.join(", ") });
}

/** What the tax on a charge is called; none where totals are without tax. */
export function taxTitle(of: { tax_name: string | null; tax_percent: string | null }): string | null {
  const words = t().phrases.total;
  if (of.tax_percent !== null) return fill(words.tax, { percent: toField(of.tax_percent) });
  // A tax that a price list names and no language has words for is called as the list calls it.
  const named: Partial<Record<string, string>> = words.named;
  return of.tax_name === null ? null : (named[of.tax_name] ?? of.tax_name);
}

/** What no source settles, with the figures that rest on it. */
export function assumption(of: AssumptionView): string {
  const words = t().phrases.assumption;
  switch (of.id) {
    case "A1":
      return of.stated ? words.firstPaymentStated : fill(words.firstPayment, { most: money(of.most) });
    case "A2":
      return fill(words.packsGetBack, { back: credits(of.back), kept: credits(of.kept) });
    case "A34":
      return words.overageByPrice;
    case "A35":
      return words.chargedWhileOff;
  }
}

/** A past month that is charged otherwise now. */
export function repricedMonth(of: RepricedMonth): string {
  return fill(t().phrases.repriced.row, {
    month: month(of.month),
    before: sum(of.before, of.before_at_least),
    now: sum(of.now, of.now_at_least),
    list: say(of.list),
  });
}

type BillNote = Extract<
  ChargeNote,
  {
    kind:
      | "bill-undecided"
      | "bill-in-currency"
      | "bill-unread"
      | "bill-parts-missing"
      | "bill-outdated"
      | "bill-beside-damaged";
  }
>;

/** What is about the balance, not about what is charged. */
const OF_BALANCE: ReadonlySet<ChargeNote["kind"]> = new Set<ChargeNote["kind"]>(["credits-ended", "balance-differs"]);

/** What is to be known about what is left. */
export const ofBalance = (notes: ChargeNote[]): ChargeNote[] => notes.filter((note) => OF_BALANCE.has(note.kind));

/** What is to be known about what is charged. */
export const ofCharges = (notes: ChargeNote[]): ChargeNote[] => notes.filter((note) => !OF_BALANCE.has(note.kind));

/** What is to be known about a bill of AWS's that counts, or of which nothing tells whether it does. */
function billNote(note: BillNote): string {
  const { note: words, count } = t().phrases;
  switch (note.kind) {
    case "bill-undecided":
      return words.billUndecided;
    case "bill-in-currency":
      return fill(words.billInCurrency, { amount: decimal(note.amount), currency: note.currency });
    case "bill-unread":
      return counted(words.billUnread, note.rows, { rows: counted(count.rows, note.rows) });
    case "bill-parts-missing":
      return counted(words.billPartsMissing, note.parts, { parts: `${note.parts}` });
    case "bill-outdated":
      return words.billOutdated;
    case "bill-beside-damaged":
      return counted(words.billBesideDamaged, note.bills, { parts: `${note.bills}` });
  }
}

/** What is to be known about a period's figures. */
export function chargeNote(note: ChargeNote): string {
  const { note: words, count } = t().phrases;
  const rowsOf = (phrase: Counted, of: { rows: number; users: number }, tiers = "") =>
    counted(phrase, of.rows, { rows: counted(count.rows, of.rows), users: counted(count.users, of.users), tiers });
  switch (note.kind) {
    case "other-currency":
      return fill(words.otherCurrency, { month: month(note.month) });
    case "end-not-seen":
      return fill(words.endNotSeen, { month: month(note.month), on: fullDate(note.at) });
    case "usage-unknown":
      return fill(words.usageUnknown, { month: month(note.month) });
    case "unmetered":
      return counted(words.unmetered, note.tasks, {
        tasks: counted(count.tasks, note.tasks),
        month: month(note.month),
      });
    case "tier-unknown":
      return rowsOf(words.tierUnknown, note, note.tiers.join(", "));
    case "tier-missing":
      return rowsOf(words.tierMissing, note);
    case "profile-missing":
      return rowsOf(words.profileMissing, note);
    case "credits-unknown":
      return rowsOf(words.creditsUnknown, note);
    case "overage-unknown":
      return rowsOf(words.overageUnknown, note);
    case "beyond-limit":
      return counted(words.beyondLimit, note.rows, { rows: counted(count.rows, note.rows) });
    case "switch-unknown":
      return counted(words.switchUnknown, note.users, { users: counted(count.users, note.users) });
    case "overage-differs":
      return counted(words.overageDiffers, note.users, {
        users: counted(count.users, note.users),
        stated: credits(note.stated),
        computed: credits(note.computed),
      });
    case "reports-unread":
      return counted(words.reportsUnread, note.rows, { rows: counted(count.rows, note.rows) });
    case "rows-rounded":
      return counted(words.rowsRounded, note.rows, { rows: counted(count.rows, note.rows) });
    case "reports-cover":
      return fill(words.reportsCover, { first: fullDate(note.first), last: fullDate(note.last) });
    case "no-reports":
      return words.noReports;
    case "bill-unreadable":
      return counted(words.billUnreadable, note.months.length, { months: note.months.map(month).join(", ") });
    case "first-paid-unknown":
      return words.firstPaidUnknown;
    case "plan-unlisted":
      return note.plan === null ? words.planUnnamed : fill(words.planUnlisted, { plan: note.plan });
    case "ended-within":
      return fill(words.endedWithin, { on: fullDate(note.on) });
    case "bill-undecided":
    case "bill-in-currency":
    case "bill-unread":
    case "bill-parts-missing":
    case "bill-outdated":
    case "bill-beside-damaged":
      return billNote(note);
    case "plan-unknown":
      return fill(words.planUnknown, { until: fullDate(note.until) });
    case "first-payment":
      return words.firstPayment;
    case "assumed":
      return words[ASSUMED[note.assumption]];
    default:
      return kiloNote(note);
  }
}
