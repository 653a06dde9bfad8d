import { count } from "../../format/amounts";
import { moment } from "../../format/moments";
import type { RestoredView } from "../../ipc/bindings/RestoredView";
import type { DataCase } from "../../ipc/data-case";

export const sidebar = {
  views: "Views",
  accounts: "Accounts",
  find: "Find",
};

export const failure = {
  title: "Headroom can't read its data",
  about: "Nothing was changed. What Kiro keeps on this machine is untouched and can be imported again.",
  again: "Try again",
  restore: "Restore the newest copy",
  restored: (restored: RestoredView) => {
    const records = count(restored.came_back, "newer record", "newer records");
    const copy = restored.copied_at
      ? `The copy of ${moment(restored.copied_at)} is in place.`
      : "A new file is in place.";
    const lost = restored.complete ? "" : " What else was recorded after it is lost.";
    return `${copy} ${records} came back.${lost} The damaged files are kept in ${restored.damaged}.`;
  },
  /** Each case of data that can't be opened; the sentence with the file's name stands below. */
  cases: {
    "data-busy": {
      title: "Headroom's data is in use",
      about: "Another Headroom is writing to it. Wait until that is done, then try again.",
    },
    "data-full": {
      title: "The disk is full",
      about: "Nothing was changed. Free some space on it, then try again.",
    },
    "data-no-right": {
      title: "Headroom may not read its data",
      about: "Give your user the right to read and write the file and its folder, then try again.",
    },
    "data-newer": {
      title: "Your data is from a newer Headroom",
      about: "It was left untouched. Install the newer version to open it.",
    },
    "data-foreign": {
      title: "Something else is where Headroom keeps its data",
      about: "It was left untouched. Have Headroom keep its data in another folder: set HEADROOM_DATA_DIR.",
    },
    "data-behind": {
      title: "Your records are missing",
      about: "The data file is gone or empty, but there are copies of it. Restoring brings the newest one back.",
    },
    "data-damaged": {
      title: "Headroom's data is damaged",
      about:
        "Nothing was changed. Restoring takes the newest good copy and adds what can still be read of the damaged file, which is kept.",
    },
  } satisfies Record<DataCase, { title: string; about: string }>,
};

export const viewFailure = {
  title: "This view couldn't be shown",
  about: "Something in it couldn't be drawn. What is recorded is not affected.",
  report: "If trying again doesn't help, please report it to the project with this line:",
  dialog: "That couldn't be opened.",
};

export const palette = {
  title: "Go to or do",
  placeholder: "Type a view, an account or an action",
  nothing: "Nothing is called that.",
  goTo: (view: string) => `Go to ${view}`,
  account: (name: string) => `Show ${name}`,
  refresh: "Refresh",
  hide: "Hide amounts",
  show: "Show amounts",
  theme: { light: "Light colours", dark: "Dark colours", system: "Colours as the system" },
  shortcuts: "Keyboard shortcuts",
  pdf: "Save last month as PDF",
  openScenario: "Open a scenario file…",
};

export const shortcuts = {
  title: "Keyboard shortcuts",
  palette: "Go to or do anything",
  view: "The views, by their place",
  refresh: "Refresh",
  hide: "Hide or show amounts",
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
  unknown: (name: string) => `${name}: not known yet`,
};
