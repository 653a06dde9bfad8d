import { count } from "../../format/amounts";
import { moment } from "../../format/moments";
import type { RestoredView } from "../../ipc/bindings/RestoredView";
import type { DataCase, Restorable } from "../../ipc/data-case";

export const sidebar = {
  views: "Views",
  accounts: "Accounts",
  states: { good: "on track", warn: "runs out early", bad: "used up or stopped", unknown: "not known" },
  find: "Find",
};

export const failure = {
  title: "Headroom can't read its data",
  about: "Nothing was changed. What Kiro keeps on this machine is untouched and can be imported again.",
  again: "Try again",
  pageEnded: "The window's page keeps ending",
  noAnswer: "Headroom doesn't answer",
  restore: "Restore the newest copy",
  restored: (restored: RestoredView) => {
    const records = count(restored.came_back, "newer record", "newer records");
    const copy = restored.copied_at
      ? `The copy of ${moment(restored.copied_at)} is in place.`
      : "A new file is in place.";
    return `${copy} ${records} came back from the damaged file.`;
  },
  restoredTitle: "Your data is restored",
  damagedFiles: (folder: string) => `The damaged files are kept in ${folder}.`,
  goOn: "Show my credits",
  safeMode: "Only what can still be read is shown",
  restoreReadable: "Go on with what can be read",
  /** What each case of data that can't be opened is called; what happened and what helps is said below, as it is on the command line. */
  cases: {
    "data-busy": "Headroom's data is in use",
    "data-full": "The disk is full",
    "data-no-right": "Headroom may not read its data",
    "data-newer": "Your data is from a newer Headroom",
    "data-foreign": "Something else is where Headroom keeps its data",
    "data-behind": "Your records are missing",
    "data-damaged": "Headroom's data is damaged",
  } satisfies Record<DataCase, string>,
  /** What the button does that restores. */
  restoring: {
    "data-behind": "The data file is gone or empty, but there are copies of it. Restoring brings the newest one back.",
    "data-damaged":
      "Nothing was changed. Restoring takes the newest good copy and adds what can still be read of the damaged file, which is kept.",
  } satisfies Record<Restorable, string>,
};

/** What only the page says, by its code: it has to be sayable where the engine doesn't answer. */
export const ofThePage = {
  "no-answer":
    "There was no answer for {seconds} seconds. What was asked may still be done; try again. If it stays so, close Headroom and open it again.",
  "page-ended":
    "The part of Headroom that draws the window ended several times within a minute. Your records aren't affected. Try again; if it stays so, close Headroom and look for updates of the system's WebKitGTK.",
  "window-failed": "Something in the window failed ({reason}). Try again.",
};

export const viewFailure = {
  title: "This view couldn't be shown",
  about: "Something in it couldn't be drawn. Your data isn't affected.",
  report: "If trying again doesn't help, please report it to the project with this line:",
  dialog: "That couldn't be opened.",
  unanswered: "There is nothing to show",
};

export const notices = {
  title: "Notices",
  doubled: (first: string, firstId: number, double: string, doubleId: number) =>
    `${first} (no. ${firstId}) and ${double} (no. ${doubleId}) are the same account.`,
  doubledAbout: "Both have the same login, so its usage stands in both. Remove one of them.",
  onlyThere: (name: string, id: number, tasks: number, recorded: number) => {
    const lost = [
      tasks > 0 && count(tasks, "task", "tasks"),
      recorded > 0 &&
        count(recorded, "entry of yours about plan and overage", "entries of yours about plan and overage"),
    ].filter(Boolean);
    return lost.length > 0
      ? `Only ${name} (no. ${id}) has ${lost.join(" and ")}: they go with it. Tasks whose session files are still there can be imported again.`
      : `${name} (no. ${id}) has nothing that the other hasn't: nothing is lost with it.`;
  },
  removeDouble: (name: string, id: number) => `Remove ${name} (no. ${id})…`,
};

export const reports = {
  title: "Report a problem",
  none: "Headroom keeps a report when it makes a mistake. There is none.",
  about:
    "Headroom made these mistakes itself. A report says which version did what kind of work where in the program: no name, no amount, no path of yours. Nothing is sent by itself.",
  report: (number: string, at: string) => `Report ${number}, ${at}`,
  lies: "The file:",
  copy: "Copy",
  copied: (number: string) => `Report ${number} is copied.`,
  notCopied: "It couldn't be copied. Open the report and select its text.",
  delete: "Delete",
  deleted: (number: string) => `Report ${number} is deleted.`,
  open: "Open the page for problems",
  noTracker: "Give a report to whoever you have Headroom from.",
};

export const shortcuts = {
  title: "Keyboard shortcuts",
  palette: "Command palette",
  view: "The views, by their place",
  refresh: "Refresh",
  hide: "Hide or show amounts",
  picture: "Copy the chart as a picture",
  zoom: "Larger, smaller, actual size",
  help: "This list",
  close: "Close a dialog",
  charts: "In a chart: from day to day; to the first and the last",
  done: "Close",
};

export const alerts = {
  title: (account: string) => `Headroom: ${account}`,
  used: (percent: string, left: string, renews: string) =>
    `${percent} of the plan is used: ${left} credits are left until ${renews}.`,
  usedUp: (renews: string) => `The plan's credits are used up; they renew on ${renews}.`,
  runOut: (at: string) => `At this pace it is used up ${at}.`,
  little: (left: string, below: string) => `${left} are left, less than ${below}.`,
  bonus: (left: string, at: string) => `${left} of the bonus expire ${at}.`,
  overage: (charge: string) => `Overage has begun: ${charge} so far.`,
  guard: (charge: string, guard: string) => `Overage is at ${charge}, past your guard of ${guard}.`,
};

export const tray = {
  open: "Open Headroom",
  refresh: "Refresh",
  quit: "Quit",
  left: (name: string, left: string) => `${name}: ${left} left`,
  cost: (name: string, cost: string) => `${name}: ${cost} this month`,
  without: (name: string, about: string) => `${name}: ${about}`,
};
