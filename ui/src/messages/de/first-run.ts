import type { Messages } from "../en";
import { sessions } from "./counted";

export const firstRun: Messages["firstRun"] = {
  title: "Wie viel übrig ist und was als Nächstes abgebucht wird",
  about: (canAsk) =>
    `Sagen Sie Headroom, wofür Sie bezahlen, und es berechnet den Rest auf den Cent genau, auf diesem Rechner. Nichts wird verschickt${canAsk ? ", außer Sie lassen es den Anbieter fragen." : "."}`,
  whatFor: "Wofür Sie bezahlen",
  kinds: {
    person: { title: "Kiro, für mich", about: "Tarif, Credits, Mehrverbrauch" },
    organisation: { title: "Kiro, für eine Organisation", about: "Berichte und AWS-Rechnungen" },
    team: { title: "Kilo for Teams", about: "Guthaben, Plätze, Ausgaben" },
    personal: { title: "Kilo, für mich", about: "Guthaben, Käufe, Kilo Pass" },
  },
  found: "Auf diesem Rechner gefunden",
  askKilo: "Kilo nach meinen Konten dort fragen, mit der Anmeldung auf diesem Rechner",
  backTo: (account) => `Abbrechen, zurück zu ${account}`,
  yourAccount: "Ihr Kiro-Konto",
  fromKiro:
    "Tarif, Limit, Verbrauch und Erneuerung kommen von Kiro: Auszufüllen ist nichts. Was Kiro nicht sagt, wird dort gefragt, wo es zählt.",
  describe: "Oder geben Sie selbst an, wofür Sie bezahlen:",
  submit: "Meine Credits zeigen",
  readSessions: (files) => `Meine Nutzung aus ${sessions(files)} von Kiros Kommandozeile lesen`,
  readSessionsAbout: ": Zeit, Modell und Credits jeder Aufgabe; sonst wird nichts behalten.",
  noSessions:
    "Auf diesem Rechner wurden keine Sitzungen von Kiros Kommandozeile gefunden. Ein Ordner damit kann später importiert werden, in den Einstellungen.",
  readEstimates: (files) => `Schätzungen aus ${sessions(files)} von Kiros IDE lesen`,
  readEstimatesAbout: ": neben Ihrer Nutzung gezeigt, bei keiner Abbuchung mitgezählt.",
  askWithLogin: "Kiro nach meinem Verbrauch fragen, mit der Anmeldung auf diesem Rechner",
  askThroughCommand: "Kiro nach meinem Verbrauch fragen, über seine Kommandozeile",
  loginAbout: ": wird bei Gebrauch gelesen, nur an Kiro geschickt, nie behalten, geändert oder erneuert.",
  yourOrganisation: "Ihre Organisation",
  organisationAbout:
    "Ihre Zahlen kommen aus Dateien: den Nutzungsberichten, die Kiro jeden Tag schreibt, und den Kostenexporten von AWS. Sie werden auf diesem Rechner gelesen; alles, was davon behalten wird, steht in Headrooms eigener Datei.",
  yourKilo: "Ihr Kilo-Konto",
  kiloLogin: "Auf diesem Rechner ist eine Anmeldung bei Kilo.",
  kiloLoginAbout:
    ": wird bei Gebrauch gelesen, nur an Kilo geschickt, nie behalten, geändert oder erneuert. Kilo wird nach Ihrem eigenen Guthaben, Ihren Käufen und Kilo Pass gefragt und nach Ihren Teams mit deren Guthaben, Plätzen, Mitgliedern und Ausgaben.",
  connect: "Mit Kilo verbinden",
  noKiloLogin:
    "Auf diesem Rechner wurde keine Anmeldung bei Kilo gefunden. Melden Sie sich in Kilos Kommandozeile oder Editor an und kommen Sie wieder, fügen Sie einen Schlüssel ein, oder beginnen Sie mit der Nutzung, die Kilos Seite herunterladen lässt.",
};
