import { count, number } from "../../format/amounts";
import type { MemberSeat } from "../../ipc/bindings/MemberSeat";

export const team = {
  users: "Users",
  atRisk: (many: number, closed: boolean) =>
    closed ? `${number(many)} at the limit or near it` : `${number(many)} running out before the month ends`,
  seatReceipt: "Add or remove seats",
  seatCount: "Seats",
  add: "Add",
  removeSeats: "Remove",
  seatAdd: (many: number) => `${count(many, "seat", "seats")} more`,
  seatRemove: (many: number) => `${count(many, "seat", "seats")} less`,
  seatsAfter: (before: number, after: number) => `${after} seats instead of ${before}`,
  chargeToday: "Charge today",
  nothingToday: "Nothing is charged today.",
  takesEffect: (moment: string) => `From ${moment} on; nothing of this cycle is refunded.`,
  nextBill: (moment: string) => `Bill on ${moment}`,
  insteadOf: (amount: string) => `instead of ${amount}`,
  range: "Kilo doesn't say whether the day that has begun counts: the lower amount is without it, the higher with it.",
  refused: {
    "members-still-assigned": "There are more members than seats would be left: members go first.",
    "last-seat": "One seat stays at least.",
    suspended: "The team is suspended: a payment comes first.",
    "data-deleted": "The team is closed.",
    other: "The rules don't allow this now.",
  },
  openKilo: "Open Kilo",
  neverBuys: "Headroom never buys. Kilo's page should ask for the same.",
  needFacts: "Headroom needs to know when the team began and what a seat costs.",
  tell: "Tell Headroom about the team",
  dunning: {
    kept: (end: string) => `Its data is kept until ${end}.`,
    closed: (end: string) => `The team's data went on ${end}: it is closed.`,
  },
  members: "Members",
  noMembers: "Kilo hasn't listed any members yet.",
};

export const seats = {
  paid: (paid: number, taken: number | null) =>
    taken === null
      ? `${count(paid, "seat", "seats")} paid.`
      : `${count(paid, "seat", "seats")} paid, ${number(taken)} taken.`,
  unused: (many: number) => `${count(many, "seat is", "seats are")} unused.`,
  unusedSaves: (many: number, amount: string) =>
    `${count(many, "seat is", "seats are")} unused: without ${many === 1 ? "it" : "them"} the next cycle costs ${amount} less.`,
  member: "Member",
  month: (month: string) => `Spent in ${month}`,
  today: "Spent today",
  of: (limit: string) => `of ${limit}`,
  active: "Last active",
  seat: "Seat",
  seats: {
    taken: "taken",
    "takes-none": "needs none",
    invited: "invited",
    left: "not in the team",
    unknown: "not known",
  } satisfies Record<MemberSeat, string>,
  nobody: "Unknown",
};

export const topUp = {
  title: "Buy credits",
  amount: "Credits for",
  lasts: "At this pace, the balance then lasts until",
  without: (day: string) => `instead of ${day}`,
  byItself: "Credits are bought automatically, so the balance doesn't run out.",
  unknown: "How long the balance then lasts isn't known.",
};

export const users = {
  user: "User",
  tier: "Tier",
  used: "Credits used",
  cost: "This month",
  costIn: (month: string) => `Cost in ${month}`,
  billed: (month: string) => `Billed for ${month}`,
  cheapest: "Cheapest tier",
  of: (allowance: string) => `of ${allowance}`,
  limited: "a limit set for them",
  cap: (most: string) => `at most ${most} beyond it`,
  idle: "Paid for and not used",
  idleCost: (billed: string, month: string) => `${billed} for ${month}`,
  saves: (amount: string) => `saves ${amount}`,
  groups: "By group",
  group: "Group",
  noGroup: "In no group",
  inSeveral: "Whoever is in several groups counts in each.",
  search: "Search users",
  onlyNotable: "Needs attention",
  table: "Table of users",
  nobody: "Nobody matches.",
  more: (many: number) => `Show ${number(many)} more`,
  inOverage: (credits: string) => `${credits} beyond the tier, charged`,
  atLimit: "all used, overage is off",
  mostIsUsed: "most of it used already",
  ranOut: (day: string) => `would have run out ${day}`,
  runsOut: (day: string) => `runs out ${day}`,
  twice: "Possible duplicates",
  profiles: (names: string) => `under the profiles ${names}, by the reports`,
  accounts: (names: string) => `in the accounts ${names}, by the bill`,
  nobodyTwice: "Nobody is, by the reports and the bill.",
};
