import { number } from "../../format/amounts";
import type { Messages } from "../en";
import { onOff } from "./counted";

export const session: Messages["session"] = {
  removed: (name) => `${name} ist entfernt.`,
  restored: (name) => `${name} ist wieder da.`,
  allDeleted: "Alles ist gelöscht.",
  overageRecorded: (on) => `Mehrverbrauch ist als ${onOff(on)} gespeichert.`,
  key: (kept) => (kept ? "Der Schlüssel liegt im Schlüsselbund des Systems." : "Der Schlüssel ist vergessen."),
  renamed: (name) => `Es heißt jetzt ${name}.`,
  hidden: (name, hidden) => (hidden ? `${name} ist ausgeblendet.` : `${name} ist wieder eingeblendet.`),
  teamSaved: "Die Angaben zum Team sind gespeichert.",
  changeRecorded: (plan) => `Der Wechsel zu ${plan} ist gespeichert.`,
  factsSaved: "Die Angaben zum Konto sind gespeichert.",
  factsReplace: (changes) =>
    `Die Angaben zum Konto sind gespeichert. ${changes.map(({ plan, on }) => `Der Wechsel zu ${plan}, erfasst am ${on}, zählt nicht mehr.`).join(" ")}`,
  poolStated: (what) => (what === "pack" ? "Das Paket ist hinzugefügt." : "Die Gutschrift ist hinzugefügt."),
  takenBack: "Zurückgenommen.",
  sinceIsMissing:
    "Gespeichert. Diesen Tarif gab es bei Ihrer ersten Zahlung noch nicht: Geben Sie unter „Weitere Angaben“ an, seit wann Sie ihn haben. Was vorher abgebucht wurde, wird bis dahin nicht berechnet.",
  factsAlready: "Nichts geändert: Das Konto hat diese Angaben schon.",
};

export const accounts: Messages["accounts"] = {
  title: "Konten verwalten",
  nameOf: (name) => `Name von ${name}`,
  rename: "Umbenennen",
  kinds: {
    person: "Kiro, eine Person",
    organisation: "Kiro, Organisation",
    team: "Kilo for Teams",
    personal: "Kilo, eine Person",
  },
  madeUp: "erfundene Zahlen",
  hidden: "ausgeblendet",
  show: "Einblenden",
  hide: "Ausblenden",
  add: {
    person: "Kiro für eine Person hinzufügen",
    organisation: "Kiro-Organisation hinzufügen",
    team: "Team ohne Anmeldung hinzufügen",
    personal: "Kilo für eine Person ohne Anmeldung hinzufügen",
  },
  addAbout: {
    person:
      "Ein weiteres Konto einer Person, etwa ein privates neben einem beruflichen. Vorher wird nichts hinzugefügt.",
    organisation:
      "Ihre Zahlen kommen aus Berichten und Rechnungen, die Sie importieren. Vorher wird nichts hinzugefügt.",
    team: "Es lebt von importierter Nutzung. Vorher wird nichts hinzugefügt.",
    personal: "Es lebt von importierter Nutzung. Vorher wird nichts hinzugefügt.",
  },
  newName: "Name",
  newNameUsual: { person: "Kiro", organisation: "Kiro-Organisation", team: "Kilo", personal: "Kilo" },
  addIt: "Hinzufügen",
  addKilo: "Meine Kilo-Konten hinzufügen",
  kiloAsked: ["Kilo wird gefragt, welche Konten diese Anmeldung hat, Teams und ein eigenes:", "."],
  noKilo:
    "Auf diesem Rechner wurde keine Anmeldung bei Kilo gefunden: Konten können hinzugefügt werden, sobald Sie in Kilos Kommandozeile oder Editor angemeldet sind. Eines ohne Anmeldung lebt von importierter Nutzung.",
  hiddenAbout: "Ein ausgeblendetes Konto behält seine Daten, und Headroom fragt nicht mehr danach.",
};

export const facts: Messages["facts"] = {
  plan: "Tarif",
  planAbout: "Im Monat, ohne Steuer. Ihren Tarif sehen Sie in Kiro unter Account.",
  firstPaid: "Erster bezahlter Tag",
  firstPaidEver: "Erster bezahlter Tag (falls es je einen gab)",
  planFromKiro: "Das sagt Kiro selbst. Wählen Sie nur, wenn es nicht stimmt.",
  firstPaidAbout:
    "Der Tag Ihrer ersten Zahlung für Kiro: Der erste Monat wird nach Tagen berechnet. Ohne ihn werden vergangene Abbuchungen nicht berechnet.",
  country: "Land der Rechnungsadresse",
  notSold: "Dort verkauft Kiro keine bezahlten Tarife.",
  countryAbout: "Danach richtet sich die Steuer.",
  bonus: "Die Bonus-Credits meiner Registrierung mitzählen",
  bonusAbout: (credits, days, before) =>
    `${credits} Credits, die ${days} Tage gelten${before === null ? "" : `, bei Registrierung vor dem ${before}`}; weglassen, wenn das vorbei ist.`,
  noBonus: (before) =>
    `Zu dieser Registrierung gab es keine Credits: Kiro hat sie am ${before} beendet. Seither zieht es möglicherweise etwas von der ersten Zahlung ab.`,
  signUp: "Tag der Registrierung",
  priceList: "Preise",
  eachMonth: "Wie sie in jedem Monat waren",
  eachMonthAbout: "Jeder Monat mit den Preisen von damals.",
  alwaysBy: (list) => `Immer: ${list}`,
  further: "Weitere Angaben",
  planSince: "In diesem Tarif seit",
  endedAbout:
    "Bei Free: der Tag, an dem endete, wofür Sie bezahlt haben. Was vorher abgebucht wurde, wird dann nicht berechnet.",
  planSinceAbout:
    "Nur, wenn Sie den Tarif nach der ersten Zahlung gewechselt haben. Was davor abgebucht wurde, wird dann nicht berechnet.",
  tax: "Steuer in Prozent",
  taxAbout: "Wie auf Ihren Rechnungen, etwa 8,25. Sie wird eine Zeile jeder Abbuchung.",
  ownLimit: "Eigenes Limit, Credits im Monat",
  ownLimitAbout:
    "Nur, wenn Kiros Seite ein anderes Limit zeigt als das des Tarifs. Es zählt ab diesem Monat, für diesen Tarif.",
  asThePlan: "wie der Tarif",
  firstPaymentCredit: "Von der ersten Zahlung abgezogen, Dollar",
  firstPaymentAbout: (most) =>
    `Kiro gewährt seit Mai 2026 bis zu ${most} auf eine erste Zahlung; ob es sie abzieht, sagt nur Ihre Rechnung.`,
  notKnown: "nicht bekannt",
  withOverage: "Mit Mehrverbrauch, am Monatsende berechnet.",
  withPacks: "Mit im Voraus gekauften Zusatzpaketen, ohne Mehrverbrauch.",
  overageOn: "Mehrverbrauch ist in meinem Kiro-Konto an",
  asksSince: (firstPaid) =>
    `Geben Sie unten an, seit wann: Die Monate davor bleiben, wie sie waren. War es immer so, ist das Ihr erster bezahlter Tag, der ${firstPaid}.`,
  nothingChanged: "Nichts wurde geändert, daher wird nichts gespeichert.",
};

export const logins: Messages["logins"] = {
  title: "Anmeldung",
  about: "Welche Kiro-Anmeldung auf diesem Rechner zu diesem Konto gehört.",
  undecided:
    "Kiro ist auf diesem Rechner mit mehreren Konten angemeldet, und jedes kann dieses sein. Bis Sie wählen, ist nicht bekannt, was übrig ist.",
  nobody: "Ein Nutzer, den Kiro nicht nennt",
  left: (credits) => `noch ${credits} Credits`,
  used: (credits) => `${credits} verbraucht`,
  nothing: "Keine lesbaren Zahlen",
  notAsked: "Noch nicht gefragt: Aktualisieren fragt",
  chosen: "Dieses Konto",
  choose: "Wählen",
  isChosen: "Die Anmeldung ist gewählt.",
  whatIsLeft: "Was übrig ist, ist nicht bekannt",
  toChoose: "Anmeldung wählen",
};

export const stated: Messages["stated"] = {
  title: "Pakete und Gutschriften",
  about:
    "Was Kiros Seite neben Ihrem Tarif zeigt. Sobald Kiro selbst sagt, was davon da ist, zählt das an ihrer Stelle.",
  pack: "Paket",
  from: (on, ends) => (ends === null ? `Vom ${on}, ohne Ende.` : `Vom ${on} bis ${ends}.`),
  left: (left, of) => `${left} von ${of} übrig.`,
  leftUnknown: "Wie viel übrig ist, ist nicht bekannt.",
  gaveWay: "Kiro sagt selbst, was da ist: Das zählt.",
  ended: "Es ist beendet.",
  refused: (why) => `Nicht mitgezählt. ${why}`,
  takeBack: "Zurücknehmen",
  addPack: "Paket angeben",
  addGrant: "Gutschrift angeben",
  name: "Wie Kiro sie nennt",
  nameAbout: "Etwa „Hackathon“.",
  paid: "Gezahlt, in Dollar",
  boughtCredits: "Gekaufte Credits",
  inCredits: "Ich kenne die Credits, nicht die Dollar",
  offer: (smallest, largest, price) => `Von ${smallest} bis ${largest}, zu ${price} je Credit.`,
  boughtOn: "Gekauft am",
  grantedOn: "Gewährt am",
  endsOn: "Weg ab",
  endsOnAbout: "Der Tag, den Kiros Seite nennt (UTC); leer, wenn es keinen gibt.",
  state: "Angeben",
};

export const teamFacts: Messages["teamFacts"] = {
  started: "Erster Tag des Teams",
  startedAbout: "Da begann der erste Zeitraum; die nächste Abbuchung folgt daraus.",
  seats: "Bezahlte Plätze",
  quoted: (many) => (many === null ? "Wo Kilo es selbst sagt, gilt das." : `Kilo sagt ${number(many)}: Das gilt.`),
  tax: "Steuer in Prozent",
  noTax: "keine",
  taxAbout: "Wie auf Ihren Rechnungen.",
  seatPrice: "Was ein Platz kostet",
  price: (name, price, months) => `${name}: ${price} für ${months === 1 ? "einen Monat" : `${months} Monate`}`,
  failed: "Eine Zahlung ist gescheitert und seither nicht gelungen",
  failedAbout: "Dann sagt Headroom, bis wann das Team bedient wird.",
  failedOn: "Der Tag, an dem sie zuerst scheiterte",
  pass: "Kilo Pass",
  noPass: "keiner",
  passChoice: (name, price, bonus) => `${name}: ${price} je Platz und Monat, ${bonus} Bonus`,
  passAbout: "Wo Kilo es selbst sagt, gilt das.",
  passSince: "Der Tag, an dem Kilo Pass begann",
  topUp: "Automatisches Aufladen um",
  noTopUp: "aus oder nicht bekannt",
  exempt: "Kilo berechnet dem Team keine Servicegebühr",
  exemptAbout: "Sonst sind 5 % auf Guthaben und Kilo Pass gezählt.",
};

export const kiloKey: Messages["kiloKey"] = {
  kept: "Ein Schlüssel für Kilo liegt im Schlüsselbund des Systems.",
  forget: "Vergessen",
  field: "API-Schlüssel von Kilo",
  keep: "Schlüssel behalten",
  about:
    "Aus Ihrem Profil auf Kilos Seite. Er liegt im Schlüsselbund des Systems, in keiner Datei von Headroom, und geht nur an Kilo.",
};
