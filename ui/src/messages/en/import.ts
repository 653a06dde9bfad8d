import { count, number } from "../../format/amounts";
import type { BillIssue } from "../../ipc/bindings/BillIssue";
import type { BillNews } from "../../ipc/bindings/BillNews";
import type { ImportKind } from "../../ipc/bindings/ImportKind";
import { newDays, newTasks, rows, sessions, tasks } from "./counted";

export const importing = {
  kinds: {
    "kiro-sessions": {
      title: "Kiro command line and IDE sessions",
      about:
        "Time, model and credits of each task. After the first import from their usual place, new ones come by themselves while Headroom runs.",
    },
    "kiro-ide-sessions": {
      title: "Sessions of the newer Kiro, as estimates",
      about: "Shown beside your usage, not counted in any charge. Import them as sessions to count their cost.",
    },
    "kiro-activity": {
      title: "User activity reports",
      about: "CSV files as Kiro exports them, a file or a folder with all of them.",
    },
    "aws-cost": {
      title: "AWS cost exports",
      about:
        "CUR 2.0, the legacy report or FOCUS, as CSV or Parquet, packed or not. A later issue of a payer's month replaces the earlier one.",
    },
    "kilo-usage": {
      title: "Usage exports of Kilo",
      about: "The CSV that Kilo's usage page lets you download, by day or by hour.",
    },
    "kilo-database": {
      title: "Kilo's requests on this machine",
      about: "kilo.db, and kilo2.db of the newer program: the cost of each request with its model, each counted once.",
    },
    identities: {
      title: "Names of users",
      about:
        "A CSV with user ids, names, e-mail addresses and groups, as your identity center exports it. It stays on this computer and isn't exported unless you ask.",
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
  looking: "what it holds",
  arrived: {
    title: "Import files",
    drop: "Drop files, folders or ZIPs of them here, or anywhere onto the window: each is recognised by what it holds.",
    files: "Choose files…",
    folders: "Choose folders…",
    over: (files: number) => `Drop to import ${count(files, "file or folder", "files or folders")}`,
    before: "This is what importing would do. Nothing is written yet.",
    is: {
      "kiro-sessions": "a Kiro command line session",
      "kiro-ide-sessions": "a Kiro IDE session",
      "kiro-activity": "a user activity report",
      "aws-cost": "an AWS bill",
      "kilo-usage": "a Kilo usage export",
      "kilo-database": "a Kilo request database",
      identities: "a table of users' names",
    } satisfies Record<ImportKind, string>,
    asThat: (is: string, wanted: string) => `This is ${is}, not ${wanted}: import it as that?`,
    bringAsThat: "Import it as that",
    choose: (month: string, payer: string | null) =>
      `The files don't say which issue of the bill of ${month}${payer === null ? "" : `, payer ${payer},`} is the newer one. Which one counts?`,
    issue: (amount: string) => `${amount} from`,
    all: "Import all",
    busy: "Another import is running. Try again when it's done.",
    done: "Done",
    nothing: "Nothing here can be imported.",
    others: (files: number) => `${count(files, "file isn't", "files aren't")} of a kind that Headroom imports.`,
  },
};

export const imported = {
  kinds: {
    "kiro-sessions": { read: tasks, added: newTasks },
    "kiro-ide-sessions": { read: tasks, added: newTasks },
    "kiro-activity": { read: rows, added: (many: number) => count(many, "new row", "new rows") },
    "aws-cost": { read: rows, added: (many: number) => count(many, "new month", "new months") },
    "kilo-usage": { read: rows, added: newDays },
    "kilo-database": { read: (many: number) => count(many, "request", "requests"), added: newDays },
    identities: { read: rows, added: (many: number) => count(many, "new or changed person", "new or changed people") },
  } satisfies Record<ImportKind, { read: (many: number) => string; added: (many: number) => string }>,
  /** What came of it, in a line. */
  sessionsRead: (files: number) => `${sessions(files)} read`,
  filesRead: (files: number) => `${count(files, "file", "files")} read`,
  cameOf: (read: string, came: string) => `${read}: ${came}.`,
  nothingNew: "nothing new",
  noCost: (tasks: number) => `${count(tasks, "carries", "carry")} no cost.`,
  unreadable: (rows: number) => `${count(rows, "unreadable row", "unreadable rows")} left out.`,
  leftOut: (files: number) => `${count(files, "file", "files")} skipped.`,
  would: (added: string) => `Would add ${added}`,
  inAll: (amount: string) => `${amount} in all`,
  from: (read: string, files: number) => `from ${read} in ${count(files, "file", "files")}.`,
  known: (many: number) => `${count(many, "was", "were")} known already.`,
  estimates: "They are estimates and aren't counted in any charge.",
  besides: (auxiliary: string) => `Used besides the tasks, for compaction and the like: ${auxiliary}.`,
  least: (many: number) =>
    `That is the least: ${count(many, "session doesn't", "sessions don't")} tell all that was used.`,
  unmetered: (read: string, many: number) =>
    `${read} ${many === 1 ? "carries no cost and isn't" : "carry no cost and aren't"} counted.`,
  undated: (many: number) =>
    `${count(many, "task has", "tasks have")} no readable time and ${many === 1 ? "is" : "are"} left out.`,
  replaced: (many: number) => `${count(many, "was", "were")} replaced by a newer export.`,
  bill: (
    news: BillNews,
    write: { month: (text: string) => string; money: (amount: string | null) => string },
    dryRun: boolean,
  ) => {
    const was = dryRun ? "would be" : "was";
    const month = write.month(news.month);
    const paid = (payer: string | null) => (payer === null ? month : `${month}, payer ${payer},`);
    const issue = (of: BillIssue) => `${write.money(of.amount)} from ${of.from ?? "an older version's import"}`;
    switch (news.kind) {
      case "new":
        return `The bill of ${paid(news.payer)} ${was} added: ${write.money(news.amount)}.`;
      case "replaced":
        return news.unreadable
          ? `The bill of ${paid(news.payer)} which couldn't be read, ${was} replaced: now ${write.money(news.amount)} (${news.from}).`
          : `The bill of ${paid(news.payer)} ${was} replaced: ${write.money(news.before)} before, now ${write.money(news.amount)} (${news.from}).`;
      case "older":
        return `Another issue of the bill of ${paid(news.issue.payer)} counts: ${issue(news.leads)}. Not counted: ${issue(news.issue)}.`;
      case "decided":
        return `It ${dryRun ? "would be" : "is"} decided which issue of the bill of ${paid(news.payer)} counts: ${write.money(news.amount)} from ${news.from}. Not counted: ${news.others.map(issue).join("; ")}.`;
      case "undecided":
        return `Of the bill of ${paid(news.payer)} nothing tells which issue is the later, so none counts: ${news.issues.map(issue).join("; ")}.`;
      case "currency":
        return `The bill of ${month} also has ${news.amount} ${news.currency}. It isn't in dollars, so no sum includes it.`;
      case "refused":
        return `The bill of ${month}${news.amount === null ? "" : ` over ${write.money(news.amount)}`} names no payer, and that month is billed to ${news.payers.join(", ")}${dryRun ? ": it would be left out" : ": it was left out"}. Export it with the column bill_payer_account_id.`;
    }
  },
  copies: (many: number) =>
    `${count(many, "line stands", "lines stand")} there more than once and ${many === 1 ? "counts" : "count"} once.`,
  copiedRequests: (many: number) =>
    `${count(many, "request is a copy from another file and counts", "requests are copies from other files and count")} once.`,
  bad: (many: number) =>
    `${count(many, "row", "rows")} couldn't be read and ${many === 1 ? "isn't" : "aren't"} counted:`,
  line: (line: number) => `line ${line}`,
  skipped: (many: number) => `${count(many, "file was", "files were")} skipped:`,
  more: (many: number) => `and ${number(many)} more`,
};
