/**
 * Under which words what can be done is found, beside its name: in both languages, whichever is spoken, since who types
 * doesn't always type in the window's. Words apart by spaces; the beginning of one is enough.
 */
import type { ActionName, SectionName } from "./en/palette";
import type { ViewName } from "./en/common";

export const ofViews: Record<ViewName, string> = {
  overview: "home start left remaining balance renew reset Übersicht Anfang Rest Guthaben Erneuerung",
  usage:
    "used spent history tasks models chart heatmap statistics Nutzung verbraucht Verlauf Aufgaben Modelle Statistik",
  plans:
    "price compare cost what-if simulate forecast suppose scenario pace future Tarife Preis vergleichen Kosten was-wäre-wenn Was wäre wenn Prognose Szenario Tempo Zukunft",
  invoices: "bill charge receipt tax statement paid Rechnungen Abrechnung Beleg Steuer bezahlt",
  team: "users people members seats licence risk Team Leute Mitglieder Plätze Lizenz",
  accounts: "all total sum compare alle Summe gesamt",
  settings: "preferences options configure config Einstellungen Optionen anpassen",
};

export const ofSections: Record<SectionName, string> = {
  account:
    "details facts plan country tax first paid day sign-up limit Angaben Tarif Land Steuer erster Zahltag Grenze",
  accounts: "rename hide show manage list Konten umbenennen ausblenden verwalten Liste",
  import:
    "import files folder reports sessions cur focus parquet einlesen importieren Dateien Ordner Berichte Sitzungen",
  live: "login sign in key token vendor kiro kilo ask online Anmeldung Schlüssel Anbieter fragen",
  alerts: "notifications alerts warn guard limit budget remind Mitteilungen Benachrichtigungen warnen Wächter Budget",
  look: "appearance theme colour language number format size tray startup Aussehen Farbe Sprache Zahlenformat Größe",
  data: "storage database file privacy titles folders Daten Datenbank Datei Datenschutz Ordner",
  history: "changes undo log recorded revert Änderungen rückgängig Verlauf zurücknehmen",
  reports: "problem bug crash error feedback support issue Fehler Absturz melden Unterstützung",
  about: "version licence price list sources Version Lizenz Preislisten Quellen",
  danger: "remove delete erase reset wipe entfernen löschen zurücksetzen",
};

export const ofActions: Record<ActionName, string> = {
  "all-accounts": "total sum together overview compare Summe gesamt zusammen alle",
  "import-files": "import upload open csv zip add read load einlesen importieren hochladen öffnen laden",
  "import-folders": "import directory reports sessions read load einlesen importieren Verzeichnis Berichte laden",
  "add-account":
    "new create connect another second account add Konto neu anlegen hinzufügen verbinden weiteres zweites",
  samples: "demo example try tour Beispiel Muster ausprobieren Vorführung",
  "remove-account": "remove delete erase forget entfernen löschen vergessen",
  "hide-account": "archive disable ausblenden archivieren",
  refresh: "refresh update aktualisieren reload sync fetch now neu laden abrufen synchronisieren",
  overage: "extra beyond limit pay-as-you-go switch pack Mehrverbrauch Grenze Schalter Paket zusätzlich",
  upgrade:
    "upgrade change plan downgrade cancel bigger smaller pro power free Tarif wechseln hochstufen kündigen größer kleiner",
  kiro: "website portal billing manage buy Webseite Konto verwalten kaufen",
  kilo: "website portal billing manage buy top up Webseite Konto verwalten kaufen aufladen",
  "month-before": "previous past last earlier back vorheriger letzter früher zurück",
  "month-after": "next later forward newer nächster später vor",
  pdf: "export print save document statement drucken exportieren Dokument Abrechnung",
  picture: "chart image screenshot png copy share Diagramm Bildschirmfoto teilen kopieren",
  csv: "export table spreadsheet excel save Tabelle exportieren",
  json: "export data machine save Daten exportieren",
  "export-all": "export text jsonl records dump everything exportieren Datensätze alles",
  "back-up": "backup copy save security Sicherung sichern Kopie Sicherungskopie Sicherheitskopie",
  folder: "open data files where Datenordner Dateien wo",
  undo: "revert take back rückgängig zurück",
  hide: "amounts privacy screen share present private Beträge verstecken verbergen Bildschirm teilen zeigen",
  light: "theme bright day mode colours Farben hell Tag Modus Thema",
  dark: "theme night mode colours Farben dunkel Nacht Modus Thema",
  system: "theme automatic colours Farben automatisch Thema",
  density: "compact comfortable spacing rows eng bequem Abstand Zeilen",
  language: "english german deutsch englisch sprache locale translation Übersetzung",
  "zoom-in": "bigger larger scale font size magnify größer vergrößern Schrift",
  "zoom-out": "smaller scale font size reduce kleiner verkleinern Schrift",
  "zoom-reset": "scale font size normal 100 actual Schrift normal Originalgröße",
  notifications: "alerts warn remind guard budget limit Benachrichtigungen warnen erinnern Wächter Budget Grenze",
  tray: "background close minimise systray hide Hintergrund schließen Infobereich",
  autostart: "autostart startup login boot launch begin Anmeldung hochfahren starten",
  battery: "power laptop saving Akku Strom sparen",
  "session-names": "titles folders projects where privacy Titel Ordner Projekte Datenschutz",
  scenario: "import json simulate file Datei simulieren",
  "delete-all": "delete wipe reset erase remove everything data löschen zurücksetzen entfernen alles Daten",
  shortcuts: "help keys hotkeys keyboard Hilfe Tasten Tastatur Kürzel",
  problem: "bug report feedback support crash error help Fehler melden Hilfe Unterstützung Absturz",
};
