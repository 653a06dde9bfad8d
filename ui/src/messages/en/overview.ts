import { count, number } from "../../format/amounts";
import type { PoolKind } from "../../ipc/bindings/PoolKind";
import type { PoolSource } from "../../ipc/bindings/PoolSource";
import type { BillPart } from "../../ipc/bindings/BillPart";
import { tasks } from "./counted";

export const cards = {
  noLimit: "no limit, as Kiro says",
  creditsUntil: (day: string) => `credits left until ${day}`,
  balanceUntil: (day: string) => `left, until ${day} at this pace`,
  suspended: "suspended until it is paid",
  toTell: "not set up yet",
  failed: "can't be shown",
};

export const overview = {
  comparePlans: "Compare plans",
  nextPlan: (plan: string, day: string) => `${plan} from ${day}`,
  planDiffers: (quoted: string, plan: string) =>
    `Kiro says this account is on ${quoted}, your account details say ${plan}. Charges follow your details: correct them in Settings.`,
  planChanged: (before: string, until: string, after: string, since: string) =>
    `Kiro names another plan than before: ${before} until ${until} at least, ${after} since ${since} at the latest. That alone changes no charge.`,
  goneBefore: (credits: string, moment: string) => `${credits} of these expire ${moment}.`,
  whilePaused: (many: number) =>
    `${tasks(many)} ran while your settings say that requests were paused. That usage isn't counted: check the plan and the overage switch.`,
  beforeSignUp: (many: number) =>
    `${tasks(many)} ran before the sign-up day and are left out: check that day in Settings.`,
  yourCredits: "Your credits",
  creditsAMonth: "credits a month",
  creditsLeft: "credits left",
  creditsUsed: "credits used",
  atMost: "at most",
  atLeast: "at least",
  atMostFigure: (credits: string) => `at most ${credits}`,
  showLeft: "Show what is left",
  showUsed: "Show what is used",
  renews: (moment: string, time: string) => `Renews ${moment}, in ${time}`,
  planUsedUp: (extra: string) => `plan used up + ${extra} extra`,
  aMonth: (allowance: string) => `${allowance} a month`,
  leftOf: (left: string, allowance: string) => `${left} of ${allowance} left`,
  overageSoFar: (credits: string, charge: string | null) =>
    charge === null
      ? `${credits} credits so far, what is charged for them isn't known in dollars`
      : `${credits} credits, ${charge} so far`,
  overageByPrice: (price: string, difference: string) => `by the price list ${price}, a difference of ${difference}`,
  overageCap: (cap: string, most: string | null, left: string) =>
    `at most ${cap}${most === null ? "" : ` (${most})`}, ${left} of them left`,
  overageCapReached: (cap: string, most: string | null) =>
    `its cap of ${cap}${most === null ? "" : ` (${most})`} is reached`,
  pool: { plan: "Plan", trial: "Trial, used first", bonus: "Grant", pack: "Pack" } satisfies Record<PoolKind, string>,
  poolLeft: (left: string | null, allowance: string | null) =>
    allowance === null
      ? "how much is left isn't known"
      : left === null
        ? `of ${allowance}`
        : `${left} of ${allowance} left`,
  poolUsedUp: (allowance: string | null) => (allowance === null ? "used up" : `all ${allowance} used`),
  poolEnded: "gone",
  poolUntil: (day: string) => `until ${day}`,
  poolFrom: { stated: "as you entered", kiro: "from Kiro" } satisfies Record<Exclude<PoolSource, "computed">, string>,
  shared: "Shared with others",
  sharedUsed: (used: string, allowance: string | null) =>
    `${used}${allowance === null ? "" : ` of ${allowance}`} used, not in what you have left`,
  noLimitUsed: (used: string) => `${used} used, no limit`,
  putAway: "Don't show again",
  beyond: "Beyond the plan, not charged",
  unknownThatDay: (many: number) => `${tasks(many)} of unknown cost`,
  recentDays: "Recent days",
  daysFromKiro: "None of your tasks are on this computer, but Kiro's own count shows what was used each day.",
  showUsage: "Show the days",
  nextCharge: "Next charge",
  yourTime: (utc: string) => `your time (${utc})`,
  withoutOverage: "without any overage",
  ifNothingMore: "if nothing more is used",
  costsNothing: (plan: string) => `Nothing: ${plan} costs nothing.`,
};

export const overage = {
  unlimited: "unlimited",
  title: "Overage",
  stop: (allowance: string) => `Stop at ${allowance} credits`,
  allow: (price: string) => `Allow overage at ${price} a credit`,
  packs: (allowance: string, price: string, credits: string) =>
    `Past ${allowance} credits you buy packs ahead, from ${price} for ${credits} credits. Kiro charges no overage.`,
  packLasts: (from: string | null, price: string, until: string | null) =>
    `${from === null ? "Your credits have ended" : `At this pace your credits end ${from}`}: a pack of ${price} then lasts ${until === null ? "to the reset" : `until ${until}`}.`,
  packsToTheEnd: (credits: string, price: string) =>
    `${credits} credits are missing until the reset: packs for all of them cost ${price}, without tax.`,
  packsTitle: "Packs",
  statePack: "I bought a pack",
  stillOn: "Kiro still shows its overage switch as on. Since packs took its place that promises nothing.",
  unlisted: (plan: string) => `Whether ${plan} has overage or packs isn't known.`,
  none: (plan: string, allowance: string | null) =>
    `${plan} has no overage: requests pause ${allowance === null ? "once all your credits are used" : `at ${allowance} credits`}.`,
  on: "On",
  off: "Off",
  since: (moment: string) => ` since ${moment}`,
  goesOn: (allowance: string, price: string) => `Work goes on past ${allowance} credits at ${price} each.`,
  pauses: (allowance: string | null) =>
    `Requests pause ${allowance === null ? "once all your credits are used" : `at ${allowance} credits`}.`,
  confirmed: (on: boolean, at: string) => `Kiro shows overage ${on ? "on" : "off"}, as asked ${at}.`,
  requested: (on: boolean, at: string) => `Asked Kiro to turn it ${on ? "on" : "off"} ${at}, not confirmed yet.`,
  notConfirmed: (on: boolean) =>
    `A minute after it was asked, Kiro does not show overage ${on ? "on" : "off"}. Look on its account page.`,
  goesOff: (day: string) => `It goes off with the plan on ${day}.`,
  noneNeeded: "At this pace none is needed this month.",
  atThisPace: (on: boolean, credits: string, charge: string) =>
    `At this pace ${on ? "this month's is" : "it would be"} ${credits} credits, ${charge}.`,
  question: (consequence: string) => `${consequence}?`,
  stopConsequence: "From now on requests pause when the plan's credits are used up.",
  staysOnBill: (credits: string, charge: string | null) =>
    `The ${credits} extra credits of this month stay on the bill${charge === null ? "" : `: ${charge}`}.`,
  allowConsequence: (allowance: string, price: string) =>
    `Every credit past ${allowance} is charged at ${price} when the month ends.`,
  paceConsequence: (charge: string) => `At this pace that is ${charge} for this month.`,
  onlyRecorded:
    "This changes what Headroom computes with. It does not turn the switch at Kiro: do that on your account page there.",
};

export const organisation = {
  inMonth: (month: string) => `in ${month}, without tax`,
  used: (subscriptions: number, credits: string | null, overage: string | null) =>
    `${count(subscriptions, "subscription", "subscriptions")}, ${credits === null ? "credits used not known" : `${credits} credits used`}${overage === null ? "." : `, ${overage} of them overage.`}`,
  computedFrom: (rows: number, last: string | null) =>
    `Headroom's calculation from ${count(rows, "row", "rows")} of activity reports${last ? `, up to ${last}` : ""}.`,
  notKnown: "What this month costs isn't known.",
  noReports: "No activity report is imported yet.",
  noReportsAbout:
    "Kiro writes one every day into the storage that its console names: import that folder, or a copy of it. Bills come from AWS cost exports.",
  noReportsIn: (month: string) => `No activity report of ${month} is imported.`,
  byTheEnd: (month: string) => `By the end of ${month}`,
  between: (low: string, high: string) => `${low} with quiet days, ${high} with busy ones`,
  monthBefore: (month: string) => `${month}, Headroom's calculation`,
  billedFor: (month: string) => `${month}, billed by AWS`,
  byTier: "By tier",
  byProfile: "By profile",
  profile: "Profile",
  billed: "Billed by AWS",
  billOf: (month: string, users: number) => `for ${month}, before tax, ${count(users, "user", "users")}`,
  parts: {
    subscriptions: "Subscriptions",
    credits: "Overage credits",
    discounts: "Credits and discounts",
    other: "Other",
    rounding: "Rounding",
  } satisfies Record<BillPart, string>,
  noBill: "No cost export is imported yet.",
};

export const teamOverview = {
  balance: "Balance",
  ofCredits: "of credits left",
  spentADay: (days: number) => `Average a day (${count(days, "day", "days")})`,
  topUp: "Smallest purchase that lasts 30 more days",
  gift: "Gift that expires, spent first",
  purchase: "Purchase that expires, spent first",
  giftNext: "Gift that expires, spent next",
  purchaseNext: "Purchase that expires, spent next",
  until: (amount: string, day: string) => `${amount} until ${day}`,
  autoTopUp: "Automatic top-up",
  dollarsADay: "Dollars a day, UTC",
  dollarsByDay: "Dollars by day",
  lastSpending: (day: string) => `The last spending is of ${day}.`,
  noSpending: "No spending known yet",
  forSeats: "for seats",
  forSeatsAndPass: "for seats and Kilo Pass",
  topUpBy: (amount: string, threshold: string, stated: boolean) =>
    `${amount} once less than ${threshold} is left${stated ? ", as you entered" : ""}`,
  topUpUnknown: "on; by how much isn't known",
  topsUp: "Tops up at this pace",
  topsUpBy: (amount: string, day: string) => `${amount} on ${day}`,
  topsUpMore: (many: number, day: string) =>
    many === 0 ? `none more until ${day}` : `${number(many)} more until ${day}`,
  topsUpCharges: (amount: string, taxed: boolean) =>
    `${amount} in all, ${taxed ? "with fee and tax" : "with the fee, before tax"}`,
  pass: "Kilo Pass",
  passes: (many: number | null, price: string, name: string) =>
    `${many === null ? "" : `${count(many, "pass", "passes")}, `}${name}, ${price} each a month`,
  passStated: "As you entered.",
  passEnds: "Ends with the cycle.",
  passPaid: (day: string) => `Paid until ${day}.`,
  passBonus: "Bonus of this month",
  passUnlocked: (unlocked: string, bonus: string, day: string) => `${unlocked} of ${bonus} is there, until ${day}`,
  passSpent: "Spent towards it",
  passTarget: (spent: string, target: string) => `${spent} of ${target}`,
  spentThisMonth: (amount: string | null, machine: string | null) =>
    `${amount === null ? "What was spent this month isn't known" : `${amount} was spent this month`}${machine === null ? "" : `; the requests of this machine come to ${machine}`}.`,
};
