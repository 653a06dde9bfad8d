import { count, number } from "../../format/amounts";
import type { BillIssue } from "../../ipc/bindings/BillIssue";
import type { Messages } from "../en";
import { newDays, newTasks, rows, sessions, tasks, requests } from "./counted";

export const importing: Messages["import"] = {
  kinds: {
    "kiro-sessions": {
      title: "Sitzungen von Kiros Kommandozeile und IDE",
      about:
        "Zeit, Modell und Credits jeder Aufgabe. Nach dem ersten Import vom üblichen Ort kommen neue von selbst, solange Headroom läuft.",
    },
    "kiro-ide-sessions": {
      title: "Sitzungen in Kiros neuerer Form, als Schätzungen",
      about:
        "Neben Ihrer Nutzung gezeigt, bei keiner Abbuchung mitgezählt. Als Sitzungen importiert zählt, was Kiro gemessen hat.",
    },
    "kiro-activity": {
      title: "Nutzungsberichte",
      about: "CSV-Dateien, wie Kiro sie exportiert, eine Datei oder ein Ordner mit allen.",
    },
    "aws-cost": {
      title: "Kostenexporte von AWS",
      about:
        "CUR 2.0, der ältere Bericht oder FOCUS, als CSV oder Parquet, gepackt oder nicht. Eine spätere Ausgabe eines Monats ersetzt die frühere desselben Zahlers.",
    },
    "kilo-usage": {
      title: "Nutzungsexporte von Kilo",
      about: "Die CSV-Datei, die Kilos Nutzungsseite herunterladen lässt, nach Tagen oder Stunden.",
    },
    "kilo-database": {
      title: "Kilos Anfragen auf diesem Rechner",
      about:
        "kilo.db und kilo2.db des neueren Programms: die Kosten jeder Anfrage mit ihrem Modell, jede einmal gezählt.",
    },
    identities: {
      title: "Namen der Personen",
      about:
        "Eine CSV-Datei mit Kennungen, Namen, E-Mail-Adressen und Gruppen, wie Ihr Identity Center sie exportiert. Sie bleibt auf diesem Gerät und steht in keinem Export, außer Sie verlangen es.",
    },
  },
  sessionsIn: (files, folder) => `${sessions(files)} in ${folder}`,
  found: "Gefunden:",
  notFound: "Am üblichen Ort wurden keine gefunden.",
  folder: "Ordner wählen …",
  file: "Datei wählen …",
  running: (what, many, seconds) =>
    `Import: ${what}${many === null ? "" : `, ${rows(many)}`}${seconds > 0 ? `, ${seconds} s` : ""}`,
  stop: "Anhalten",
  stopAbout: "Wird es angehalten, bleibt nichts davon.",
  looking: "was darin steht",
  arrived: {
    title: "Dateien importieren",
    drop: "Legen Sie Dateien, Ordner oder ZIPs davon hier oder irgendwo auf dem Fenster ab: Jede wird an ihrem Inhalt erkannt.",
    files: "Dateien wählen …",
    folders: "Ordner wählen …",
    over: (files) => `Ablegen, um ${count(files, "Datei oder Ordner", "Dateien oder Ordner")} zu importieren`,
    before: "Das würde der Import bewirken. Noch ist nichts geschrieben.",
    is: {
      "kiro-sessions": "eine Sitzung von Kiros Kommandozeile",
      "kiro-ide-sessions": "eine Sitzung von Kiros IDE",
      "kiro-activity": "ein Nutzungsbericht",
      "aws-cost": "eine AWS-Rechnung",
      "kilo-usage": "ein Nutzungsexport von Kilo",
      "kilo-database": "eine Datenbank von Kilos Anfragen",
      identities: "eine Tabelle mit Namen von Personen",
    },
    asThat: (is, wanted) => `Das ist ${is}, nicht ${wanted}: So importieren?`,
    bringAsThat: "So importieren",
    choose: (month, payer) =>
      `Welche Ausgabe der Rechnung für ${month}${payer === null ? "" : `, Zahler ${payer},`} die spätere ist, geht aus den Dateien nicht hervor. Welche zählt?`,
    issue: (amount) => `${amount} aus`,
    all: "Alle importieren",
    busy: "Ein anderer Import läuft. Legen Sie es noch einmal ab, wenn er fertig ist.",
    done: "Fertig",
    nothing: "Nichts davon lässt sich importieren.",
    others: (files) => `${count(files, "Datei ist", "Dateien sind")} nichts, was importiert wird.`,
  },
};

export const imported: Messages["imported"] = {
  kinds: {
    "kiro-sessions": { read: tasks, added: newTasks },
    "kiro-ide-sessions": { read: tasks, added: newTasks },
    "kiro-activity": { read: rows, added: (many) => count(many, "neue Zeile", "neue Zeilen") },
    "aws-cost": { read: rows, added: (many) => count(many, "neuer Monat", "neue Monate") },
    "kilo-usage": { read: rows, added: newDays },
    "kilo-database": { read: requests, added: newDays },
    identities: {
      read: rows,
      added: (many) => count(many, "neue oder geänderte Person", "neue oder geänderte Personen"),
    },
  },
  sessionsRead: (files) => `${sessions(files)} gelesen`,
  filesRead: (files) => `${count(files, "Datei", "Dateien")} gelesen`,
  cameOf: (read, came) => `${read}: ${came}.`,
  nothingNew: "nichts Neues",
  noCost: (tasks) => `${count(tasks, "Aufgabe nennt", "Aufgaben nennen")} keine Kosten.`,
  unreadable: (rows) => `${count(rows, "unlesbare Zeile", "unlesbare Zeilen")} ausgelassen.`,
  leftOut: (files) => `${count(files, "Datei", "Dateien")} übersprungen.`,
  would: (added) => `Es kämen hinzu: ${added}`,
  inAll: (amount) => `zusammen ${amount}`,
  from: (read, files) => `aus ${read} in ${count(files, "Datei", "Dateien")}.`,
  known: (many) => `${count(many, "war", "waren")} schon bekannt.`,
  estimates: "Es sind Schätzungen; sie zählen bei keiner Abbuchung mit.",
  besides: (auxiliary) => `Neben den Aufgaben verbraucht, für das Kürzen von Gesprächen und Ähnliches: ${auxiliary}.`,
  least: (many) =>
    `Das ist das Mindeste: ${count(many, "Sitzung sagt", "Sitzungen sagen")} nicht alles, was verbraucht wurde.`,
  unmetered: (read) => `${read} ohne Kosten: nicht mitgezählt.`,
  undated: (many) =>
    `${count(many, "Aufgabe hat", "Aufgaben haben")} keine lesbare Zeit und ${many === 1 ? "fehlt" : "fehlen"} hier.`,
  replaced: (many) => `${count(many, "wurde", "wurden")} durch einen neueren Export ersetzt.`,
  bill: (news, write, dryRun) => {
    const replaced = dryRun ? "würde ersetzt" : "wurde ersetzt";
    const month = write.month(news.month);
    const paid = (payer: string | null) => (payer === null ? month : `${month}, Zahler ${payer},`);
    const issue = (of: BillIssue) => `${write.money(of.amount)} aus ${of.from ?? "dem Import einer älteren Version"}`;
    switch (news.kind) {
      case "new":
        return `Rechnung für ${paid(news.payer)} ${dryRun ? "käme hinzu" : "kam hinzu"}: ${write.money(news.amount)}.`;
      case "replaced":
        return news.unreadable
          ? `Rechnung für ${paid(news.payer)} die nicht mehr lesbar war, ${replaced}: jetzt ${write.money(news.amount)} (${news.from}).`
          : `Rechnung für ${paid(news.payer)} ${replaced}: bisher ${write.money(news.before)}, jetzt ${write.money(news.amount)} (${news.from}).`;
      case "older":
        return `Bei der Rechnung für ${paid(news.issue.payer)} gilt eine andere Ausgabe: ${issue(news.leads)}; nicht gezählt: ${issue(news.issue)}.`;
      case "decided":
        return `Welche Ausgabe der Rechnung für ${paid(news.payer)} gilt, ${dryRun ? "wäre" : "ist"} entschieden: ${write.money(news.amount)} aus ${news.from}; nicht gezählt: ${news.others.map(issue).join("; ")}.`;
      case "undecided":
        return `Bei der Rechnung für ${paid(news.payer)} sagt nichts, welche Ausgabe die spätere ist, deshalb zählt keine: ${news.issues.map(issue).join("; ")}.`;
      case "currency":
        return `Die Rechnung für ${month} enthält daneben ${news.amount} ${news.currency}: Das sind keine Dollar und zählt in keiner Summe.`;
      case "refused":
        return `Die Rechnung für ${month}${news.amount === null ? "" : ` über ${write.money(news.amount)}`} nennt keinen Zahler, und der Monat geht an ${news.payers.join(", ")}: ${dryRun ? "Sie würde nicht übernommen" : "Sie wurde nicht übernommen"}. Exportieren Sie sie mit der Spalte bill_payer_account_id.`;
    }
  },
  copies: (many) =>
    `${count(many, "Zeile steht", "Zeilen stehen")} mehrfach da und ${many === 1 ? "zählt" : "zählen"} einmal.`,
  copiedRequests: (many) =>
    `${count(many, "Anfrage ist eine Kopie aus einer anderen Datei und zählt", "Anfragen sind Kopien aus anderen Dateien und zählen")} nur einmal.`,
  bad: (many) =>
    `${count(many, "Zeile konnte", "Zeilen konnten")} nicht gelesen werden und ${many === 1 ? "zählt" : "zählen"} nicht mit:`,
  line: (line) => `Zeile ${line}`,
  skipped: (many) => `${count(many, "Datei wurde", "Dateien wurden")} übergangen:`,
  more: (many) => `und ${number(many)} weitere`,
};
