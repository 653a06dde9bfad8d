import type { Messages } from "../en";

export const months: Messages["months"] = {
  title: "Monat",
  before: (month) => `${month} zeigen, den Monat davor`,
  after: (month) => `${month} zeigen, den Monat danach`,
  noneBefore: "Kein früherer Monat ist bekannt",
  noneAfter: "Kein späterer Monat ist bekannt",
};
