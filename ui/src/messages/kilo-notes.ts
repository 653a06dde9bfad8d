// What is to be known about Kilo's seats, Pass and credits.

import type { ChargeNote } from "../ipc/bindings/ChargeNote";
import { exactMoney, money, number } from "../format/amounts";
import { fullDate } from "../format/moments";
import { t } from "./language.svelte";
import { fill } from "./phrases";

export type KiloNote = Extract<
  ChargeNote,
  {
    kind:
      | "seats-unknown"
      | "seats-changed"
      | "fewer-seats-next"
      | "no-subscription"
      | "payment-failing"
      | "seat-price-differs"
      | "seats-by-the-year"
      | "seats-by-the-month"
      | "cycle-ends-otherwise"
      | "pass-began"
      | "pass-since-unknown"
      | "pass-not-known"
      | "seat-plan-differs"
      | "pass-differs"
      | "earlier-purchases-unknown"
      | "later-purchases-unknown"
      | "credits-ended"
      | "balance-differs"
      | "purchases-unknown"
      | "purchase-not-offered";
  }
>;

/** In a sentence. */
export function kiloNote(note: KiloNote): string {
  const { note: words } = t().phrases;
  switch (note.kind) {
    case "seats-unknown":
      return words.seatsUnknown;
    case "seats-changed":
      return fill(words.seatsChanged, { from: number(note.from), to: number(note.to) });
    case "fewer-seats-next":
      return fill(words.fewerSeatsNext, { from: number(note.from), to: number(note.to) });
    case "no-subscription":
      return words.noSubscription;
    case "payment-failing":
      return words.paymentFailing;
    case "seat-price-differs":
      return fill(words.seatPriceDiffers, { told: money(note.told), stated: money(note.stated) });
    case "seats-by-the-year":
      return words.seatsByTheYear;
    case "seats-by-the-month":
      return words.seatsByTheMonth;
    case "cycle-ends-otherwise":
      return fill(words.cycleEndsOtherwise, { told: fullDate(note.told), stated: fullDate(note.stated) });
    case "pass-began":
      return fill(words.passBegan, { on: fullDate(note.on) });
    case "pass-since-unknown":
      return words.passSinceUnknown;
    case "pass-not-known":
      return words.passNotKnown;
    case "seat-plan-differs":
      return fill(words.seatPlanDiffers, { told: note.told, stated: note.stated });
    case "pass-differs":
      return fill(words.passDiffers, { tier: note.tier, listed: money(note.listed), told: exactMoney(note.told) });
    case "earlier-purchases-unknown":
      return words.earlierPurchasesUnknown;
    case "later-purchases-unknown":
      return fill(words.laterPurchasesUnknown, { since: fullDate(note.since) });
    case "credits-ended":
      return fill(words.creditsEnded, { gone: money(note.gone), on: fullDate(note.on), left: money(note.left) });
    case "balance-differs":
      return fill(words.balanceDiffers, { listed: money(note.listed), told: money(note.told) });
    case "purchases-unknown":
      return words.purchasesUnknown;
    case "purchase-not-offered":
      return fill(words.purchaseNotOffered, { amount: money(note.amount) });
  }
}
