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
    "past-due": (end, owed) =>
      `Eine Zahlung ist gescheitert. ${owed === null ? "Zahlen Sie" : `Zahlen Sie ${owed}`} bis ${end}, sonst wird das Team gesperrt.`,
    suspended: (end, owed) =>
      `Gesperrt. ${owed === null ? "Eine Zahlung stellt" : `Eine Zahlung von ${owed} stellt`} das Team sofort wieder her; seine Daten bleiben bis ${end}.`,
    kept: (end) => `Die Daten des Teams bleiben bis ${end}.`,
    "data-deleted": (end) => `Die Daten des Teams gingen am ${end}: Es ist geschlossen.`,
    active: () => "Alles ist bezahlt.",
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
  table: "Tabelle der Mitglieder",
  member: "Mitglied",
  role: "Rolle",
  today: "Heute ausgegeben",
  limit: "Grenze je Tag",
  invited: "eingeladen",
};

export const users: Messages["users"] = {
  user: "Person",
  tier: "Stufe",
  used: "Verbrauchte Credits",
  cost: "Dieser Monat",
  costIn: (month) => `Kosten im ${month}`,
  billed: (month) => `Berechnet für ${month}`,
  of: (allowance) => `von ${allowance}`,
  limited: "eine für sie gesetzte Grenze",
  cap: (most) => `höchstens ${most} darüber`,
  runsOutHead: "Aufgebraucht",
  act: "Zu tun",
  idle: "Bezahlt und nicht genutzt",
  idleCost: (billed, month) => `${billed} für ${month}`,
  groups: "Nach Gruppe",
  group: "Gruppe",
  noGroup: "In keiner Gruppe",
  inSeveral: "Wer in mehreren Gruppen ist, zählt in jeder.",
  search: "Personen suchen",
  onlyNotable: "Wer auffällt",
  table: "Tabelle der Personen",
  nobody: "Niemand passt dazu.",
  more: (many) => `${number(many)} weitere zeigen`,
  inOverage: (credits) => `${credits} über die Stufe hinaus, berechnet`,
  atLimit: "alles verbraucht, Mehrverbrauch ist aus",
  mostIsUsed: "das meiste ist schon verbraucht",
  atThisPace: "bei diesem Tempo",
  atThatPace: "beim Tempo bis dahin",
  neverUsed: "nie genutzt",
  alsoElsewhere: "mögliche Dublette",
  about: (amount) => `→ ${amount}`,
  byTheEnd: (amount, low, high) =>
    `Am Monatsende etwa ${amount}: zwischen ${low} und ${high}, je nachdem, ob ruhige oder volle Tage kommen`,
  costAndEnd: (month) => `Kosten im ${month} → an seinem Ende`,
  move: (from, to) => `${from} → ${to}`,
  giveUp: "Lizenz zurückgeben",
  aMonth: (amount) => `${amount} im Monat`,
  found: (found, all) =>
    found === all ? count(all, "Person", "Personen") : `${number(found)} von ${count(all, "Person", "Personen")}`,
  choose: (name) => `${name} auswählen`,
  chooseAll: (many) =>
    many === 1
      ? "Die eine auswählen, bei der etwas zu tun ist"
      : `Alle ${number(many)} auswählen, bei denen etwas zu tun ist`,
  tiles: "Was auffällt",
  tileRunsOut: "an der Grenze oder vor Monatsende aufgebraucht",
  tileRanOut: "an der Grenze oder kurz davor",
  tileTooLarge: "Stufe zu groß",
  tileCheaper: "Andere Stufe ist günstiger",
  tileIdle: "Bezahlt, nie genutzt",
  tileIdleOn: (month) => `auf der Rechnung für ${month}`,
  tileTwice: "unter mehreren Profilen, Konten oder Regionen",
  bar: "Auswahl",
  chosen: (many, amount, month) => `${number(many)} ausgewählt: ${amount} im Monat, ab ${month}`,
  refundsNothing:
    "Eine kleinere Stufe gilt ab dem nächsten Monat und erstattet davor nichts. Eine größere gilt sofort.",
  clear: "Auswahl aufheben",
  saveCsv: "CSV speichern",
  savePdf: "PDF mit Namen speichern",
  copySteps: "Schritte für die Konsole kopieren",
  copied: "Die Schritte sind kopiert. Fügen Sie sie in Ihre Notizen ein und gehen Sie sie in der Konsole durch.",
  notCopied: "Die Schritte konnten nicht kopiert werden.",
  stepsTitle: "Änderungen in der Kiro-Konsole, Users & Groups",
  stepMove: (many, tier) => `Zu ${tier} wechseln (${count(many, "Person", "Personen")}):`,
  stepRemove: (many) => `Abonnement entziehen (${count(many, "Person", "Personen")}):`,
  twice: "Mögliche Dubletten",
  profiles: (names) => `unter den Profilen ${names}, laut den Berichten`,
  accounts: (names) => `in den Konten ${names}, laut der Rechnung`,
  nobodyTwice: "Niemand, laut den Berichten und der Rechnung.",
};
