import { number } from "../../format/amounts";
import type { Messages } from "../en";
import { ended } from "./counted";

export const time: Messages["time"] = {
  days: (days) => `${days} Tagen`,
  hours: (hours) => `${hours} Stunden`,
  anHour: "einer Stunde",
  lessThanAnHour: "weniger als einer Stunde",
  minutesAgo: (minutes) => `vor ${minutes} Min.`,
  hoursAgo: (hours) => `vor ${hours} Std.`,
  daysAgo: (days) => `vor ${days} Tagen`,
};

export const views: Messages["views"] = {
  overview: "Übersicht",
  usage: "Nutzung",
  plans: "Tarife",
  invoices: "Rechnungen",
  team: "Team",
  "what-if": "Was wäre, wenn",
  settings: "Einstellungen",
};

export const kinds: Messages["kinds"] = {
  person: "Kiro",
  organisation: "Kiro, Organisation",
  team: "Kilo for Teams",
};

export const common: Messages["common"] = {
  loading: "Wird geladen …",
  cancel: "Abbrechen",
  dismiss: "Schließen",
  undo: "Rückgängig",
  tax: "Steuer",
  showAll: (many) => `Alle ${number(many)} zeigen`,
  showFewer: "Weniger zeigen",
  chart: "Als Diagramm zeigen",
  table: "Als Tabelle zeigen",
  day: "Tag",
  savedAs: (path) => `Gespeichert als ${path}.`,
  asOf: (moment) => `Stand ${moment}.`,
  credits: (credits) => `${credits} Credits`,
};

export const unreadable: Messages["unreadable"] = (record, write) => {
  switch (record.kind) {
    case "bill":
      return record.months.length === 1
        ? `Die Rechnung für ${record.months.map(write.month).join()} ist nicht mehr lesbar: Importieren Sie sie noch einmal.`
        : `Eine Rechnung ist nicht mehr lesbar, auch nicht, für welchen dieser Monate sie ist: Importieren Sie alle davon noch einmal. ${record.months.map(write.month).join(", ")}.`;
    case "figures": {
      const vendor = { kiro: "Kiro", kilo: "Kilo" }[record.vendor];
      return `Was ${vendor} gemeldet hat (${write.moment(record.at)}), ist nicht mehr lesbar. Bis ${vendor} wieder gefragt wird, gelten ältere Zahlen.`;
    }
    case "models":
      return `Was Kiro zu seinen Modellen gemeldet hat (${write.moment(record.at)}), ist nicht mehr lesbar. Binnen eines Tages wird wieder gefragt.`;
    case "spending":
      return `Wessen Ausgaben Kilo gemeldet hat (${write.moment(record.at)}), ist nicht mehr lesbar: Aktualisieren Sie, um Kilo wieder zu fragen.`;
    case "what-if":
      return `Die gespeicherte Annahme „${record.name}“ ist nicht mehr lesbar: Speichern Sie sie unter demselben Namen neu, oder entfernen Sie sie.`;
    case "act": {
      const what = {
        details: "Die Angaben zum Konto",
        "plan-change": "Der Planwechsel",
        "overage-switch": "Das Umschalten des Mehrverbrauchs",
      }[record.act];
      const read = record.act === "details" ? "sind nicht mehr lesbar" : "ist nicht mehr lesbar";
      const helps =
        record.act === "plan-change"
          ? "Geben Sie den Plan noch einmal an"
          : "Setzen Sie eine Sicherung von vor dem Schaden an ihre Stelle";
      return `${what} vom ${write.day(record.on)} ${read}, und ohne das hat dieses Konto keine Zahlen: ${helps}.`;
    }
  }
};

export const live: Messages["live"] = {
  askingKiro: "Kiro wird gefragt …",
  askingKilo: "Kilo wird gefragt …",
  outdated: (since) => ended(`Veraltet · ${since}`),
  failed: (sentence, reason, vendor) => {
    switch (reason) {
      case "sign-in":
        return `Öffnen Sie ${vendor}, um sich neu anzumelden.`;
      case "offline":
        return `${vendor} ist nicht zu erreichen. Prüfen Sie die Verbindung.`;
      case "timed-out":
        return `${vendor} hat nicht rechtzeitig oder nur halb geantwortet.`;
      case "throttled":
        return `${vendor} bittet, mit der nächsten Frage zu warten.`;
      case "not-supported":
        return `Dieses Konto wird von anderen verwaltet; ${vendor} nennt dafür keine Zahlen.`;
      case "suspended":
        return `${vendor} hat dieses Konto gesperrt. Warum, kann der dortige Kundendienst sagen.`;
      case "server":
        return `Bei ${vendor} ist ein Fehler aufgetreten. Meist geht das vorüber; Headroom fragt später wieder.`;
      case "unreadable":
        return `${vendor} hat in einer Form geantwortet, die Headroom nicht kennt.`;
      case null:
        return sentence;
    }
  },
  quotedByKiro: (at) => `Laut Kiro, ${at}`,
  quotedByKilo: (at) => `Laut Kilo, ${at}`,
  bonusMixed: (at) =>
    `Was Kiro am ${at} sagte, enthält Bonus-Credits, die sich nicht trennen lassen: Diese Zahlen sind berechnet.`,
  otherMonth: (at) => `Was Kiro am ${at} sagte, gilt für einen anderen Monat: Diese Zahlen sind berechnet.`,
};

export const sample: Messages["sample"] = {
  title: "Beispielkonto",
  madeUp: "Jede Zahl hier ist erfunden: Es ist niemandes Rechnung.",
  about: "Erfundene Nutzung, mit den echten Regeln berechnet.",
};
