import { count, number } from "../../format/amounts";

export const time = {
  days: (days: number) => count(days, "day", "days"),
  hours: (hours: number) => count(hours, "hour", "hours"),
  anHour: "an hour",
  lessThanAnHour: "less than an hour",
  justNow: "just now",
  minutesAgo: (minutes: number) => `${minutes} min ago`,
  hoursAgo: (hours: number) => `${hours} h ago`,
  daysAgo: (days: number) => `${count(days, "day", "days")} ago`,
};

export const views = {
  overview: "Overview",
  usage: "Usage",
  plans: "Plans",
  invoices: "Invoices",
  team: "Team",
  settings: "Settings",
  accounts: "All accounts",
};

export const kinds = {
  person: "Kiro",
  organisation: "Kiro, organisation",
  team: "Kilo for Teams",
  personal: "Kilo",
};

/** The views, by the names that the window has for them. */
export type ViewName = keyof typeof views;

/** The kinds of account, by the names that their words have. */
export type KindName = keyof typeof kinds;

export const common = {
  loading: "Loading…",
  takesLonger: (view: string) => `This takes longer than usual. Headroom is still reading the data for ${view}.`,
  cancel: "Cancel",
  dismiss: "Dismiss",
  undo: "Undo",
  tax: "Tax",
  showAll: (many: number) => `Show all ${number(many)}`,
  showFewer: "Show fewer",
  chart: "Show the chart",
  table: "Show as a table",
  copyPicture: "Copy picture",
  copyPictureOf: (title: string) => `Copy picture: ${title}`,
  pictureCopied: "The picture is copied.",
  pictureNotCopied: "The picture couldn't be copied.",
  saveCsv: "Save as CSV…",
  saveCsvOf: (title: string) => `Save as CSV… ${title}`,
  note: "Note",
  inPart: "at least: a part isn't known",
  day: "Day",
  savedAs: (path: string) => `Saved as ${path}.`,
  asOf: (moment: string) => `As of ${moment}.`,
  credits: (credits: string) => `${credits} ${credits === "1" ? "credit" : "credits"}`,
};

export const live = {
  askingKiro: "Asking Kiro…",
  askingKilo: "Asking Kilo…",
  againIn: (seconds: number) => `Refresh in ${seconds} s`,
  refreshed: (figure: string) => `Refreshed: ${figure}.`,
  notRefreshed: (ago: string) => `Refresh failed ${ago}.`,
  shownFrom: (ago: string) => `You see the numbers from ${ago}.`,
  quotedByKilo: (ago: string) => `From Kilo, ${ago}`,
  notFollowed: (at: string) => `Kiro answered ${at}, which is before this account began, so that answer isn't used.`,
  otherMonth: (at: string) => `Kiro's last answer, ${at}, is about another month: this is Headroom's calculation.`,
};

export const sample = {
  title: "Sample account",
  madeUp: "Every number here is made up: it is nobody's bill.",
  looking: "Just looking?",
  open: "Open a sample",
  ofWhom: "Made-up months of a person, an organisation or a team: marked as such, and you can remove it at any time.",
};

/** A day in a field, and the calendar beside it. */
export const dates = {
  form: "DD/MM/YYYY",
  choose: "Choose a day",
  monthBefore: "Month before",
  monthAfter: "Month after",
  missing: "Enter a day.",
  wrong: (example: string) => `Enter a day such as ${example}.`,
  tooEarly: (first: string) => `Not before ${first}.`,
  tooLate: (last: string) => `Not after ${last}.`,
};
