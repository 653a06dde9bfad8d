import type { KindName } from "./common";

export const lines = {
  between: (low: string, high: string) => `${low} to ${high}`,
  fullMonth: "A full month",
};

export const invoices = {
  list: "Periods",
  running: "Still running",
  upcoming: "Next",
  upcomingNote: (moment: string, utc: string) => `${moment} your time (${utc}), if nothing more happens`,
  charged: (moment: string) => `Charged ${moment}`,
  toBeCharged: (moment: string) => `To be charged ${moment}`,
  savePdf: (period: string) => `Save ${period} as PDF`,
  saveCsv: "CSV",
  saveJson: "JSON",
  savePeriod: "Save this period",
  allCsv: "Save all as CSV",
  withNames: "Include users' names in saved files",
  empty: "No charge is known yet",
  /** What brings charges; an account of one person always has some. */
  emptyOf: {
    person: null,
    team: "Headroom needs to know when the team began and what a seat costs: Settings.",
    personal: "Purchases come from Kilo when you refresh.",
    organisation: "Import the organisation's activity reports or its AWS bills: Settings.",
  } satisfies Record<KindName, string | null>,
  quoted: "Beside the vendor's numbers",
  notesHeading: "About these amounts",
  footer:
    "These aren't the vendor's invoices. Headroom's calculation stands beside the vendor's amounts where there are any.",
};
