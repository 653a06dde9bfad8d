import { count, number } from "../../format/amounts";
import type { Messages } from "../en";
import { tasks, rows, onOff } from "./counted";

export const cards: Messages["cards"] = {
  noLimit: "kein Limit, laut Kiro",
  creditsUntil: (day) => `Credits übrig bis ${day}`,
  balanceUntil: (day) => `übrig, bei diesem Tempo bis ${day}`,
  suspended: "gesperrt, bis gezahlt ist",
  toTell: "noch nicht eingerichtet",
  failed: "nicht darstellbar",
};

export const overview: Messages["overview"] = {
  comparePlans: "Tarife vergleichen",
  nextPlan: (plan, day) => `${plan} ab ${day}`,
  planDiffers: (quoted, plan) =>
    `Kiro sagt, dieses Konto sei auf ${quoted}; nach seinen Angaben ist es ${plan}. Abbuchungen werden aus den Angaben berechnet: Berichtigen Sie sie in den Einstellungen.`,
  planChanged: (before, until, after, since) =>
    `Kiro nennt einen anderen Tarif als zuvor: ${before} mindestens bis ${until}, ${after} spätestens seit ${since}. Das allein ändert keine Abbuchung.`,
  goneBefore: (credits, moment) => `Davon verfallen ${credits} am ${moment}.`,
  whilePaused: (many) =>
    `${count(many, "Aufgabe lief", "Aufgaben liefen")}, obwohl Anfragen laut Ihren Angaben pausierten. Mitgezählt wird das nicht: Prüfen Sie Tarif und Mehrverbrauch.`,
  beforeSignUp: (many) =>
    `${count(many, "Aufgabe lief", "Aufgaben liefen")} vor dem Tag der Registrierung und fehlen hier: Prüfen Sie diesen Tag in den Einstellungen.`,
  yourCredits: "Ihre Credits",
  creditsAMonth: "Credits im Monat",
  creditsLeft: "Credits übrig",
  creditsUsed: "Credits verbraucht",
  atMost: "höchstens",
  atLeast: "mindestens",
  atMostFigure: (credits) => `höchstens ${credits}`,
  showLeft: "Zeigen, was übrig ist",
  showUsed: "Zeigen, was verbraucht ist",
  renews: (moment, time) => `Erneuert sich am ${moment}, in ${time}`,
  planUsedUp: (extra) => `Tarif aufgebraucht + ${extra} zusätzlich`,
  aMonth: (allowance) => `${allowance} im Monat`,
  leftOf: (left, allowance) => `${left} von ${allowance} übrig`,
  overageSoFar: (credits, charge) =>
    charge === null
      ? `bisher ${credits} Credits, ihr Preis ist nicht in Dollar bekannt`
      : `${credits} Credits, bisher ${charge}`,
  overageByPrice: (price, difference) => `nach der Preisliste ${price}, Unterschied ${difference}`,
  overageCap: (cap, most, left) => `höchstens ${cap}${most === null ? "" : ` (${most})`}, davon ${left} übrig`,
  overageCapReached: (cap, most) => `die Obergrenze von ${cap}${most === null ? "" : ` (${most})`} ist erreicht`,
  pool: { plan: "Tarif", trial: "Probe, zuerst verbraucht", bonus: "Gutschrift", pack: "Paket" },
  poolLeft: (left, allowance) =>
    allowance === null
      ? "wie viel übrig ist, ist nicht bekannt"
      : left === null
        ? `von ${allowance}`
        : `${left} von ${allowance} übrig`,
  poolUsedUp: (allowance) => (allowance === null ? "aufgebraucht" : `alle ${allowance} verbraucht`),
  poolEnded: "abgelaufen",
  poolUntil: (day) => `bis ${day}`,
  poolFrom: { stated: "wie angegeben", kiro: "laut Kiro" },
  shared: "Mit anderen geteilt",
  sharedUsed: (used, allowance) =>
    `${used}${allowance === null ? "" : ` von ${allowance}`} verbraucht, nicht in dem, was übrig ist`,
  noLimitUsed: (used) => `${used} verbraucht, kein Limit`,
  putAway: "Nicht mehr zeigen",
  beyond: "Über den Tarif hinaus, nicht berechnet",
  unknownThatDay: (many) => `${tasks(many)} mit unbekannten Kosten`,
  recentDays: "Letzte Tage",
  daysFromKiro:
    "Keine Ihrer Aufgaben ist auf diesem Rechner gespeichert, aber Kiros eigene Zählung zeigt, was an jedem Tag verbraucht wurde.",
  showUsage: "Die Tage zeigen",
  nextCharge: "Nächste Abbuchung",
  yourTime: (utc) => `Ortszeit (${utc})`,
  withoutOverage: "ohne jeden Mehrverbrauch",
  ifNothingMore: "wenn nichts mehr verbraucht wird",
  costsNothing: (plan) => `Nichts: ${plan} kostet nichts.`,
};

export const overage: Messages["overage"] = {
  unlimited: "unbegrenzt vielen",
  title: "Mehrverbrauch",
  stop: (allowance) => `Bei ${allowance} Credits stoppen`,
  allow: (price) => `Mehrverbrauch für ${price} je Credit erlauben`,
  packs: (allowance, price, credits) =>
    `Über ${allowance} Credits hinaus kaufen Sie Pakete im Voraus, ab ${price} für ${credits} Credits. Mehrverbrauch berechnet Kiro nicht.`,
  packLasts: (from, price, until) =>
    `${from === null ? "Ihre Credits sind aufgebraucht" : `Bei diesem Tempo enden Ihre Credits am ${from}`}: Ein Paket für ${price} reicht dann ${until === null ? "bis zur Erneuerung" : `bis ${until}`}.`,
  packsToTheEnd: (credits, price) =>
    `Bis zur Erneuerung fehlen ${credits} Credits: Pakete für alle kosten ${price}, ohne Steuer.`,
  packsTitle: "Pakete",
  statePack: "Ich habe ein Paket gekauft",
  stillOn:
    "Kiro zeigt seinen Schalter für Mehrverbrauch noch als an. Seit Pakete an seine Stelle traten, verspricht das nichts.",
  unlisted: (plan) => `Ob ${plan} Mehrverbrauch oder Pakete hat, ist nicht bekannt.`,
  none: (plan, allowance) =>
    `${plan} hat keinen Mehrverbrauch: Anfragen pausieren${allowance === null ? ", sobald alle Credits verbraucht sind" : ` bei ${allowance} Credits`}.`,
  on: "An",
  off: "Aus",
  since: (moment) => ` seit ${moment}`,
  goesOn: (allowance, price) => `Über ${allowance} Credits hinaus geht es weiter, zu je ${price}.`,
  pauses: (allowance) =>
    `Anfragen pausieren${allowance === null ? ", sobald alle Credits verbraucht sind" : ` bei ${allowance} Credits`}.`,
  confirmed: (on, at) => `Kiro zeigt Mehrverbrauch als ${onOff(on)}, wie am ${at} verlangt.`,
  requested: (on, at) => `Kiro wurde am ${at} gebeten: Mehrverbrauch ${onOff(on)}. Noch nicht bestätigt.`,
  notConfirmed: (on) =>
    `Eine Minute danach zeigt Kiro Mehrverbrauch nicht als ${onOff(on)}. Sehen Sie auf seiner Kontoseite nach.`,
  goesOff: (day) => `Er endet mit dem Tarif am ${day}.`,
  noneNeeded: "Bei diesem Tempo ist diesen Monat keiner nötig.",
  atThisPace: (on, credits, charge) =>
    `Bei diesem Tempo ${on ? "sind es diesen Monat" : "wären es"} ${credits} Credits, ${charge}.`,
  question: (consequence) => `${consequence}?`,
  stopConsequence: "Von jetzt an pausieren Anfragen, wenn die Credits des Tarifs aufgebraucht sind.",
  staysOnBill: (credits, charge) =>
    `Die ${credits} zusätzlichen Credits dieses Monats bleiben auf der Rechnung${charge === null ? "" : `: ${charge}`}.`,
  allowConsequence: (allowance, price) =>
    `Jeder Credit über ${allowance} hinaus wird am Monatsende mit ${price} berechnet.`,
  paceConsequence: (charge) => `Bei diesem Tempo sind das ${charge} für diesen Monat.`,
  onlyRecorded:
    "Das ändert, womit Headroom rechnet. Bei Kiro schaltet es nichts um: Tun Sie das dort auf Ihrer Kontoseite.",
};

export const organisation: Messages["organisation"] = {
  inMonth: (month) => `im ${month}, ohne Steuer`,
  used: (subscriptions, credits, overage) =>
    `${count(subscriptions, "Abonnement", "Abonnements")}, ${credits === null ? "verbrauchte Credits nicht bekannt" : `${credits} Credits verbraucht`}${overage === null ? "." : `, davon ${overage} Mehrverbrauch.`}`,
  computedFrom: (many, last) =>
    `Von Headroom berechnet aus ${rows(many)} der Nutzungsberichte${last ? `, bis ${last}` : ""}.`,
  notKnown: "Was dieser Monat kostet, ist nicht bekannt.",
  noReports: "Noch ist kein Nutzungsbericht importiert.",
  noReportsAbout:
    "Kiro schreibt jeden Tag einen in den Speicher, den seine Konsole nennt: Importieren Sie diesen Ordner oder eine Kopie davon. Rechnungen kommen aus den Kostenexporten von AWS.",
  noReportsIn: (month) => `Vom ${month} ist kein Nutzungsbericht importiert.`,
  byTheEnd: (month) => `Bis Ende ${month}`,
  between: (low, high) => `${low} bei ruhigen Tagen, ${high} bei vollen`,
  monthBefore: (month) => `${month}, von Headroom berechnet`,
  billedFor: (month) => `${month}, von AWS berechnet`,
  byTier: "Nach Stufe",
  byProfile: "Nach Profil",
  profile: "Profil",
  billed: "Von AWS berechnet",
  billOf: (month, users) => `für ${month}, vor Steuer, ${count(users, "Person", "Personen")}`,
  parts: {
    subscriptions: "Abonnements",
    credits: "Credits des Mehrverbrauchs",
    discounts: "Gutschriften und Rabatte",
    other: "Anderes",
    rounding: "Rundung",
  },
  noBill: "Noch ist kein Kostenexport importiert.",
};

export const teamOverview: Messages["teamOverview"] = {
  balance: "Guthaben",
  ofCredits: "Guthaben übrig",
  spentADay: (days) => `Durchschnitt am Tag (${count(days, "Tag", "Tage")})`,
  topUp: "Kleinster Kauf, der 30 Tage länger reicht",
  gift: "Geschenk, das verfällt, zuerst ausgegeben",
  purchase: "Kauf, der verfällt, zuerst ausgegeben",
  giftNext: "Geschenk, das verfällt, danach ausgegeben",
  purchaseNext: "Kauf, der verfällt, danach ausgegeben",
  until: (amount, day) => `${amount} bis ${day}`,
  autoTopUp: "Automatisches Aufladen",
  dollarsADay: "Dollar je Tag, UTC",
  dollarsByDay: "Dollar nach Tagen",
  lastSpending: (day) => `Die letzten Ausgaben sind vom ${day}.`,
  noSpending: "Noch sind keine Ausgaben bekannt",
  forSeats: "für Plätze",
  forSeatsAndPass: "für Plätze und Kilo Pass",
  topUpBy: (amount, threshold, stated) =>
    `${amount}, sobald weniger als ${threshold} übrig ist${stated ? ", wie angegeben" : ""}`,
  topUpUnknown: "an; um wie viel, ist nicht bekannt",
  topsUp: "Lädt bei diesem Tempo auf",
  topsUpBy: (amount, day) => `${amount} am ${day}`,
  topsUpMore: (many, day) => (many === 0 ? `keine weitere bis ${day}` : `${number(many)} weitere bis ${day}`),
  topsUpCharges: (amount, taxed) => `zusammen ${amount}, mit Gebühr ${taxed ? "und Steuer" : "und vor Steuer"}`,
  pass: "Kilo Pass",
  passes: (many, price, name) =>
    `${many === null ? "" : `${count(many, "Pass", "Pässe")}, `}${name}, je ${price} im Monat`,
  passStated: "Wie angegeben.",
  passEnds: "Endet mit dem Zeitraum.",
  passPaid: (day) => `Bezahlt bis ${day}.`,
  passBonus: "Bonus dieses Monats",
  passUnlocked: (unlocked, bonus, day) => `${unlocked} von ${bonus} sind da, bis ${day}`,
  passSpent: "Dafür ausgegeben",
  passTarget: (spent, target) => `${spent} von ${target}`,
  spentThisMonth: (amount, machine) =>
    `${amount === null ? "Was diesen Monat ausgegeben wurde, ist nicht bekannt" : `Diesen Monat wurden ${amount} ausgegeben`}${machine === null ? "" : `; die Anfragen dieses Rechners kommen auf ${machine}`}.`,
};
