import { count, number } from "../../format/amounts";
import type { BillNews } from "../../ipc/bindings/BillNews";
import type { ImportKind } from "../../ipc/bindings/ImportKind";
import { newDays, newTasks, rows, sessions, tasks } from "./counted";

export const importing = {
  kinds: {
    "kiro-sessions": {
      title: "Sessions of Kiro's command line",
      about: "Time, model and credits of each task; sessions that were imported before add only what is new.",
    },
    "kiro-ide-sessions": {
      title: "Sessions of Kiro's IDE",
      about: "Estimates: shown beside the figures, in none that is charged.",
    },
    "kiro-activity": {
      title: "User activity reports",
      about: "CSV files as Kiro exports them, a file or a folder with all of them.",
    },
    "aws-cost": {
      title: "AWS cost exports",
      about: "CUR 2.0 or the legacy report, as CSV, CSV.gz or Parquet. A month that comes again replaces the old one.",
    },
    "kilo-usage": {
      title: "Usage exports of Kilo",
      about: "The CSV that Kilo's usage page lets you download, by day or by hour.",
    },
    "kilo-database": {
      title: "Kilo's requests on this machine",
      about: "kilo.db, and kilo2.db of the newer program: the cost of each request with its model, each counted once.",
    },
  } satisfies Record<ImportKind, { title: string; about: string }>,
  sessionsIn: (files: number, folder: string) => `${sessions(files)} in ${folder}`,
  found: "Found:",
  notFound: "None were found in their usual place.",
  folder: "Choose a folder…",
  file: "Choose a file…",
  running: (what: string, rows: number | null, seconds: number) =>
    `Importing: ${what}${rows === null ? "" : `, ${count(rows, "row", "rows")}`}${seconds > 0 ? `, ${seconds} s` : ""}`,
  stop: "Stop",
  stopAbout: "Stopped, nothing of it is kept.",
};

export const imported = {
  kinds: {
    "kiro-sessions": { read: tasks, added: newTasks },
    "kiro-ide-sessions": { read: tasks, added: newTasks },
    "kiro-activity": { read: rows, added: (many: number) => count(many, "new row", "new rows") },
    "aws-cost": { read: rows, added: (many: number) => count(many, "new month", "new months") },
    "kilo-usage": { read: rows, added: newDays },
    "kilo-database": { read: (many: number) => count(many, "request", "requests"), added: newDays },
  } satisfies Record<ImportKind, { read: (many: number) => string; added: (many: number) => string }>,
  inAll: (amount: string) => `${amount} in all`,
  from: (read: string, files: number) => `from ${read} in ${count(files, "file", "files")}.`,
  known: (many: number) => `${count(many, "was", "were")} known already.`,
  estimates: "They are estimates, and in no figure that is charged.",
  unmetered: (read: string) => `Without metering: ${read}. What they cost is unknown and in no figure.`,
  undated: (many: number) =>
    `${count(many, "task has", "tasks have")} no readable time and ${many === 1 ? "is" : "are"} left out.`,
  replaced: (many: number) => `${count(many, "was", "were")} replaced by a newer export.`,
  bill: (news: BillNews, write: { month: (text: string) => string; money: (amount: string) => string }) => {
    const [of, amount] = [write.month(news.month), write.money(news.amount)];
    if (news.kind === "refused")
      return `The bill of ${of} over ${amount} names no payer, and that month is billed to ${news.payers.join(", ")}: it was left out. Export it with the column bill_payer_account_id.`;
    const payer = news.payer === null ? "" : `, payer ${news.payer}`;
    return news.before === null
      ? `The bill of ${of}${payer}, which couldn't be read, was replaced: now ${amount}.`
      : `The bill of ${of}${payer}, was replaced: ${write.money(news.before)} before, now ${amount}.`;
  },
  bad: (many: number) =>
    `${count(many, "row", "rows")} could not be read and ${many === 1 ? "is" : "are"} in no figure:`,
  line: (line: number) => `line ${line}`,
  skipped: (many: number) => `${count(many, "file was", "files were")} skipped:`,
  more: (many: number) => `and ${number(many)} more`,
};
