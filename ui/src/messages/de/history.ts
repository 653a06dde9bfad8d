import type { Messages } from "../en";

export const history: Messages["history"] = {
  about:
    "Was Sie Headroom über dieses Konto gesagt haben, das Neueste zuerst. Was rückgängig ist, lässt sich wiederherstellen.",
  nothing: "Noch gibt es nichts, was sich rückgängig machen ließe.",
  takenBack: "rückgängig gemacht",
  again: "Wiederherstellen",
  stays: "Ohne das gäbe es nichts zu berechnen.",
  details: (changes) => (changes.length > 0 ? `Angaben: ${changes.join("; ")}` : "Angaben, unverändert"),
  changed: (detail, to) => (to === null ? `${detail} nicht mehr` : `${detail} ${to}`),
  detail: {
    plan: "Tarif",
    "first-paid": "erster Zahltag",
    "sign-up": "Tag der Anmeldung",
    country: "Land",
    "price-list": "Preise",
    "plan-since": "in diesem Tarif seit",
    "first-payment-credit": "Abzug von der ersten Zahlung",
    "own-limit": "eigenes Limit",
    tax: "Steuer in Prozent",
  },
  planChange: (plan) => `Tarif gewechselt zu ${plan}`,
  overageSwitch: (on) => (on ? "Mehrverbrauch eingeschaltet" : "Mehrverbrauch ausgeschaltet"),
  pack: (amount) => (amount === null ? "Paket gekauft" : `Paket gekauft für ${amount}`),
  grant: (name, credits) => `Gutschrift ${name}: ${credits} Credits`,
  unreadable: "Ein Eintrag, der nicht mehr lesbar ist",
  removed: (name) => `${name} wurde entfernt`,
  until: (moment) => `Bis ${moment} lässt es sich zurückholen.`,
  bringBack: "Zurückholen",
};
