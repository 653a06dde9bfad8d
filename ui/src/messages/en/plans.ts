import { count } from "../../format/amounts";

export const plans = {
  unsettled: "Plans can't be compared yet",
  statePlan: "Set the plan",
  question: "Which option do you want to look at?",
  options: "Your options",
  table: "Table of options",
  option: "Option",
  today: "Today",
  totalBy: (day: string) => `Total by ${day}`,
  coversYou: "Covers you?",
  yours: "yours now",
  settled: "already set",
  cheapest: "cheapest that covers you",
  choice: {
    withOverage: (plan: string) => `${plan}, overage on`,
    withoutOverage: (plan: string) => `${plan}, overage off`,
    withPacks: (plan: string) => `${plan}, with packs`,
    withoutPacks: (plan: string) => `${plan}, no packs`,
    from: (day: string) => `from ${day}`,
    aMonth: (cost: string) => `${cost} a month`,
  },
  covers: {
    noLimit: "yes, no limit",
    left: (credits: string, day: string) => `yes, ${credits} left on ${day}`,
    spare: (credits: string) => `yes, ${credits} to spare a month`,
    overage: (credits: string, monthly: boolean) => `yes, ${credits} extra credits${monthly ? " a month" : ""}`,
    packs: (credits: string, monthly: boolean) => `yes, packs for ${credits} credits${monthly ? " a month" : ""}`,
    pauses: (day: string) => `no: pauses on ${day}`,
    tooSmall: (credits: string, from: string | null) =>
      `no: ${credits} credits ${from === null ? "a month" : `from ${from}`}`,
  },
  used: (used: string | null) => (used === null ? "No usage is known yet" : `${used} credits used so far`),
  breakEvenChart: "A month on each plan",
  breakEvenChartAbout: (price: string) =>
    `Cost by credits used, without tax: the plan's price, and ${price} for each credit beyond it.`,
  breakEvenChartWithPacks: (price: string, smallest: string, credits: string) =>
    `Cost by credits used, without tax: the plan's price, and packs at ${price} a credit for what is beyond it. The smallest costs ${smallest} and has ${credits} credits.`,
  breakEvenHere: (credits: string) => `At this pace, ${credits}`,
  breakEvenAt: (credits: string) => `At ${credits} credits`,
  models: "What models cost",
  modelsAbout: (at: string) => `Times the credits that the same task costs on Auto. From Kiro, ${at}.`,
  modelsNotAsked: "Times the credits that the same task costs on Auto, by the price list: Kiro wasn't asked yet.",
  modelsListed: (many: number) => `${count(many, "model", "models")} by the price list`,
  notSaid: "not known",
  replay: "Past months on each plan",
  replayCheapest: (plan: string, months: number) =>
    `${plan} would have been the cheapest over ${count(months, "month", "months")}.`,
  replayAbout: "The full price each month, and overage for what the plan's credits don't cover.",
  replayWithPacks: (price: string) =>
    `Each month by its own price list, at the full price. Credits beyond the plan cost ${price} each, as overage or in packs; that the smallest pack has more is left out.`,
  notSold: "not sold then",
  recordedHere: (percent: string) => `from Kiro; ${percent} of it on this computer`,
  together: "Together",
  replayTable: "Table of past months",
  monthColumn: "Month",
  ownLimit: (credits: string) =>
    `Months on your plan are compared by the ${credits} that it has in this account, on the other plans by the price list.`,
  ownUnlimited: "Months on your plan are compared without a limit, as Kiro says; on the other plans by the price list.",
  tax: (named: string | null) =>
    named === null ? "Prices exclude tax." : `Prices exclude tax. ${named} is added to each charge.`,
};

export const receipt = {
  stay: (plan: string) => `Stay on ${plan}`,
  stayWithOverage: (plan: string) => `Stay on ${plan}, allow overage`,
  stayWithoutOverage: (plan: string) => `Stay on ${plan}, stop overage`,
  fromTo: (from: string, to: string) => `${from} to ${to}`,
  asOf: (name: string, sample: boolean, moment: string) => `${name}${sample ? " (made up)" : ""}, as of ${moment}`,
  chargeToday: "Charge today",
  range: "Kiro's pages count the started day both ways.",
  rangeWithCredit: "Kiro may take something off a first payment, and its pages count the started day both ways.",
  waitSaves: (saves: string, day: string) => `Waiting until ${day} saves ${saves}.`,
  untilNext: (to: string, from: string, now: string, then: string, day: string) =>
    `${to} now comes to ${now} with the next month's charge; taken on ${day} it is ${then}. Until then you stay on ${from}.`,
  waitCosts: (costs: string, day: string) =>
    `Waiting until ${day} costs ${costs} more, the next month's charge included.`,
  waitPauses: (day: string) => `Requests pause on ${day} meanwhile.`,
  waitUnknown: (now: string, then: string, day: string) =>
    `Whether waiting until ${day} saves anything isn't known, because what this month's overage charges isn't: ${now} if taken now, ${then} if taken then.`,
  cancelled: "The scheduled change is cancelled. Nothing is charged.",
  later: (plan: string, day: string) =>
    `Nothing is charged today. ${plan} begins on ${day}; until then everything stays as it is, and nothing of this month is refunded.`,
  billOn: (day: string) => `Bill on ${day}`,
  more: (amount: string) => `${amount} more`,
  less: (amount: string) => `${amount} less`,
  creditsLeft: "Plan credits left",
  avoided: "Overage that disappears",
  breakEven: (plan: string, credits: string, soFar: string | null, pace: string | null) =>
    `${plan} pays off past ${credits} extra credits a month${soFar === null ? "" : `; you are at ${soFar}${pace === null ? "" : ` and head for ${pace}`}`}.`,
  waiting: {
    same: (_total: string, day: string) => `Waiting costs nothing: the charge is the same until ${day}.`,
    lower: (total: string, day: string) => `The charge falls as days pass: ${total} on ${day}.`,
    higher: (total: string, day: string) => `Waiting costs more: ${total} on ${day}.`,
  },
  openKiro: "Open Kiro's account page",
  allowOverage: "Allow overage…",
  stopOverage: "Stop overage…",
  turnOnToo: "Turn overage on there too.",
  turnOffToo: "Turn overage off there too.",
  changedThere: "I changed it there",
  neverBuys: "Headroom never buys.",
  shouldAsk: (total: string) => `That page should ask for ${total}.`,
  record: (plan: string) => `Record the change to ${plan}?`,
  recordConfirm: (plan: string) => `Record ${plan}`,
  recordConsequence: (charge: string | null) =>
    `From now on Headroom calculates with it${charge === null ? "" : `, with ${charge} charged today`}. Nothing is sent to Kiro.`,
};
