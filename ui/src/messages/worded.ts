/** Which of its sentences is said where one depends on more than what stands in its places: the same in every language. */
import { number } from "../format/amounts";
import { moment } from "../format/moments";
import type { RestoredView } from "../ipc/bindings/RestoredView";
import type { SpentMarkKind } from "../ipc/bindings/SpentMarkKind";
import { t } from "./language.svelte";

/** A number of credits that is written already: "1 credit", "1,000 credits". */
export function someCredits(credits: string): string {
  const words = t().common.credits;
  return (credits === "1" ? words.single : words.several)({ credits });
}

/** That the details are saved, and which recorded plan changes they take the place of. */
export function factsReplace(changes: { plan: string; on: string }[]): string {
  return [t().session.factsSaved, ...changes.map(t().session.factsReplace)].join(" ");
}

/** What the bonus of a sign-up is, and for which sign-ups. */
export function bonusAbout(credits: string, days: number, before: string | null): string {
  const words = t().facts.bonusAbout;
  return before === null ? words.open({ credits, count: days }) : words.until({ credits, count: days, before });
}

/** From when until when there is a pack or a grant. */
export function poolSpan(on: string, ends: string | null): string {
  const words = t().stated.from;
  return ends === null ? words.endless({ on }) : words.until({ on, ends });
}

export function seatsQuoted(seats: number | null): string {
  const words = t().teamFacts.quoted;
  return seats === null ? words.unsaid : words.said({ many: seats });
}

/** How many of all accounts need attention. */
export function needAttention(some: number, all: number): string {
  const words = t().allAccounts.attention;
  return some === 0 ? words.none : words.some({ count: some, all: words.accounts({ count: all }) });
}

/** What happens to a balance, and of how much where that is known. */
export function markOf(kind: SpentMarkKind, dollars: string | null): string {
  const { priced, unpriced } = t().axis.spent.marks;
  return dollars === null || kind === "pass-ends" ? unpriced[kind] : priced[kind]({ dollars });
}

export function historyDetails(changes: string[]): string {
  const words = t().history.details;
  return changes.length > 0 ? words.changed({ changes: changes.join("; ") }) : words.unchanged;
}

export function changedTo(detail: string, to: string | null): string {
  const words = t().history.changed;
  return to === null ? words.gone({ detail }) : words.to({ detail, to });
}

export function packBought(amount: string | null): string {
  const words = t().history.pack;
  return amount === null ? words.unpriced : words.priced({ amount });
}

/** What is imported, how many rows it has read, and for how long. */
export function importRunning(what: string, rows: number | null, seconds: number): string {
  const words = t().import.running;
  const parts = [
    what,
    ...(rows === null ? [] : [t().usage.rows({ count: rows })]),
    ...(seconds > 0 ? [words.seconds({ seconds: String(seconds) })] : []),
  ];
  return words.what({ what: parts.join(", ") });
}

export function chooseIssue(month: string, payer: string | null): string {
  const words = t().import.arrived.choose;
  return payer === null ? words.alone({ month }) : words.ofPayer({ month, payer });
}

export function overageSoFar(credits: string, charge: string | null): string {
  const words = t().overview.overageSoFar;
  return charge === null ? words.unpriced({ credits }) : words.priced({ credits, charge });
}

export function overageCap(cap: string, most: string | null, left: string): string {
  const words = t().overview.overageCap;
  return most === null ? words.unpriced({ cap, left }) : words.priced({ cap, most, left });
}

export function overageCapReached(cap: string, most: string | null): string {
  const words = t().overview.overageCapReached;
  return most === null ? words.unpriced({ cap }) : words.priced({ cap, most });
}

export function poolLeft(left: string | null, allowance: string | null): string {
  const words = t().overview.poolLeft;
  if (allowance === null) return words.unknown;
  return left === null ? words.of({ allowance }) : words.left({ left, allowance });
}

export function poolUsedUp(allowance: string | null): string {
  const words = t().overview.poolUsedUp;
  return allowance === null ? words.unknown : words.all({ allowance });
}

export function sharedUsed(used: string, allowance: string | null): string {
  const words = t().overview.sharedUsed;
  return allowance === null ? words.alone({ used }) : words.of({ used, allowance });
}

/** How long a pack lasts from when the credits end. */
export function packLasts(from: string | null, price: string, until: string | null): string {
  const words = t().overage.packLasts;
  return words.lasts({
    end: from === null ? words.ended : words.ends({ from }),
    price,
    until: until === null ? words.toReset : words.until({ until }),
  });
}

export function noOverage(plan: string, allowance: string | null): string {
  const words = t().overage.none;
  return allowance === null ? words.allUsed({ plan }) : words.at({ plan, allowance });
}

export function requestsPause(allowance: string | null): string {
  const words = t().overage.pauses;
  return allowance === null ? words.allUsed : words.at({ allowance });
}

export function staysOnBill(credits: string, charge: string | null): string {
  const words = t().overage.staysOnBill;
  return charge === null ? words.unpriced({ credits }) : words.priced({ credits, charge });
}

/** How many subscriptions there are, and what was used with them. */
export function subscriptionsUsed(many: number, used: string | null, overage: string | null): string {
  const words = t().organisation.used;
  const subscriptions = words.subscriptions({ count: many });
  const credits = used === null ? words.creditsUnknown : words.credits({ credits: used });
  return overage === null
    ? words.used({ subscriptions, credits })
    : words.withOverage({ subscriptions, credits, overage });
}

export function computedFrom(rows: number, last: string | null): string {
  const words = t().organisation.computedFrom;
  return last ? words.until({ count: rows, last }) : words.rows({ count: rows });
}

export function topsUpMore(many: number, day: string): string {
  const words = t().teamOverview.topsUpMore;
  return many === 0 ? words.none({ day }) : words.some({ many, day });
}

export function passesOf(many: number | null, price: string, name: string): string {
  const words = t().teamOverview.passes;
  return many === null ? words.uncounted({ price, name }) : words.counted({ count: many, price, name });
}

/** What was spent in a month, and what the requests of this machine come to beside it. */
export function spentSentence(amount: string | null, machine: string | null): string {
  const words = t().teamOverview.spentThisMonth;
  if (machine === null) return amount === null ? words.unknown : words.known({ amount });
  return amount === null ? words.unknownBeside({ machine }) : words.knownBeside({ amount, machine });
}

export function topUpNext(amount: string | null, threshold: string | null): string {
  const words = t().personal.topUpNext;
  return words.next({ amount: amount ?? words.anyAmount, threshold: threshold ?? words.anyThreshold });
}

export function machineIncludes(amount: string | null): string {
  const words = t().personal.machineIncludes;
  return amount === null ? words.unknown : words.known({ amount });
}

export function tooSmall(credits: string, from: string | null): string {
  const words = t().plans.covers.tooSmall;
  return from === null ? words.monthly({ credits }) : words.from({ credits, from });
}

export function usedSoFar(used: string | null): string {
  const words = t().plans.used;
  return used === null ? words.unknown : words.known({ used });
}

export function taxOfPlans(named: string | null): string {
  const words = t().plans.tax;
  return named === null ? words.unnamed : words.named({ named });
}

/** From how many extra credits on a plan pays off, and how near that is. */
export function paysOff(plan: string, credits: string, soFar: string | null, pace: string | null): string {
  const words = t().receipt.breakEven;
  if (soFar === null) return words.alone({ plan, credits });
  return pace === null ? words.soFar({ plan, credits, soFar }) : words.pace({ plan, credits, soFar, pace });
}

export function recordConsequence(charge: string | null): string {
  const words = t().receipt.recordConsequence;
  return charge === null ? words.uncharged : words.charged({ charge });
}

export function importGoesTo(name: string | null): string {
  const words = t().settings.importGoesTo;
  return name === null ? words.unnamed : words.named({ name });
}

/** What came back of damaged data, and from which copy. */
export function restoredData(restored: RestoredView): string {
  const words = t().restoring.restored;
  return words.both({
    copy: restored.copied_at ? words.copied({ moment: moment(restored.copied_at) }) : words.fresh,
    records: words.records({ count: restored.came_back }),
  });
}

/** What only one of two accounts has that are the same, by how many tasks and how many entries. */
export function onlyThere(name: string, number: number, tasks: number, entries: number): string {
  const words = t().notices.onlyThere;
  const id = String(number);
  if (tasks === 0 && entries === 0) return words.nothing({ name, id });
  const those = { tasks: words.tasks({ count: tasks }), entries: words.entries({ count: entries }) };
  const lost = entries === 0 ? those.tasks : tasks === 0 ? those.entries : words.and(those);
  return words.lost({ name, id, lost });
}

export function seatsPaid(paid: number, taken: number | null): string {
  const words = t().seats.paid;
  return taken === null ? words.paid({ count: paid }) : words.taken({ count: paid, taken: number(taken) });
}

export function peopleFound(found: number, all: number): string {
  const words = t().users.found;
  const everybody = words.all({ count: all });
  return found === all ? everybody : words.some({ found: number(found), all: everybody });
}

/** What most of it is, in how many of the tasks or requests. */
export function mostIs(name: string, share: string, tasks: string | null, isTasks: boolean): string {
  const words = t().usage.mostIs;
  if (tasks === null) return words.alone({ name, share });
  return words[isTasks ? "tasks" : "requests"]({ name, share, tasks });
}

/** What a bar says: how much, and in how many where that is counted. */
export function barWords(amount: string, counted: string): string {
  return counted ? t().usage.barWords({ amount, counted }) : amount;
}
