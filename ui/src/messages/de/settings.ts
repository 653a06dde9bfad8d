import type { Messages } from "../en";

export const settings: Messages["settings"] = {
  saveFacts: "Angaben speichern",
  organisationFacts: "Alles darüber kommt aus ihren Nutzungsberichten und Kostenexporten.",
  removeSample: "Beispiel entfernen",
  removeThis: "Dieses Konto entfernen",
  import: "Import",
  importGoesTo: (name) => `Es geht an ${name ?? "ein eigenes Konto"}, nie an das Beispiel.`,
  live: "Bei den Anbietern fragen",
  vendors: {
    kiro: {
      name: "Kiro",
      ask: "Kiro nach meinem Verbrauch fragen",
      login: [
        "Mit der Anmeldung in",
        ", alle fünf Minuten, solange dieses Fenster zu sehen ist. Sie wird bei Gebrauch gelesen und geht nur an Kiro; nie wird sie behalten, geändert oder erneuert.",
      ],
      none: "Auf diesem Rechner wurde keine Anmeldung bei Kiro gefunden. Melden Sie sich zuerst in Kiros IDE oder Kommandozeile an.",
    },
    kilo: {
      name: "Kilo",
      ask: "Kilo nach Guthaben und Verbrauch fragen",
      login: ["Mit der Anmeldung in", ", die nur an Kilo geht."],
      none: "Auf diesem Rechner wurde keine Anmeldung bei Kilo gefunden: Melden Sie sich in Kilos Kommandozeile oder Editor an, oder fügen Sie einen Schlüssel ein.",
    },
  },
  kiroCommand: ["Über", ", das eine eigene Anmeldung hat."],
  pauseOnBattery: "Im Akkubetrieb niemanden von selbst fragen",
  about: "Über Headroom",
  computesBy: (version) => `Headroom ${version}. Es rechnet nach diesen Preislisten:`,
  catalog: (serial, day, imported) =>
    `Preislisten Nummer ${serial} vom ${day}, ${imported ? "importiert" : "die dieser Version"}.`,
  checked: (date) => `Geprüft am ${date} anhand von:`,
  updated: (date) => `, Stand ${date}`,
  notEndorsed: "Headroom ist nicht von den Anbietern gemacht oder empfohlen, für die es rechnet.",
  alerts: {
    title: "Mitteilungen",
    about: "Jede einmal je Zeitraum, ohne Ton.",
    kinds: {
      used: "Wenn 50, 80, 95 und 100 % des Tarifs verbraucht sind",
      run_out:
        "Wenn die Credits bei diesem Tempo vor der Erneuerung enden, oder das Guthaben eines Teams binnen drei Tagen",
      bonus: "Wenn Bonus-Credits binnen drei Tagen verfallen",
      overage: "Wenn Mehrverbrauch begonnen hat",
    },
    guard: "Ausgabenwächter, Dollar",
    noGuard: "keiner",
    guardAbout: "Meldet sich, wenn der Mehrverbrauch eines Monats das erreicht.",
  },
  look: {
    title: "Aussehen",
    colours: "Farben",
    themes: { system: "Wie das System", light: "Hell", dark: "Dunkel" },
    density: "Dichte",
    densities: { comfortable: "Bequem", compact: "Eng" },
    language: "Sprache",
    systemLanguage: "Wie das System",
    numbers: "Zahlen",
    numbersOfLanguage: "Wie die Sprache",
    hide: "Beträge verbergen, um den Bildschirm zu zeigen",
    closeToTray: "Schließen lässt Headroom in der Leiste",
    noTray: "Dieser Desktop hat keine Leiste für Programmsymbole.",
    autostart: "Mit der Sitzung starten",
  },
  data: {
    title: "Daten",
    where: "Alles, was Headroom weiß, ist in einer Datei auf diesem Rechner, nur für Sie lesbar:",
    showFolder: "Ordner zeigen",
    backUp: "Kopie speichern …",
    exportAll: "Alles als Text exportieren …",
    openSample: "Beispielkonto öffnen",
    about: "Mit headroom restore --from kommt eine Kopie zurück. Der Text hat jeden Eintrag als eine Zeile JSON.",
    deleteAll: "Alles löschen …",
    keepSessionNames: "Ordner und Titel von Sitzungen behalten",
    keepSessionNamesAbout:
      "Um zu sagen, wohin Credits gingen. Ein Titel kann sein, was Sie gefragt haben; beides bleibt auf diesem Rechner, steht in keinem Export und ist weg, wenn es ausgeschaltet wird. Nach dem Einschalten die Sitzungen noch einmal importieren.",
  },
};
