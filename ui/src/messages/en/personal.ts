import { number } from "../../format/amounts";

/** Of somebody's own account at Kilo; what a team's overview says too stands there. */
export const personal = {
  byPurchase: "Credits by purchase",
  byPurchaseAt: (moment: string) => `Credits by purchase: as Kilo said ${moment}.`,
  giftStays: "Gift that stays",
  purchaseStays: "Purchase that stays",
  nothingNext: "Nothing is charged automatically.",
  topUpNext: (amount: string | null, threshold: string | null) =>
    `${amount ?? "Credits"} and the service fee on it, once less than ${threshold ?? "a certain amount"} is left.`,
  nothingForPass: "Nothing for Kilo Pass. Whether credits are topped up automatically isn't known.",
  amountUnknown: (day: string) => `On ${day}; how much isn't known.`,
  forPass: "for Kilo Pass",
  passNotSaid: "Kilo hasn't said yet whether you have one.",
  passIs: {
    none: "You have none.",
    runs: "is active.",
    ends: "ends with what is paid.",
    endsAt: (day: string) => `ends on ${day}.`,
    fails: "A payment is failing: look on Kilo's page.",
    paused: "is paused.",
    pausedUntil: (day: string) => `is paused until ${day}.`,
    pending: "waits for its first payment.",
    over: "is over.",
    unknown: (status: string) => `is called “${status}” by Kilo.`,
  },
  byTheYear: "Paid by the year.",
  spentOfBase: "Used of this month's credits",
  bonusThere: (bonus: string) => `${bonus} is there`,
  bonusAhead: (bonus: string, more: string) => `${bonus} once ${more} more is spent`,
  bonusUnknownAhead: (more: string) => `how much isn't known, once ${more} more is spent`,
  monthEnds: "The month of credits ends",
  monthIsOver: (day: string) => `Its month ended on ${day}; what the next one brought isn't known yet.`,
  nextBonus: "Bonus of the next month",
  streak: "Months in a row",
  months: (months: number) => (months === 1 ? "1 month" : `${number(months)} months`),
  tierUnknown: "The price list doesn't have this tier: what it costs isn't known.",
  machineIncludes: (amount: string | null) =>
    amount === null
      ? "What this machine's requests come to this month isn't known."
      : `This machine's requests come to ${amount} this month; a team's may be among them.`,
  facts: "Nothing to fill in: balance, credits and Kilo Pass come from Kilo.",
};
