import { count } from "../../format/amounts";
import { moment } from "../../format/moments";
import type { Messages } from "../en";

export const sidebar: Messages["sidebar"] = {
  views: "Ansichten",
  accounts: "Konten",
  states: { good: "im Rahmen", warn: "endet zu früh", bad: "aufgebraucht oder gesperrt", unknown: "nicht bekannt" },
  find: "Suchen",
};

export const failure: Messages["failure"] = {
  title: "Headroom kann seine Daten nicht lesen",
  about: "Nichts wurde geändert. Was Kiro auf diesem Rechner aufbewahrt, ist unberührt und kann neu importiert werden.",
  again: "Noch einmal versuchen",
  pageEnded: "Die Seite des Fensters beendet sich immer wieder",
  noAnswer: "Headroom antwortet nicht",
  restore: "Neueste Kopie wiederherstellen",
  restored: (restored) => {
    const records = count(restored.came_back, "neuerer Eintrag", "neuere Einträge");
    const copy = restored.copied_at
      ? `Die Kopie von ${moment(restored.copied_at)} ist an ihrem Platz.`
      : "Eine neue Datei ist an ihrem Platz.";
    return `${copy} Aus der beschädigten Datei zurückgekommen: ${records}.`;
  },
  restoredTitle: "Ihre Daten sind wiederhergestellt",
  damagedFiles: (folder) => `Die beschädigten Dateien liegen in ${folder}.`,
  goOn: "Meine Credits zeigen",
  safeMode: "Gezeigt wird nur, was noch lesbar ist",
  restoreReadable: "Mit dem Lesbaren weitermachen",
  cases: {
    "data-busy": "Headrooms Daten werden gerade benutzt",
    "data-full": "Der Datenträger ist voll",
    "data-no-right": "Headroom darf seine Daten nicht lesen",
    "data-newer": "Ihre Daten sind von einem neueren Headroom",
    "data-foreign": "Wo Headroom seine Daten aufbewahrt, liegt etwas anderes",
    "data-behind": "Ihre Aufzeichnungen fehlen",
    "data-damaged": "Headrooms Daten sind beschädigt",
  },
  restoring: {
    "data-behind":
      "Die Datendatei ist weg oder leer, aber es gibt Kopien davon. Das Wiederherstellen bringt die neueste zurück.",
    "data-damaged":
      "Nichts wurde geändert. Das Wiederherstellen nimmt die neueste gute Kopie und ergänzt, was sich in der beschädigten Datei noch lesen lässt; diese bleibt erhalten.",
  },
};

export const ofThePage: Messages["ofThePage"] = {
  "no-answer":
    "{seconds} Sekunden lang kam keine Antwort. Was gefragt wurde, kann trotzdem noch geschehen; versuchen Sie es noch einmal. Bleibt es so, schließen Sie Headroom und öffnen Sie es neu.",
  "page-ended":
    "Der Teil von Headroom, der das Fenster zeichnet, hat sich innerhalb einer Minute mehrmals beendet. Was erfasst ist, bleibt davon unberührt. Versuchen Sie es noch einmal; bleibt es so, schließen Sie Headroom und suchen Sie nach Aktualisierungen von WebKitGTK.",
  "window-failed": "Im Fenster ist etwas fehlgeschlagen ({reason}). Versuchen Sie es noch einmal.",
};

export const viewFailure: Messages["viewFailure"] = {
  title: "Diese Ansicht konnte nicht gezeigt werden",
  about: "Etwas darin ließ sich nicht zeichnen. Ihre Daten sind davon unberührt.",
  report: "Hilft ein neuer Versuch nicht, melden Sie es bitte dem Projekt mit dieser Zeile:",
  dialog: "Das ließ sich nicht öffnen.",
  unanswered: "Hier gibt es nichts zu zeigen",
};

export const notices: Messages["notices"] = {
  title: "Hinweise",
  doubled: (first, firstId, double, doubleId) =>
    `${first} (Nr. ${firstId}) und ${double} (Nr. ${doubleId}) sind dasselbe Konto.`,
  doubledAbout: "Beide haben dieselbe Anmeldung, deshalb steht ihre Nutzung in beiden. Entfernen Sie eines davon.",
  onlyThere: (name, id, tasks, recorded) => {
    const lost = [
      tasks > 0 && count(tasks, "Aufgabe", "Aufgaben"),
      recorded > 0 &&
        count(recorded, "Ihrer Angaben zu Tarif und Mehrverbrauch", "Ihrer Angaben zu Tarif und Mehrverbrauch"),
    ].filter(Boolean);
    return lost.length > 0
      ? `Nur ${name} (Nr. ${id}) hat ${lost.join(" und ")}: Das geht mit ihm verloren. Aufgaben, deren Sitzungsdateien noch da sind, lassen sich neu importieren.`
      : `${name} (Nr. ${id}) hat nichts, was das andere nicht hat: Es geht nichts verloren.`;
  },
  removeDouble: (name, id) => `${name} (Nr. ${id}) entfernen …`,
};

export const reports: Messages["reports"] = {
  title: "Problem melden",
  none: "Headroom hebt einen Bericht auf, wenn es selbst einen Fehler macht. Es gibt keinen.",
  about:
    "Diese Fehler hat Headroom selbst gemacht. Ein Bericht sagt, welche Version bei welcher Arbeit wo im Programm: keinen Namen, keinen Betrag, keinen Pfad von Ihnen. Von selbst wird nichts gesendet.",
  report: (number, at) => `Bericht ${number}, ${at}`,
  lies: "Die Datei:",
  copy: "Kopieren",
  copied: (number) => `Bericht ${number} ist kopiert.`,
  notCopied: "Er ließ sich nicht kopieren. Öffnen Sie den Bericht und markieren Sie den Text.",
  delete: "Löschen",
  deleted: (number) => `Bericht ${number} ist gelöscht.`,
  open: "Seite für Probleme öffnen",
  noTracker: "Geben Sie einen Bericht an den weiter, von dem Sie Headroom haben.",
};

export const shortcuts: Messages["shortcuts"] = {
  title: "Tastenkürzel",
  palette: "Befehlspalette",
  view: "Die Ansichten, nach ihrem Platz",
  refresh: "Aktualisieren",
  hide: "Beträge verbergen oder zeigen",
  picture: "Das Diagramm als Bild kopieren",
  zoom: "Größer, kleiner, normale Größe",
  help: "Diese Liste",
  close: "Einen Dialog schließen",
  charts: "In einem Diagramm: von Tag zu Tag; zum ersten und zum letzten",
  done: "Schließen",
};

export const alerts: Messages["alerts"] = {
  title: (account) => `Headroom: ${account}`,
  used: (percent, left, renews) => `${percent} des Tarifs sind verbraucht: ${left} Credits sind übrig bis ${renews}.`,
  usedUp: (renews) => `Die Credits des Tarifs sind aufgebraucht; sie erneuern sich am ${renews}.`,
  runOut: (at) => `Bei diesem Tempo ist es aufgebraucht am ${at}.`,
  little: (left, below) => `${left} sind übrig, weniger als ${below}.`,
  bonus: (left, at) => `${left} vom Bonus verfallen am ${at}.`,
  overage: (charge) => `Mehrverbrauch hat begonnen: bisher ${charge}.`,
  guard: (charge, guard) => `Mehrverbrauch ist bei ${charge}, über Ihrem Wächter von ${guard}.`,
};

export const tray: Messages["tray"] = {
  open: "Headroom öffnen",
  refresh: "Aktualisieren",
  quit: "Beenden",
  left: (name, left) => `${name}: ${left} übrig`,
  cost: (name, cost) => `${name}: ${cost} diesen Monat`,
  without: (name, about) => `${name}: ${about}`,
};
