import { count } from "../../format/amounts";
import type { Messages } from "../en";
import { ended } from "./counted";

export const plans: Messages["plans"] = {
  unsettled: "Tarife lassen sich noch nicht vergleichen",
  statePlan: "Tarif angeben",
  question: "Welche Möglichkeit möchten Sie ansehen?",
  options: "Ihre Möglichkeiten",
  table: "Tabelle der Möglichkeiten",
  option: "Möglichkeit",
  today: "Heute",
  totalBy: (day) => `Gesamt bis ${day}`,
  coversYou: "Reicht das?",
  yours: "Ihr Tarif",
  settled: "schon vorgemerkt",
  cheapest: "günstigster, der reicht",
  choice: {
    withOverage: (plan) => `${plan}, Mehrverbrauch an`,
    withoutOverage: (plan) => `${plan}, Mehrverbrauch aus`,
    withPacks: (plan) => `${plan}, mit Paketen`,
    withoutPacks: (plan) => `${plan}, ohne Pakete`,
    from: (day) => `ab ${day}`,
    aMonth: (cost) => `${cost} im Monat`,
  },
  covers: {
    noLimit: "ja, ohne Limit",
    left: (credits, day) => `ja, ${credits} übrig am ${day}`,
    spare: (credits) => `ja, ${credits} im Monat übrig`,
    overage: (credits, monthly) => `ja, ${credits} Credits extra${monthly ? " im Monat" : ""}`,
    packs: (credits, monthly) => `ja, Pakete für ${credits} Credits${monthly ? " im Monat" : ""}`,
    pauses: (day) => `nein: pausiert am ${day}`,
    tooSmall: (credits, from) => `nein: ${credits} Credits ${from === null ? "im Monat" : `ab ${from}`}`,
  },
  used: (used) => (used === null ? "Noch keine Nutzung" : `Bisher ${used} Credits verbraucht`),
  breakEvenChart: "Ein Monat auf jedem Tarif",
  breakEvenChartAbout: (price) =>
    `Kosten nach verbrauchten Credits, ohne Steuer: der Preis des Tarifs und ${price} für jeden Credit darüber hinaus.`,
  breakEvenChartWithPacks: (price, smallest, credits) =>
    `Kosten nach verbrauchten Credits, ohne Steuer: der Preis des Tarifs und Pakete zu ${price} je Credit für das, was darüber hinausgeht. Das kleinste kostet ${smallest} und hat ${credits} Credits.`,
  breakEvenHere: (credits) => `Bei diesem Tempo: ${credits}`,
  breakEvenAt: (credits) => `Bei ${credits} Credits`,
  models: "Was Modelle kosten",
  modelsAbout: (at) => `Das Vielfache der Credits, die dieselbe Aufgabe mit Auto kostet. Laut Kiro, ${at}.`,
  modelsNotAsked:
    "Das Vielfache der Credits, die dieselbe Aufgabe mit Auto kostet, laut Preisliste: Kiro wurde noch nicht gefragt.",
  modelsListed: (many) => `${count(many, "Modell", "Modelle")} laut Preisliste`,
  notSaid: "nicht bekannt",
  replay: "Vergangene Monate auf jedem Tarif",
  replayCheapest: (plan, months) => `${plan} wäre über ${count(months, "Monat", "Monate")} am günstigsten gewesen.`,
  replayAbout: "Jeden Monat der volle Preis, und Mehrverbrauch für das, was die Credits des Tarifs nicht decken.",
  replayWithPacks: (price) =>
    `Jeder Monat nach seiner eigenen Preisliste, zum vollen Preis. Credits über den Tarif hinaus kosten je ${price}, als Mehrverbrauch oder in Paketen; dass das kleinste Paket mehr hat, bleibt außer Acht.`,
  notSold: "nicht angeboten",
  recordedHere: (percent) => `laut Kiro; ${percent} davon auf diesem Rechner`,
  together: "Zusammen",
  replayTable: "Tabelle vergangener Monate",
  monthColumn: "Monat",
  ownLimit: (credits) =>
    `Monate mit Ihrem Tarif werden mit den ${credits} verglichen, die er in diesem Konto hat, mit den anderen Tarifen laut Preisliste.`,
  ownUnlimited:
    "Monate mit Ihrem Tarif werden ohne Limit verglichen, wie Kiro sagt, mit den anderen Tarifen laut Preisliste.",
  tax: (named) =>
    named === null ? "Preise ohne Steuer." : `Preise ohne Steuer. Zu jeder Abbuchung kommt hinzu: ${named}.`,
};

export const receipt: Messages["receipt"] = {
  stay: (plan) => `Bei ${plan} bleiben`,
  stayWithOverage: (plan) => `Bei ${plan} bleiben, Mehrverbrauch erlauben`,
  stayWithoutOverage: (plan) => `Bei ${plan} bleiben, Mehrverbrauch stoppen`,
  fromTo: (from, to) => `${from} zu ${to}`,
  asOf: (name, sample, moment) => `${name}${sample ? " (erfunden)" : ""}, Stand ${moment}`,
  chargeToday: "Abbuchung heute",
  range: "Kiros Seiten zählen den begonnenen Tag auf beide Arten.",
  rangeWithCredit:
    "Kiro zieht von einer ersten Zahlung vielleicht etwas ab, und seine Seiten zählen den begonnenen Tag auf beide Arten.",
  waitSaves: (saves, day) => `Bis ${day} zu warten spart ${saves}.`,
  untilNext: (to, from, now, then, day) =>
    `${to} jetzt kommt mit der Abbuchung des nächsten Monats auf ${now}; am ${day} genommen sind es ${then}. Bis dahin bleibt es bei ${from}.`,
  waitCosts: (costs, day) =>
    `Bis ${day} zu warten kostet ${costs} mehr, die Abbuchung des nächsten Monats eingerechnet.`,
  waitPauses: (day) => ended(`Bis dahin pausieren Anfragen ab ${day}`),
  waitUnknown: (now, then, day) =>
    `Ob sich Warten bis ${day} lohnt, ist nicht bekannt, weil es der Mehrverbrauch dieses Monats nicht ist: jetzt genommen ${now}, dann genommen ${then}.`,
  cancelled: "Der geplante Wechsel ist aufgehoben. Nichts wird abgebucht.",
  later: (plan, day) =>
    `Heute wird nichts abgebucht. ${plan} beginnt am ${day}; bis dahin bleibt alles, wie es ist, und von diesem Monat wird nichts erstattet.`,
  billOn: (day) => `Rechnung am ${day}`,
  more: (amount) => `${amount} mehr`,
  less: (amount) => `${amount} weniger`,
  creditsLeft: "Übrige Credits des Tarifs",
  avoided: "Mehrverbrauch, der wegfällt",
  breakEven: (plan, credits, soFar, pace) =>
    `${plan} lohnt sich ab ${credits} zusätzlichen Credits im Monat${soFar === null ? "" : `; bisher sind es ${soFar}${pace === null ? "" : `, es geht auf ${pace} zu`}`}.`,
  waiting: {
    same: (_total, day) => ended(`Warten kostet nichts: Die Abbuchung bleibt gleich bis ${day}`),
    lower: (total, day) => ended(`Die Abbuchung sinkt mit jedem Tag: ${total} am ${day}`),
    higher: (total, day) => ended(`Warten kostet mehr: ${total} am ${day}`),
  },
  openKiro: "Kiros Kontoseite öffnen",
  allowOverage: "Mehrverbrauch erlauben …",
  stopOverage: "Mehrverbrauch stoppen …",
  turnOnToo: "Schalten Sie dort auch den Mehrverbrauch an.",
  turnOffToo: "Schalten Sie dort auch den Mehrverbrauch aus.",
  changedThere: "Ich habe dort gewechselt",
  neverBuys: "Headroom kauft nie.",
  shouldAsk: (total) => `Jene Seite sollte ${total} verlangen.`,
  record: (plan) => `Wechsel zu ${plan} erfassen?`,
  recordConfirm: (plan) => `${plan} erfassen`,
  recordConsequence: (charge) =>
    `Von jetzt an rechnet Headroom damit${charge === null ? "" : ` und nimmt ${charge} als heute abgebucht an`}. Kiro erfährt nichts davon.`,
};
