import type { Detail } from "../../ipc/bindings/Detail";

/** What was recorded, and how it is taken back. */
export const history = {
  about: "What you told Headroom about this account, newest first. What is undone can be restored.",
  nothing: "There is nothing to undo yet.",
  takenBack: "undone",
  again: "Restore",
  stays: "Without it there would be nothing to compute.",
  details: (changes: string[]) => (changes.length > 0 ? `Details: ${changes.join("; ")}` : "Details, unchanged"),
  changed: (detail: string, to: string | null) => (to === null ? `no ${detail} any more` : `${detail} ${to}`),
  detail: {
    plan: "plan",
    "first-paid": "first paid day",
    "sign-up": "sign-up day",
    country: "country",
    "price-list": "prices",
    "plan-since": "on this plan since",
    "first-payment-credit": "taken off the first payment",
    "own-limit": "own limit",
    tax: "tax in percent",
  } satisfies Record<Detail, string>,
  planChange: (plan: string) => `Plan changed to ${plan}`,
  overageSwitch: (on: boolean): string => (on ? "Overage turned on" : "Overage turned off"),
  pack: (amount: string | null) => (amount === null ? "Pack bought" : `Pack bought for ${amount}`),
  grant: (name: string, credits: string) => `Grant ${name}: ${credits} credits`,
  unreadable: "An entry that can't be read any more",
  removed: (name: string) => `${name} was removed`,
  until: (moment: string) => `It can be brought back until ${moment}.`,
  bringBack: "Bring back",
};
