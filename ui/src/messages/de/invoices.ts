import type { Messages } from "../en";

export const lines: Messages["lines"] = {
  between: (low, high) => `${low} bis ${high}`,
  fullMonth: "Ein voller Monat",
};

export const invoices: Messages["invoices"] = {
  list: "Zeiträume",
  running: "Läuft noch",
  upcoming: "Als Nächstes",
  upcomingNote: (moment, utc) => `${moment} Ortszeit (${utc}), wenn nichts mehr geschieht`,
  charged: (moment) => `Abgebucht am ${moment}`,
  toBeCharged: (moment) => `Wird abgebucht am ${moment}`,
  savePdf: (period) => `${period} als PDF speichern`,
  saveCsv: "CSV",
  saveJson: "JSON",
  savePeriod: "Diesen Zeitraum speichern",
  allCsv: "Alle als CSV speichern",
  withNames: "Namen in gespeicherte Dateien aufnehmen",
  empty: "Noch ist keine Abbuchung bekannt",
  emptyOf: {
    person: null,
    team: "Headroom muss wissen, wann das Team begann und was ein Platz kostet: Einstellungen.",
    personal: "Käufe kommen von Kilo, wenn Sie aktualisieren.",
    organisation: "Importieren Sie die Nutzungsberichte der Organisation oder ihre AWS-Rechnungen: Einstellungen.",
  },
  quoted: "Neben den Zahlen des Anbieters",
  notesHeading: "Zu diesen Zahlen",
  footer:
    "Das sind nicht die Rechnungen des Anbieters: Was Headroom berechnet, wird mit dessen Zahlen verglichen, wo er welche nennt.",
};
