import { count } from "../../format/amounts";
import type { Messages } from "../en";

export const allAccounts: Messages["allAccounts"] = {
  account: "Konto",
  left: "Stand",
  charged: "Nächste Abbuchung",
  at: "Am",
  nothing: "nichts",
  total: (sum) => `Nächste Abbuchung, alle Konten zusammen: ${sum}.`,
  totalUnknown: "Von keinem Konto ist die nächste Abbuchung bekannt.",
  attention: (some, all) =>
    some === 0
      ? "Keines braucht Aufmerksamkeit."
      : `${some} von ${count(all, "Konto", "Konten")} ${some === 1 ? "braucht" : "brauchen"} Aufmerksamkeit.`,
  sum: "Zusammen, ohne Beispiele",
  sumOfSamples: "Zusammen",
  someUnknown: "Bei manchen Konten ist die Abbuchung nicht oder nur zum Teil bekannt: Es kann mehr sein.",
};
