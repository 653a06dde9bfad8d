import { number } from "../../format/amounts";
import type { Messages } from "../en";

export const time: Messages["time"] = {
  days: (days) => `${days} Tagen`,
  hours: (hours) => `${hours} Stunden`,
  anHour: "einer Stunde",
  lessThanAnHour: "weniger als einer Stunde",
  justNow: "gerade eben",
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
  settings: "Einstellungen",
  accounts: "Alle Konten",
};

export const kinds: Messages["kinds"] = {
  person: "Kiro",
  organisation: "Kiro, Organisation",
  team: "Kilo for Teams",
  personal: "Kilo",
};

export const common: Messages["common"] = {
  loading: "Wird geladen …",
  takesLonger: (view) => `Das dauert länger als sonst. Headroom liest noch, was es für „${view}“ erfasst hat.`,
  cancel: "Abbrechen",
  dismiss: "Schließen",
  undo: "Rückgängig",
  tax: "Steuer",
  showAll: (many) => `Alle ${number(many)} zeigen`,
  showFewer: "Weniger zeigen",
  chart: "Als Diagramm zeigen",
  copyPicture: "Bild kopieren",
  copyPictureOf: (title) => `Bild kopieren: ${title}`,
  pictureCopied: "Das Bild ist kopiert.",
  pictureNotCopied: "Das Bild konnte nicht kopiert werden.",
  saveCsv: "Als CSV speichern …",
  saveCsvOf: (title) => `Als CSV speichern … ${title}`,
  note: "Hinweis",
  inPart: "mindestens: ein Teil ist nicht bekannt",
  table: "Als Tabelle zeigen",
  day: "Tag",
  savedAs: (path) => `Gespeichert als ${path}.`,
  asOf: (moment) => `Stand ${moment}.`,
  credits: (credits) => `${credits} ${credits === "1" ? "Credit" : "Credits"}`,
};

export const live: Messages["live"] = {
  askingKiro: "Kiro wird gefragt …",
  askingKilo: "Kilo wird gefragt …",
  againIn: (seconds) => `Aktualisieren in ${seconds} s`,
  refreshed: (figure) => `Aktualisiert: ${figure}.`,
  notRefreshed: (ago) => `Aktualisieren ${ago} fehlgeschlagen.`,
  shownFrom: (ago) => `Der Stand von ${ago} wird weiter gezeigt.`,
  quotedByKilo: (ago) => `Von Kilo, ${ago}`,
  notFollowed: (at) =>
    `Kiro antwortete ${at}, vor dem angegebenen Beginn dieses Kontos; die Zahlen werden nicht übernommen.`,
  otherMonth: (at) => `Was Kiro am ${at} sagte, gilt für einen anderen Monat: Diese Zahlen sind berechnet.`,
};

export const sample: Messages["sample"] = {
  title: "Beispielkonto",
  madeUp: "Alle Zahlen hier sind erfunden.",
  looking: "Nur umsehen?",
  open: "Ein Beispiel öffnen",
  ofWhom:
    "Erfundene Monate einer Person, einer Organisation oder eines Teams: als solche gekennzeichnet und jederzeit zu entfernen.",
};

export const dates: Messages["dates"] = {
  form: "TT.MM.JJJJ",
  choose: "Tag auswählen",
  monthBefore: "Voriger Monat",
  monthAfter: "Nächster Monat",
  missing: "Geben Sie einen Tag an.",
  wrong: (example) => `Geben Sie einen Tag wie ${example} an.`,
  tooEarly: (first) => `Nicht vor dem ${first}.`,
  tooLate: (last) => `Nicht nach dem ${last}.`,
};
