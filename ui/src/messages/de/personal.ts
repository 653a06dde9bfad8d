import { number } from "../../format/amounts";
import type { Messages } from "../en";

export const personal: Messages["personal"] = {
  byPurchase: "Guthaben nach Käufen",
  byPurchaseAt: (moment) => `Guthaben nach Käufen: laut Kilo vom ${moment}.`,
  giftStays: "Geschenk, das bleibt",
  purchaseStays: "Kauf, der bleibt",
  nothingNext: "Nichts wird automatisch abgebucht.",
  topUpNext: (amount, threshold) =>
    `${amount ?? "Guthaben"} und die Servicegebühr darauf, sobald weniger als ${threshold ?? "ein bestimmter Betrag"} übrig ist.`,
  nothingForPass: "Nichts für Kilo Pass. Ob Guthaben automatisch aufgeladen wird, ist nicht bekannt.",
  amountUnknown: (day) => `Am ${day}; wie viel, ist nicht bekannt.`,
  forPass: "für Kilo Pass",
  passNotSaid: "Kilo hat noch nicht gesagt, ob Sie einen haben.",
  passIs: {
    none: "Sie haben keinen.",
    runs: "läuft.",
    ends: "endet mit dem, was bezahlt ist.",
    endsAt: (day) => `endet am ${day}.`,
    fails: "Eine Zahlung scheitert: Sehen Sie auf Kilos Seite nach.",
    paused: "ruht.",
    pausedUntil: (day) => `ruht bis ${day}.`,
    pending: "wartet auf die erste Zahlung.",
    over: "ist beendet.",
    unknown: (status) => `heißt bei Kilo „${status}“.`,
  },
  byTheYear: "Jährlich bezahlt.",
  spentOfBase: "Vom Guthaben dieses Monats verbraucht",
  bonusThere: (bonus) => `${bonus} sind da`,
  bonusAhead: (bonus, more) => `${bonus}, sobald ${more} mehr ausgegeben sind`,
  bonusUnknownAhead: (more) => `wie viel, ist nicht bekannt, sobald ${more} mehr ausgegeben sind`,
  monthEnds: "Der Guthabenmonat endet",
  monthIsOver: (day) => `Sein Monat endete am ${day}; was der nächste brachte, ist noch nicht bekannt.`,
  nextBonus: "Bonus des nächsten Monats",
  streak: "Monate in Folge",
  months: (months) => (months === 1 ? "1 Monat" : `${number(months)} Monate`),
  tierUnknown: "Die Preisliste hat diese Stufe nicht: Was sie kostet, ist nicht bekannt.",
  machineIncludes: (amount) =>
    amount === null
      ? "Worauf die Anfragen dieses Rechners diesen Monat kommen, ist nicht bekannt."
      : `Die Anfragen dieses Rechners kommen diesen Monat auf ${amount}; die eines Teams können darunter sein.`,
  facts: "Hier ist nichts einzutragen: Guthaben, Käufe und Kilo Pass kommen von Kilo.",
};
