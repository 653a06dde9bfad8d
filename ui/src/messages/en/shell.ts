export const sidebar = {
  views: "Views",
  accounts: "Accounts",
  find: "Find",
};

export const failure = {
  title: "Headroom can't read its data",
  about:
    "Nothing was changed. Move the file away to start afresh, or put back a copy of it, then try again. What Kiro keeps on this machine is untouched either way and can be imported again.",
  again: "Try again",
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
