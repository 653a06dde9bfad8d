import { count, number } from "../../format/amounts";
import type { Messages } from "../en";

export const team: Messages["team"] = {
  users: "Personen",
  atRisk: (many, closed) =>
    closed ? `${number(many)} an der Grenze oder kurz davor` : `${number(many)} vor Monatsende aufgebraucht`,
  seatReceipt: "Plätze hinzufügen oder entfernen",
  seatCount: "Plätze",
  add: "Hinzufügen",
  removeSeats: "Entfernen",
  seatAdd: (many) => `${count(many, "Platz", "Plätze")} mehr`,
  seatRemove: (many) => `${count(many, "Platz", "Plätze")} weniger`,
  seatsAfter: (before, after) => `${after} statt ${before} Plätze`,
  chargeToday: "Abbuchung heute",
  nothingToday: "Heute wird nichts abgebucht.",
  takesEffect: (moment) => `Ab ${moment}; von diesem Zeitraum wird nichts erstattet.`,
  nextBill: (moment) => `Rechnung am ${moment}`,
  insteadOf: (amount) => `statt ${amount}`,
  range: "Kilo sagt nicht, ob der begonnene Tag zählt: Der kleinere Betrag ist ohne ihn, der größere mit ihm.",
  refused: {
    "members-still-assigned": "Es gibt mehr Mitglieder, als Plätze blieben: Erst müssen Mitglieder gehen.",
    "last-seat": "Ein Platz bleibt mindestens.",
    suspended: "Das Team ist gesperrt: Erst kommt eine Zahlung.",
    "data-deleted": "Das Team ist geschlossen.",
    other: "Die Regeln erlauben das jetzt nicht.",
  },
  openKilo: "Kilo öffnen",
  neverBuys: "Headroom kauft nie. Kilos Seite sollte dasselbe verlangen.",
  needFacts: "Headroom muss wissen, wann das Team begann und was ein Platz kostet.",
  tell: "Headroom vom Team erzählen",
  dunning: {
    kept: (end) => `Die Daten des Teams bleiben bis ${end}.`,
    closed: (end) => `Die Daten des Teams gingen am ${end}: Es ist geschlossen.`,
  },
  members: "Mitglieder",
  noMembers: "Kilo hat noch keine Mitglieder genannt.",
};

export const seats: Messages["seats"] = {
  paid: (paid, taken) =>
    taken === null
      ? `${count(paid, "Platz ist", "Plätze sind")} bezahlt.`
      : `${count(paid, "Platz ist", "Plätze sind")} bezahlt, ${number(taken)} belegt.`,
  unused: (many) => `${count(many, "Platz ist", "Plätze sind")} ungenutzt.`,
  unusedSaves: (many, amount) =>
    `${count(many, "Platz ist", "Plätze sind")} ungenutzt: Ohne ${many === 1 ? "ihn" : "sie"} kostet der nächste Zeitraum ${amount} weniger.`,
  member: "Mitglied",
  month: (month) => `Ausgegeben im ${month}`,
  today: "Heute ausgegeben",
  of: (limit) => `von ${limit}`,
  active: "Zuletzt aktiv",
  seat: "Platz",
  seats: {
    taken: "belegt",
    "takes-none": "braucht keinen",
    invited: "eingeladen",
    left: "nicht im Team",
    unknown: "nicht bekannt",
  },
  nobody: "Unbekannt",
};

export const topUp: Messages["topUp"] = {
  title: "Credits kaufen",
  amount: "Credits für",
  lasts: "Bei diesem Tempo reicht das Guthaben dann bis",
  without: (day) => `statt ${day}`,
  byItself: "Credits werden automatisch gekauft, das Guthaben geht also nicht aus.",
  unknown: "Wie lange das Guthaben dann reicht, ist nicht bekannt.",
};

export const users: Messages["users"] = {
  user: "Person",
  tier: "Stufe",
  used: "Verbrauchte Credits",
  cost: "Dieser Monat",
  costIn: (month) => `Kosten im ${month}`,
  billed: (month) => `Berechnet für ${month}`,
  cheapest: "Günstigste Stufe",
  of: (allowance) => `von ${allowance}`,
  limited: "eine für sie gesetzte Grenze",
  cap: (most) => `höchstens ${most} darüber`,
  idle: "Bezahlt und nicht genutzt",
  idleCost: (billed, month) => `${billed} für ${month}`,
  saves: (amount) => `spart ${amount}`,
  groups: "Nach Gruppe",
  group: "Gruppe",
  noGroup: "In keiner Gruppe",
  inSeveral: "Wer in mehreren Gruppen ist, zählt in jeder.",
  search: "Personen suchen",
  onlyNotable: "Nur, wer auffällt",
  table: "Tabelle der Personen",
  nobody: "Niemand passt dazu.",
  more: (many) => `${number(many)} weitere zeigen`,
  inOverage: (credits) => `${credits} über die Stufe hinaus, berechnet`,
  atLimit: "alles verbraucht, Mehrverbrauch ist aus",
  mostIsUsed: "das meiste ist schon verbraucht",
  ranOut: (day) => `wäre am ${day} aufgebraucht gewesen`,
  runsOut: (day) => `aufgebraucht am ${day}`,
  twice: "Mögliche Dubletten",
  profiles: (names) => `unter den Profilen ${names}, laut den Berichten`,
  accounts: (names) => `in den Konten ${names}, laut der Rechnung`,
  nobodyTwice: "Niemand, laut den Berichten und der Rechnung.",
};
