/** Das Fenster auf Deutsch. */
import phrases from "../../../src-tauri/crates/app/words/de.json";
import { count, number } from "../format/amounts";
import { moment } from "../format/moments";
import type { Messages } from "./en";

const tasks = (many: number) => count(many, "Aufgabe", "Aufgaben");
const rows = (many: number) => count(many, "Zeile", "Zeilen");
const sessions = (many: number) => count(many, "Sitzung", "Sitzungen");
const requests = (many: number) => count(many, "Anfrage", "Anfragen");
const newTasks = (many: number) => count(many, "neue Aufgabe", "neue Aufgaben");
const newDays = (many: number) => count(many, "neuer Tag", "neue Tage");
/** Ein Punkt am Ende, wo nicht schon einer steht: "30. Nov." */
const ended = (sentence: string) => (sentence.endsWith(".") ? sentence : `${sentence}.`);
const onOff = (on: boolean) => (on ? "eingeschaltet" : "ausgeschaltet");

export const de: Messages = {
  phrases,
  time: {
    days: (days) => `${days} Tagen`,
    hours: (hours) => `${hours} Stunden`,
    anHour: "einer Stunde",
    lessThanAnHour: "weniger als einer Stunde",
    minutesAgo: (minutes) => `vor ${minutes} Min.`,
    hoursAgo: (hours) => `vor ${hours} Std.`,
    daysAgo: (days) => `vor ${days} Tagen`,
  },
  views: {
    overview: "Übersicht",
    usage: "Nutzung",
    plans: "Tarife",
    invoices: "Rechnungen",
    team: "Team",
    "what-if": "Was wäre, wenn",
    settings: "Einstellungen",
  },
  kinds: {
    "kiro-individual": "Kiro",
    "kiro-enterprise": "Kiro, Organisation",
    "kilo-teams": "Kilo for Teams",
  },
  sidebar: {
    views: "Ansichten",
    accounts: "Konten",
    find: "Suchen",
  },
  common: {
    loading: "Wird geladen …",
    cancel: "Abbrechen",
    dismiss: "Schließen",
    undo: "Rückgängig",
    tax: "Steuer",
    showAll: (many) => `Alle ${number(many)} zeigen`,
    showFewer: "Weniger zeigen",
    chart: "Als Diagramm zeigen",
    table: "Als Tabelle zeigen",
    day: "Tag",
    savedAs: (path) => `Gespeichert als ${path}.`,
    asOf: (moment) => `Stand ${moment}.`,
    credits: (credits) => `${credits} Credits`,
  },
  unreadable: (record, write) => {
    switch (record.kind) {
      case "bill":
        return record.months.length === 1
          ? `Die Rechnung für ${record.months.map(write.month).join()} ist nicht mehr lesbar: Importieren Sie sie noch einmal.`
          : `Eine Rechnung ist nicht mehr lesbar, auch nicht, für welchen dieser Monate sie ist: Importieren Sie alle davon noch einmal. ${record.months.map(write.month).join(", ")}.`;
      case "figures": {
        const vendor = { kiro: "Kiro", kilo: "Kilo" }[record.vendor];
        return `Was ${vendor} gemeldet hat (${write.moment(record.at)}), ist nicht mehr lesbar. Bis ${vendor} wieder gefragt wird, gelten ältere Zahlen.`;
      }
      case "models":
        return `Was Kiro zu seinen Modellen gemeldet hat (${write.moment(record.at)}), ist nicht mehr lesbar. Binnen eines Tages wird wieder gefragt.`;
      case "spending":
        return `Wessen Ausgaben Kilo gemeldet hat (${write.moment(record.at)}), ist nicht mehr lesbar: Aktualisieren Sie, um Kilo wieder zu fragen.`;
      case "what-if":
        return `Die gespeicherte Annahme „${record.name}“ ist nicht mehr lesbar: Speichern Sie sie unter demselben Namen neu, oder entfernen Sie sie.`;
    }
  },
  live: {
    askingKiro: "Kiro wird gefragt …",
    askingKilo: "Kilo wird gefragt …",
    outdated: (since) => ended(`Veraltet · ${since}`),
    failed: (sentence, reason, vendor) => {
      switch (reason) {
        case "sign-in":
          return `Öffnen Sie ${vendor}, um sich neu anzumelden.`;
        case "offline":
          return `${vendor} ist nicht zu erreichen. Prüfen Sie die Verbindung.`;
        case "timed-out":
          return `${vendor} hat nicht rechtzeitig oder nur halb geantwortet.`;
        case "throttled":
          return `${vendor} bittet, mit der nächsten Frage zu warten.`;
        case "not-supported":
          return `Dieses Konto wird von anderen verwaltet; ${vendor} nennt dafür keine Zahlen.`;
        case "suspended":
          return `${vendor} hat dieses Konto gesperrt. Warum, kann der dortige Kundendienst sagen.`;
        case "server":
          return `Bei ${vendor} ist ein Fehler aufgetreten. Meist geht das vorüber; Headroom fragt später wieder.`;
        case "unreadable":
          return `${vendor} hat in einer Form geantwortet, die Headroom nicht kennt.`;
        case null:
          return sentence;
      }
    },
    quotedByKiro: (at) => `Laut Kiro, ${at}`,
    quotedByKilo: (at) => `Laut Kilo, ${at}`,
    bonusMixed: (at) =>
      `Was Kiro am ${at} sagte, enthält Bonus-Credits, die sich nicht trennen lassen: Diese Zahlen sind berechnet.`,
    otherMonth: (at) => `Was Kiro am ${at} sagte, gilt für einen anderen Monat: Diese Zahlen sind berechnet.`,
  },
  sample: {
    title: "Beispielkonto",
    madeUp: "Jede Zahl hier ist erfunden: Es ist niemandes Rechnung.",
    about: "Erfundene Nutzung, mit den echten Regeln berechnet.",
  },
  failure: {
    title: "Headroom kann seine Daten nicht lesen",
    about:
      "Nichts wurde geändert. Was Kiro auf diesem Rechner aufbewahrt, ist unberührt und kann neu importiert werden.",
    again: "Noch einmal versuchen",
    restore: "Neueste Kopie wiederherstellen",
    restored: (restored) => {
      const records = count(restored.came_back, "neuerer Eintrag", "neuere Einträge");
      const copy = restored.copied_at
        ? `Die Kopie von ${moment(restored.copied_at)} ist an ihrem Platz.`
        : "Eine neue Datei ist an ihrem Platz.";
      const lost = restored.complete ? "" : " Was sonst noch danach erfasst wurde, ist verloren.";
      return `${copy} Zurückgekommen: ${records}.${lost} Die beschädigten Dateien liegen in ${restored.damaged}.`;
    },
    cases: {
      "data-busy": {
        title: "Headrooms Daten werden gerade benutzt",
        about: "Ein anderes Headroom schreibt darin. Warten Sie, bis es fertig ist, und versuchen Sie es noch einmal.",
      },
      "data-full": {
        title: "Der Datenträger ist voll",
        about: "Nichts wurde geändert. Schaffen Sie Platz darauf und versuchen Sie es noch einmal.",
      },
      "data-no-right": {
        title: "Headroom darf seine Daten nicht lesen",
        about:
          "Geben Sie Ihrem Benutzer das Recht, die Datei und ihren Ordner zu lesen und zu schreiben, und versuchen Sie es noch einmal.",
      },
      "data-newer": {
        title: "Ihre Daten sind von einem neueren Headroom",
        about: "Sie wurden nicht angerührt. Installieren Sie die neuere Version, um sie zu öffnen.",
      },
      "data-foreign": {
        title: "Wo Headroom seine Daten aufbewahrt, liegt etwas anderes",
        about:
          "Es wurde nicht angerührt. Lassen Sie Headroom seine Daten in einem anderen Ordner aufbewahren: Setzen Sie HEADROOM_DATA_DIR.",
      },
      "data-behind": {
        title: "Ihre Aufzeichnungen fehlen",
        about:
          "Die Datendatei ist weg oder leer, aber es gibt Kopien davon. Das Wiederherstellen bringt die neueste zurück.",
      },
      "data-damaged": {
        title: "Headrooms Daten sind beschädigt",
        about:
          "Nichts wurde geändert. Das Wiederherstellen nimmt die neueste gute Kopie und ergänzt, was sich in der beschädigten Datei noch lesen lässt; diese bleibt erhalten.",
      },
    },
  },
  viewFailure: {
    title: "Diese Ansicht konnte nicht gezeigt werden",
    about: "Etwas darin ließ sich nicht zeichnen. Was erfasst ist, bleibt davon unberührt.",
    report: "Hilft ein neuer Versuch nicht, melden Sie es bitte dem Projekt mit dieser Zeile:",
    dialog: "Das ließ sich nicht öffnen.",
  },
  firstRun: {
    title: "Wie viel übrig ist und was als Nächstes abgebucht wird",
    about: (canAsk) =>
      `Sagen Sie Headroom, wofür Sie bezahlen, und es berechnet den Rest auf den Cent genau, auf diesem Rechner. Nichts wird verschickt${canAsk ? ", außer Sie lassen es den Anbieter fragen." : "."}`,
    whatFor: "Wofür Sie bezahlen",
    kinds: {
      "kiro-individual": { title: "Kiro, für mich", about: "Tarif, Credits, Mehrverbrauch" },
      "kiro-enterprise": { title: "Kiro, für eine Organisation", about: "Berichte und AWS-Rechnungen" },
      "kilo-teams": { title: "Kilo for Teams", about: "Guthaben, Plätze, Ausgaben" },
    },
    yourAccount: "Ihr Kiro-Konto",
    submit: "Meine Zahlen zeigen",
    readSessions: (files) => `Meine Nutzung aus ${sessions(files)} von Kiros Kommandozeile lesen`,
    readSessionsAbout: ": Zeit, Modell und Credits jeder Aufgabe; sonst wird nichts behalten.",
    noSessions:
      "Auf diesem Rechner wurden keine Sitzungen von Kiros Kommandozeile gefunden. Ein Ordner damit kann später importiert werden, in den Einstellungen.",
    readEstimates: (files) => `Schätzungen aus ${sessions(files)} von Kiros IDE lesen`,
    readEstimatesAbout: ": neben den Zahlen gezeigt, in keiner, die abgebucht wird.",
    askWithLogin: "Kiro nach meinen Zahlen fragen, mit der Anmeldung auf diesem Rechner",
    askThroughCommand: "Kiro nach meinen Zahlen fragen, über seine Kommandozeile",
    loginAbout: ": wird bei Gebrauch gelesen, nur an Kiro geschickt, nie behalten, geändert oder erneuert.",
    yourOrganisation: "Ihre Organisation",
    organisationAbout:
      "Ihre Zahlen kommen aus Dateien: den Nutzungsberichten, die Kiro jeden Tag schreibt, und den Kostenexporten von AWS. Sie werden auf diesem Rechner gelesen; alles, was davon behalten wird, steht in Headrooms eigener Datei.",
    yourTeam: "Ihr Team",
    kiloLogin: "Auf diesem Rechner ist eine Anmeldung bei Kilo.",
    kiloLoginAbout:
      ": wird bei Gebrauch gelesen, nur an Kilo geschickt, nie behalten, geändert oder erneuert. Kilo wird nach Ihren Teams gefragt, nach Guthaben, Plätzen, Mitgliedern und Ausgaben.",
    connect: "Mit Kilo verbinden",
    noKiloLogin:
      "Auf diesem Rechner wurde keine Anmeldung bei Kilo gefunden. Melden Sie sich in Kilos Kommandozeile oder Editor an und kommen Sie wieder, fügen Sie einen Schlüssel ein, oder beginnen Sie mit der Nutzung, die Kilos Seite herunterladen lässt.",
    looking: "Nur umsehen?",
    sampleAbout: "vier Monate erfundene Nutzung, als solche gekennzeichnet, jederzeit zu entfernen",
  },
  cards: {
    title: "Konten nebeneinander",
    creditsUntil: (day) => `Credits übrig bis ${day}`,
    balanceUntil: (day) => `übrig, bei diesem Tempo bis ${day}`,
    toTell: "noch einzurichten",
  },
  overview: {
    comparePlans: "Tarife vergleichen",
    nextPlan: (plan, day) => `${plan} ab ${day}`,
    planDiffers: (quoted, plan) =>
      `Kiro sagt, dieses Konto sei auf ${quoted}; nach seinen Angaben ist es ${plan}. Abbuchungen werden aus den Angaben berechnet: Berichtigen Sie sie in den Einstellungen.`,
    whilePaused: (many) =>
      `${count(many, "Aufgabe lief", "Aufgaben liefen")}, als nach den Angaben des Kontos Anfragen ausgesetzt waren. Sie sind in keiner Zahl: Prüfen Sie Tarif und Mehrverbrauch.`,
    beforeSignUp: (many) =>
      `${count(many, "Aufgabe lief", "Aufgaben liefen")} vor dem Tag der Registrierung und fehlen hier: Prüfen Sie diesen Tag in den Einstellungen.`,
    unknownLeft: "Noch ist keine Nutzung erfasst, daher ist nicht bekannt, was übrig ist.",
    pausedUntil: (day) => `Anfragen sind ausgesetzt, bis sich die Credits am ${day} erneuern.`,
    extraCharged: (credits) => `Der Tarif ist aufgebraucht, ${credits} zusätzliche Credits werden berechnet.`,
    justLasts: "Bei diesem Tempo reichen die Credits gerade bis zur Erneuerung.",
    leftAtReset: (percent) => `Bei diesem Tempo sind bei der Erneuerung etwa ${percent} übrig.`,
    limitIn: (time) => `Bei diesem Tempo ist die Grenze in etwa ${time} erreicht.`,
    usedUp: (day) => `Die Credits sind aufgebraucht; sie erneuern sich am ${day}.`,
    tooEarly: "Zu früh im Monat, um zu sagen, wohin dieses Tempo führt.",
    barWords: (used, left, percent) =>
      `${used} Credits sind verbraucht und ${left} übrig, ${percent} des Monats sind vorbei`,
    creditsAMonth: "Credits im Monat",
    creditsLeft: "Credits übrig",
    creditsUsed: "Credits verbraucht",
    showLeft: "Zeigen, was übrig ist",
    showUsed: "Zeigen, was verbraucht ist",
    renews: (moment, time) => `Erneuert sich am ${moment}, in ${time}`,
    planUsedUp: (extra) => `Tarif aufgebraucht + ${extra} zusätzlich`,
    aMonth: (allowance) => `${allowance} im Monat`,
    leftOf: (left, allowance) => `${left} von ${allowance} übrig`,
    bonus: "Bonus, zuerst verbraucht",
    bonusLeft: (left, allowance, day) => `${left === null ? "" : `${left} von `}${allowance} übrig bis ${day}`,
    overageSoFar: (credits, charge) => `${credits} Credits, bisher ${charge}`,
    beyond: "Über den Tarif hinaus, nicht berechnet",
    thatDay: (credits, many) => `${credits} Credits in ${tasks(many)}`,
    unknownThatDay: (many) => `${tasks(many)} mit unbekannten Kosten`,
    recentDays: "Letzte Tage",
    creditsADay: "Credits je Tag, UTC",
    creditsByDay: "Credits nach Tagen",
    nextCharge: "Nächste Abbuchung",
    yourTime: (utc) => `Ortszeit (${utc})`,
    withoutOverage: "ohne jeden Mehrverbrauch",
    ifNothingMore: "wenn nichts mehr verbraucht wird",
    costsNothing: (plan) => `Nichts: ${plan} kostet nichts.`,
    kiroCounts: (used, recorded, elsewhere, more) =>
      `Kiro zählt ${used} verbrauchte Credits; die hier erfassten Aufgaben ergeben ${recorded}${
        elsewhere
          ? `: ${elsewhere} wurden anderswo verbraucht, etwa in der IDE, und sind in jeder Zahl.`
          : more
            ? `: ${more} mehr, als Kiro zählt.`
            : "."
      } Die Abbuchungen berechnet Headroom.`,
    computedFrom: (many, last) =>
      `Von Headroom berechnet aus ${count(many, "gemessenen Aufgabe", "gemessenen Aufgaben")} von Kiros Kommandozeile und den Angaben zum Konto${last ? `; letzte Nutzung ${last}` : ""}. Nutzung in Kiros IDE ist nicht enthalten.`,
    unmetered: (many) =>
      `${count(many, "ältere Aufgabe hat", "ältere Aufgaben haben")} keine Messung: unbekannt, in keiner Zahl.`,
    estimated: (credits, many) =>
      `Sitzungen von Kiros IDE auf diesem Rechner schätzen ${credits} Credits mehr in ${tasks(many)}: eine Schätzung, in keiner Zahl.`,
  },
  overage: {
    title: "Mehrverbrauch",
    stop: (allowance) => `Bei ${allowance} Credits anhalten`,
    allow: (price) => `Mehrverbrauch erlauben, ${price} je Credit`,
    packs: (allowance, price, credits) =>
      `In dieser Preisliste gibt es keinen Mehrverbrauch: Über ${allowance} Credits hinaus werden Zusatzpakete im Voraus gekauft, ab ${price} für ${credits} Credits.`,
    none: (plan, allowance) => `${plan} hat keinen Mehrverbrauch: Anfragen werden bei ${allowance} Credits ausgesetzt.`,
    on: "An",
    off: "Aus",
    since: (moment) => ` seit ${moment}`,
    goesOn: (allowance, price) => `Über ${allowance} Credits hinaus geht es weiter, zu je ${price}.`,
    pauses: (allowance) => `Anfragen werden bei ${allowance} Credits ausgesetzt.`,
    confirmed: (on, at) => `Kiro zeigt Mehrverbrauch als ${onOff(on)}, wie am ${at} verlangt.`,
    requested: (on, at) => `Kiro wurde am ${at} gebeten: Mehrverbrauch ${onOff(on)}. Noch nicht bestätigt.`,
    notConfirmed: (on) =>
      `Eine Minute danach zeigt Kiro Mehrverbrauch nicht als ${onOff(on)}. Sehen Sie auf seiner Kontoseite nach.`,
    goesOff: (day) => `Er endet mit dem Tarif am ${day}.`,
    noneNeeded: "Bei diesem Tempo ist diesen Monat keiner nötig.",
    atThisPace: (on, credits, charge) =>
      `Bei diesem Tempo ${on ? "sind es diesen Monat" : "wären es"} ${credits} Credits, ${charge}.`,
    question: (consequence) => `${consequence}?`,
    stopConsequence: "Von jetzt an werden Anfragen ausgesetzt, wenn die Credits des Tarifs aufgebraucht sind.",
    staysOnBill: (credits, charge) =>
      `Die ${credits} zusätzlichen Credits dieses Monats bleiben auf der Rechnung: ${charge}.`,
    allowConsequence: (allowance, price) =>
      `Jeder Credit über ${allowance} hinaus wird am Monatsende mit ${price} berechnet.`,
    paceConsequence: (charge) => `Bei diesem Tempo sind das ${charge} für diesen Monat.`,
    asksKiro:
      "Headroom bittet Kiro einmal darum, mit der Anmeldung auf diesem Rechner, und sieht dann nach, ob Kiro es zeigt.",
    onlyRecorded:
      "Das ändert, womit Headroom rechnet. Bei Kiro schaltet es nichts um: Tun Sie das dort auf Ihrer Kontoseite.",
  },
  plans: {
    yours: "Ihr Tarif",
    fromNextMonth: "Ab nächstem Monat",
    question: "Was würde ein Wechsel zu diesem Tarif bewirken?",
    used: (used, projected) =>
      (used === null ? "Noch ist keine Nutzung erfasst" : `Diesen Monat ${used} Credits verbraucht`) +
      (projected === null ? "" : `, bei diesem Tempo bis zum Ende etwa ${projected}`),
    allowance: (credits) => `${credits} Credits im Monat`,
    month: (charge) => `${charge} für einen solchen Monat`,
    notEnough: "reicht für einen solchen Monat nicht",
    cheapest: "Bei diesem Tempo am günstigsten",
    breakEven: "Wo sich der größere Tarif lohnt",
    breakEvenAbout: (price) => `Zusätzliche Credits im Monat, die zu je ${price} so viel kosten wie der größere Tarif.`,
    breakEvenChart: "Ein Monat auf jedem Tarif",
    breakEvenChartAbout: (price) =>
      `Kosten nach verbrauchten Credits, ohne Steuer: der Preis des Tarifs und ${price} für jeden Credit darüber hinaus.`,
    breakEvenHere: (credits) => `Bei diesem Tempo: ${credits}`,
    breakEvenAt: (credits) => `Bei ${credits} Credits`,
    models: "Was Modelle kosten",
    modelsAbout: (at) => `Das Vielfache der Credits, die dieselbe Aufgabe mit Auto kostet. Laut Kiro, ${at}.`,
    notSaid: "nicht gesagt",
    replay: "Vergangene Monate auf jedem Tarif",
    replayCheapest: (plan, months) => `${plan} wäre über ${count(months, "Monat", "Monate")} am günstigsten gewesen.`,
    replayAbout: "Jeden Monat der volle Preis, und Mehrverbrauch für das, was die Credits des Tarifs nicht decken.",
    replayTable: "Tabelle vergangener Monate",
    monthColumn: "Monat",
    tax: (named) =>
      named === null ? "Preise ohne Steuer." : `Preise ohne Steuer. Zu jeder Abbuchung kommt hinzu: ${named}.`,
  },
  receipt: {
    stay: (plan) => `Bei ${plan} bleiben`,
    fromTo: (from, to) => `${from} zu ${to}`,
    asOf: (name, sample, moment) => `${name}${sample ? " (erfunden)" : ""}, Stand ${moment}`,
    chargeToday: "Abbuchung heute",
    range: (low, high) =>
      `Kiros Seiten zählen den begonnenen Tag mal mit, mal nicht; die Abbuchung liegt zwischen ${low} und ${high}.`,
    cancelled: "Der geplante Wechsel ist aufgehoben. Nichts wird abgebucht.",
    later: (plan, day) =>
      `Heute wird nichts abgebucht. ${plan} beginnt am ${day}; bis dahin bleibt alles, wie es ist, und von diesem Monat wird nichts erstattet.`,
    billOn: (day) => `Rechnung am ${day}`,
    creditsLeft: "Übrige Credits des Tarifs",
    avoided: "Mehrverbrauch, der wegfällt",
    breakEven: (plan, credits, soFar, pace) =>
      `${plan} lohnt sich ab ${credits} zusätzlichen Credits im Monat${soFar === null ? "" : `; bisher sind es ${soFar}${pace === null ? "" : `, es geht auf ${pace} zu`}`}.`,
    waiting: {
      same: (_total, day) => ended(`Warten kostet nichts: Die Abbuchung bleibt gleich bis ${day}`),
      lower: (total, day) => ended(`Die Abbuchung sinkt mit jedem Tag: ${total} am ${day}`),
      higher: (total, day) => ended(`Warten kostet mehr: ${total} am ${day}`),
    },
    openKiro: "Kiros Kontoseite öffnen",
    changedThere: "Ich habe dort gewechselt",
    neverBuys: "Headroom kauft nie.",
    shouldAsk: (total) => `Jene Seite sollte ${total} verlangen.`,
    record: (plan) => `Wechsel zu ${plan} erfassen?`,
    recordConfirm: (plan) => `${plan} erfassen`,
    recordConsequence: (charge) =>
      `Von jetzt an rechnet Headroom damit${charge === null ? "" : ` und nimmt ${charge} als heute abgebucht an`}. Kiro erfährt nichts davon.`,
  },
  organisation: {
    inMonth: (month) => `im ${month}, ohne Steuer`,
    used: (subscriptions, credits, overage) =>
      `${count(subscriptions, "Abonnement", "Abonnements")}, ${credits === null ? "verbrauchte Credits nicht bekannt" : `${credits} Credits verbraucht`}${overage === null ? "." : `, davon ${overage} Mehrverbrauch.`}`,
    computedFrom: (many, last) =>
      `Nach den Regeln berechnet aus ${rows(many)} der Nutzungsberichte${last ? `, bis ${last}` : ""}.`,
    notKnown: "Was dieser Monat kostet, ist nicht bekannt.",
    noReports: "Noch ist kein Nutzungsbericht importiert.",
    noReportsAbout:
      "Kiro schreibt jeden Tag einen in den Speicher, den seine Konsole nennt: Importieren Sie diesen Ordner oder eine Kopie davon. Rechnungen kommen aus den Kostenexporten von AWS.",
    billed: "Von AWS berechnet",
    billOf: (month, users) => `für ${month}, vor Steuer, ${count(users, "Person", "Personen")}`,
    parts: {
      subscriptions: "Abonnements",
      credits: "Credits des Mehrverbrauchs",
      discounts: "Gutschriften und Rabatte",
      other: "Anderes",
    },
    noBill: "Noch ist kein Kostenexport importiert.",
  },
  teamOverview: {
    notSaid: "Kilo hat noch nicht gesagt, was übrig ist.",
    nothingLeft: "Nichts ist übrig: Anfragen warten auf Guthaben.",
    usedUpBy: (moment) => `Bei diesem Tempo aufgebraucht am ${moment}.`,
    lasts: (days, day) => `Reicht bei diesem Tempo etwa ${number(days)} Tage, bis ${day}.`,
    noBurn: "Nichts wird ausgegeben.",
    burnUnknown: "Wie lange es reicht, ist nicht bekannt: Nichts sagt, was das ganze Team ausgibt.",
    balance: "Guthaben",
    ofCredits: "Guthaben übrig",
    spentADay: (days) => `Ausgaben je Tag, über ${count(days, "Tag", "Tage")}`,
    topUp: "Der kleinste Kauf, der 30 Tage länger reicht",
    gift: "Geschenk, das verfällt, zuerst ausgegeben",
    purchase: "Kauf, der verfällt, zuerst ausgegeben",
    until: (amount, day) => `${amount} bis ${day}`,
    autoTopUp: "Automatisches Aufladen",
    dollarsADay: "Dollar je Tag, UTC",
    dollarsByDay: "Dollar nach Tagen",
    lastSpending: (day) => `Die letzten Ausgaben sind vom ${day}.`,
    unknownCost: (many) => `Die Kosten von ${rows(many)} sind nicht gesagt: Diese Summen sind zu niedrig.`,
    cut: "Es gab mehr, als Kilo auf einmal nennt: Diese Summen sind zu niedrig.",
    noSpending: "Noch sind keine Ausgaben bekannt",
    forSeats: "für Plätze",
    spentThisMonth: (amount, machine) =>
      `Diesen Monat wurden ${amount} ausgegeben${machine === null ? "" : `; die Anfragen dieses Rechners kommen auf ${machine}`}.`,
    computed: "Wie lange das Guthaben reicht und die nächste Abbuchung berechnet Headroom.",
  },
  facts: {
    plan: "Tarif",
    planAbout: "Im Monat, ohne Steuer. Ihren Tarif sehen Sie in Kiro unter Account.",
    firstPaid: "Erster bezahlter Tag",
    firstPaidEver: "Erster bezahlter Tag (falls es je einen gab)",
    firstPaidAbout: "Der Tag Ihrer ersten Zahlung für Kiro. Der erste Monat wird nach Tagen berechnet.",
    country: "Land der Rechnungsadresse",
    notSold: "Dort verkauft Kiro keine bezahlten Tarife.",
    countryAbout: "Danach richtet sich die Steuer.",
    bonus: "Die Bonus-Credits meiner Registrierung mitzählen",
    bonusAbout: (credits, days) => `${credits} Credits, die ${days} Tage gelten; weglassen, wenn das vorbei ist.`,
    signUp: "Tag der Registrierung",
    priceList: "Preisliste",
    withOverage: "Mit Mehrverbrauch, am Monatsende berechnet.",
    withPacks: "Mit im Voraus gekauften Zusatzpaketen, ohne Mehrverbrauch.",
    overageOn: "Mehrverbrauch ist in meinem Kiro-Konto an",
    correctsPlan:
      "Das berichtigt den Tarif seit Ihrem ersten bezahlten Tag. Haben Sie ihn seither gewechselt, erfassen Sie das unter Tarife.",
    nothingChanged: "Nichts wurde geändert, daher wird nichts gespeichert.",
  },
  teamFacts: {
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
  },
  accounts: {
    title: "Konten verwalten",
    nameOf: (name) => `Name von ${name}`,
    rename: "Umbenennen",
    kinds: {
      "kiro-individual": "Kiro, eine Person",
      "kiro-enterprise": "Kiro, Organisation",
      "kilo-teams": "Kilo for Teams",
    },
    madeUp: "erfundene Zahlen",
    hidden: "ausgeblendet",
    show: "Einblenden",
    hide: "Ausblenden",
    addPerson: "Kiro für eine Person hinzufügen",
    addOrganisation: "Kiro-Organisation hinzufügen",
    addKilo: "Kilo-Teams hinzufügen",
    addTeam: "Team ohne Anmeldung hinzufügen",
    kiloAsked: ["Kilo wird gefragt, in welchen Teams diese Anmeldung ist:", "."],
    noKilo:
      "Auf diesem Rechner wurde keine Anmeldung bei Kilo gefunden: Teams können hinzugefügt werden, sobald Sie in Kilos Kommandozeile oder Editor angemeldet sind. Ein Team ohne Anmeldung lebt von importierter Nutzung.",
    hiddenAbout: "Ein ausgeblendetes Konto behält, was erfasst ist, und niemand wird danach gefragt.",
  },
  kiloKey: {
    kept: "Ein Schlüssel für Kilo liegt im Schlüsselbund des Systems.",
    forget: "Vergessen",
    field: "API-Schlüssel von Kilo",
    keep: "Schlüssel behalten",
    about:
      "Aus Ihrem Profil auf Kilos Seite. Er liegt im Schlüsselbund des Systems, in keiner Datei von Headroom, und geht nur an Kilo.",
  },
  import: {
    kinds: {
      "kiro-sessions": {
        title: "Sitzungen von Kiros Kommandozeile",
        about: "Zeit, Modell und Credits jeder Aufgabe; Sitzungen, die schon importiert wurden, bringen nur das Neue.",
      },
      "kiro-ide-sessions": {
        title: "Sitzungen von Kiros IDE",
        about: "Schätzungen: neben den Zahlen gezeigt, in keiner, die abgebucht wird.",
      },
      "kiro-activity": {
        title: "Nutzungsberichte",
        about: "CSV-Dateien, wie Kiro sie exportiert, eine Datei oder ein Ordner mit allen.",
      },
      "aws-cost": {
        title: "Kostenexporte von AWS",
        about:
          "CUR 2.0 oder der ältere Bericht, als CSV, CSV.gz oder Parquet. Ein Monat, der noch einmal kommt, ersetzt den alten.",
      },
      "kilo-usage": {
        title: "Nutzungsexporte von Kilo",
        about: "Die CSV-Datei, die Kilos Nutzungsseite herunterladen lässt, nach Tagen oder Stunden.",
      },
      "kilo-database": {
        title: "Kilos Anfragen auf diesem Rechner",
        about: "kilo.db: die Kosten jeder Anfrage mit ihrem Modell, neben den Ausgaben des Teams gezeigt.",
      },
    },
    sessionsIn: (files, folder) => `${sessions(files)} in ${folder}`,
    found: "Gefunden:",
    notFound: "Am üblichen Ort wurden keine gefunden.",
    folder: "Ordner wählen …",
    file: "Datei wählen …",
    running: (what, many, seconds) =>
      `Import: ${what}${many === null ? "" : `, ${rows(many)}`}${seconds > 0 ? `, ${seconds} s` : ""}`,
    stop: "Anhalten",
    stopAbout: "Wird es angehalten, bleibt nichts davon.",
  },
  imported: {
    kinds: {
      "kiro-sessions": { read: tasks, added: newTasks },
      "kiro-ide-sessions": { read: tasks, added: newTasks },
      "kiro-activity": { read: rows, added: (many) => count(many, "neue Zeile", "neue Zeilen") },
      "aws-cost": { read: rows, added: (many) => count(many, "neuer Monat", "neue Monate") },
      "kilo-usage": { read: rows, added: newDays },
      "kilo-database": { read: requests, added: newDays },
    },
    inAll: (amount) => `zusammen ${amount}`,
    from: (read, files) => `aus ${read} in ${count(files, "Datei", "Dateien")}.`,
    known: (many) => `${count(many, "war", "waren")} schon bekannt.`,
    estimates: "Es sind Schätzungen, in keiner Zahl, die abgebucht wird.",
    unmetered: (read) => `Ohne Messung: ${read}. Was sie kosten, ist unbekannt und in keiner Zahl.`,
    undated: (many) =>
      `${count(many, "Aufgabe hat", "Aufgaben haben")} keine lesbare Zeit und ${many === 1 ? "fehlt" : "fehlen"} hier.`,
    replaced: (many) => `${count(many, "wurde", "wurden")} durch einen neueren Export ersetzt.`,
    bill: (news, write) => {
      const [of, amount] = [write.month(news.month), write.money(news.amount)];
      if (news.kind === "refused")
        return `Die Rechnung für ${of} über ${amount} nennt keinen Zahler, und der Monat geht an ${news.payers.join(", ")}: Sie wurde nicht übernommen. Exportieren Sie sie mit der Spalte bill_payer_account_id.`;
      const payer = news.payer === null ? "" : `, Zahler ${news.payer}`;
      return news.before === null
        ? `Rechnung für ${of}${payer}, die nicht mehr lesbar war, wurde ersetzt: jetzt ${amount}.`
        : `Rechnung für ${of}${payer}, wurde ersetzt: bisher ${write.money(news.before)}, jetzt ${amount}.`;
    },
    bad: (many) =>
      `${count(many, "Zeile konnte", "Zeilen konnten")} nicht gelesen werden und ${many === 1 ? "ist" : "sind"} in keiner Zahl:`,
    line: (line) => `Zeile ${line}`,
    skipped: (many) => `${count(many, "Datei wurde", "Dateien wurden")} übergangen:`,
    more: (many) => `und ${number(many)} weitere`,
  },
  lines: {
    fullMonth: "Ein voller Monat",
  },
  invoices: {
    intro:
      "Was abgebucht wurde, Monat für Monat, nach den Regeln berechnet aus den Angaben zum Konto und der erfassten Nutzung.",
    introTeam:
      "Was abgebucht wurde, Zeitraum für Zeitraum, nach den Regeln berechnet aus dem, was Kilo und Sie über das Team sagen.",
    list: "Zeiträume",
    running: "Läuft noch",
    upcoming: "Als Nächstes",
    upcomingNote: (moment, utc) => `${moment} Ortszeit (${utc}), wenn nichts mehr geschieht`,
    charged: (moment) => `Abgebucht am ${moment}`,
    toBeCharged: (moment) => `Wird abgebucht am ${moment}`,
    savePdf: (period) => `${period} als PDF speichern`,
    saveCsv: "CSV",
    saveJson: "JSON",
    savePeriod: "Diesen Zeitraum speichern",
    allCsv: "Alle als CSV speichern",
    empty: "Noch ist keine Abbuchung bekannt",
    emptyTeam: "Headroom muss wissen, wann das Team begann und was ein Platz kostet: Einstellungen.",
    emptyOrganisation: "Importieren Sie die Nutzungsberichte der Organisation oder ihre AWS-Rechnungen: Einstellungen.",
    quoted: "Neben den Zahlen des Anbieters",
    agrees: "Sie stimmen überein.",
    notesHeading: "Zu diesen Zahlen",
    footer:
      "Das sind nicht die Rechnungen des Anbieters: Was Headroom berechnet, wird mit dessen Zahlen verglichen, wo er welche nennt.",
  },
  usage: {
    step: "Zeigen nach",
    steps: { day: "Tagen", week: "Wochen", month: "Monaten" },
    creditsIn: (from, to) => `Credits von ${from} bis ${to}`,
    dollarsIn: (from, to) => `ausgegeben von ${from} bis ${to}`,
    nothing: "In diesen Tagen ist nichts erfasst.",
    tasks,
    requests,
    rows,
    unknown: (many) => `${tasks(many)} mit unbekannten Kosten, in keinem Betrag`,
    unknownRows: (many) => `${rows(many)} mit unbekannten Kosten, in keinem Betrag`,
    chart: "Im Lauf der Zeit",
    creditBars: "Credits, UTC-Tage",
    dollarBars: "Dollar, UTC-Tage",
    barWords: (amount, counted) => (counted ? `${amount} in ${counted}` : amount),
    nothingThen: "nichts erfasst",
    columnCredits: "Credits",
    columnDollars: "Ausgegeben",
    columnCount: "Aufgaben",
    columnRequests: "Anfragen",
    columnUnknown: "Mit unbekannten Kosten",
    by: {
      model: "Nach Modell",
      session: "Nach Sitzung",
      user: "Nach Person",
      client: "Nach Programm",
    },
    nameless: {
      model: "Modell nicht genannt",
      session: "Alles andere",
      user: "Person nicht genannt",
      client: "Programm nicht genannt",
    },
    heat: "Ein Jahr, Tag für Tag",
    heatAbout: "Jedes Quadrat ist ein Tag (UTC); dunkler ist mehr, neben den anderen Tagen.",
    heatLabel: "Tage eines Jahres",
    less: "weniger",
    more: "mehr",
    table: "Tabelle der Nutzung",
    list: "Jede Aufgabe",
    listReported: "Jede Zeile der Berichte",
    search: "Suchen",
    searchTasks: "Modelle und Sitzungen suchen",
    searchRows: "Modelle und Personen suchen",
    found: (many) => `${number(many)} gefunden`,
    when: "Wann",
    amountCredits: "Credits",
    amountDollars: "Ausgegeben",
    model: "Modell",
    client: "Programm",
    session: "Sitzung",
    user: "Person",
    kind: "Bekannt durch",
    marks: {
      metered: "von Kiro gemessen",
      reported: "berichtet",
      estimated: "geschätzt",
      unknown: "nicht bekannt",
    },
    sortBy: (column) => `Nach ${column} ordnen`,
    page: (page, pages) => `Seite ${number(page)} von ${number(pages)}`,
    previous: "Zurück",
    next: "Weiter",
    noneFound: "Nichts gefunden.",
    elsewhere: (credits) =>
      `${credits} Credits dieses Monats wurden laut Kiro anderswo verbraucht, etwa in der IDE: Kein Tag davon ist bekannt, daher sind sie in keinem Balken.`,
    estimated: (credits, many) =>
      `Sitzungen von Kiros IDE schätzen ${credits} Credits mehr in ${tasks(many)}: eine Schätzung, in keinem Balken.`,
    empty: "Noch ist keine Nutzung erfasst",
    emptyPerson:
      "Importieren Sie die Sitzungen, die Kiros Kommandozeile auf diesem Rechner hinterlässt: Einstellungen, Import.",
    emptyTeam:
      "Kilo sagt es, wenn es gefragt wird. Ein Nutzungsexport von Kilos Seite kann auch importiert werden: Einstellungen, Import.",
    emptyOrganisation: "Importieren Sie die Nutzungsberichte der Organisation: Einstellungen, Import.",
    importUsage: "Nutzung importieren",
    organisationMonth: "Der Monat des neuesten Berichts.",
    sources: {
      everyone: "Laut Kilo, vom ganzen Team.",
      "own-only": "Laut Kilo, Ihr eigener Teil: Mehr darf Ihre Rolle nicht sehen.",
      export: "Nach dem Nutzungsexport.",
      machine: "Nach den Anfragen dieses Rechners.",
    },
    computed: "Nach der Messung jeder Aufgabe, die Kiros Kommandozeile auf diesem Rechner hinterlässt.",
  },
  whatIf: {
    intro: "Nehmen Sie ein Tempo und einige Wechsel an und sehen Sie, wohin jede Wahl führt.",
    opened: (file) => `Angenommen von ${file}, nicht vom Konto.`,
    close: "Zurück zum Konto",
    suppose: "Annahmen",
    until: "Bis zum",
    untilSlider: "Der betrachtete Tag",
    aDay: "Credits je Tag",
    aDaySlider: "Credits je Tag von jetzt an",
    pace: (credits) => `Bisher in diesem Monat: ${credits} je Tag.`,
    noUsage: "Es ist keine Nutzung erfasst, daher wird eine gleichmäßige Nutzung des Tarifs angenommen.",
    noPace: "Es ist zu früh, um das Tempo zu nennen: Angenommen wird eine gleichmäßige Nutzung des Tarifs.",
    backToPace: "Zurück zum Tempo",
    changes: "Wechsel",
    noChanges: "Keine: Alles bleibt, wie es ist.",
    addChange: "Wechsel hinzufügen",
    changePlan: (plan) => plan,
    on: "Am",
    plan: "Tarif",
    keepPlan: "wie bisher",
    overage: "Mehrverbrauch",
    keepOverage: "wie bisher",
    turnOn: "an",
    turnOff: "aus",
    remove: "Diesen Wechsel entfernen",
    result: "Dann",
    leftUnknown: (day) => `Was am ${day} übrig ist, ist nicht bekannt`,
    unknownSince: "Für diesen Monat ist keine Nutzung erfasst, daher weiß niemand, wann die Credits enden.",
    knownFrom: "Für diesen Monat ist keine Nutzung erfasst. Ab dem nächsten führt Ihre Annahme hierhin.",
    left: (day) => `Credits übrig am ${day}`,
    runOutPaused: (day) => `Die Credits enden am ${day}, und Anfragen werden ausgesetzt.`,
    runOutCharged: (day) => `Die Credits enden am ${day}, zusätzliche werden berechnet.`,
    lasts: (day) => `Die Credits reichen bis ${day}.`,
    charged: (day) => `Abgebucht bis ${day}`,
    nextCharge: (moment) => `Abbuchung am ${moment}`,
    noNextCharge: "Keine weitere Abbuchung",
    extra: "Berechnete zusätzliche Credits",
    unserved: "Credits, die nicht genutzt werden konnten",
    chart: "Übrige Credits, Tag für Tag",
    chartLabel: "Übrige Credits nach Tagen",
    chartWords: (day, credits) => `${day}: ${credits} Credits übrig`,
    courses: "Jede Wahl, jetzt getroffen",
    courseTable: "Tabelle der Möglichkeiten",
    choice: "Wahl",
    withOverage: (plan) => `${plan}, Mehrverbrauch an`,
    withoutOverage: (plan) => plan,
    unchanged: "wie jetzt",
    endsOn: "Credits enden",
    never: "sie reichen",
    pauses: "Pause",
    chargedShort: "Abgebucht",
    nextShort: "Nächste",
    leftShort: "Übrig",
    together: "Zusammen",
    cheapest: "am wenigsten",
    save: "Speichern",
    saveAs: "Name",
    saved: "Gespeichert",
    noSaved: "Noch nichts gespeichert.",
    savedNote: (name) => `Gespeichert als „${name}“.`,
    openSaved: (name) => `„${name}“ öffnen`,
    forget: (name) => `„${name}“ vergessen`,
    forgotten: (name) => `„${name}“ ist vergessen.`,
    export: "Als Szenario-Datei speichern",
    open: "Szenario-Datei öffnen …",
    fileNote: "Das JSON des Vertrags: headroom simulate berechnet daraus dasselbe.",
    footer:
      "Ein Tag gilt als eine Aufgabe an seinem Ende (UTC). Abbuchungen sind dafür genau; wann am Tag Anfragen ausgesetzt werden, ist es nicht.",
  },
  team: {
    users: "Personen",
    atRisk: (many) => `${number(many)} nahe der Grenze oder darüber`,
    seatReceipt: "Mehr oder weniger Plätze",
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
    range: (low, high) =>
      `Tage lassen sich mit oder ohne den begonnenen zählen; die Abbuchung liegt zwischen ${low} und ${high}.`,
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
      "past-due": (end) => `Eine Zahlung ist gescheitert. Das Team wird bis ${end} bedient; danach ist es gesperrt.`,
      suspended: (end) =>
        `Das Team ist wegen einer gescheiterten Zahlung gesperrt. Seine Daten bleiben bis ${end}; eine Zahlung stellt es sofort wieder her.`,
      "data-deleted": (end) => `Die Daten des Teams gingen am ${end}: Es ist geschlossen.`,
      active: () => "Alles ist bezahlt.",
    },
    members: "Mitglieder",
    noMembers: "Noch sind keine Mitglieder bekannt.",
  },
  seats: {
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
  },
  users: {
    user: "Person",
    tier: "Stufe",
    used: "Verbrauchte Credits",
    cost: "Dieser Monat",
    billed: "Berechnet für die Person",
    cheapest: "Günstigste Stufe",
    of: (allowance) => `von ${allowance}`,
    saves: (amount) => `spart ${amount}`,
    search: "Personen suchen",
    onlyNotable: "Nur, wer auffällt",
    table: "Tabelle der Personen",
    nobody: "Niemand passt dazu.",
    more: (many) => `${number(many)} weitere zeigen`,
    inOverage: (credits) => `${credits} über die Stufe hinaus, berechnet`,
    atLimit: "alles verbraucht, Mehrverbrauch ist aus",
    nearLimit: "nahe der Grenze",
    twice: "Mehr als einmal bezahlt",
    profiles: (names) => `unter den Profilen ${names}, laut den Berichten`,
    accounts: (names) => `in den Konten ${names}, laut der Rechnung`,
    nobodyTwice: "Niemand, laut den Berichten und der Rechnung.",
    saving: (amount) => `${amount} weniger im Monat mit der günstigsten Stufe für alle, bei diesem Tempo.`,
  },
  session: {
    removed: (name) => `${name} ist entfernt.`,
    restored: (name) => `${name} ist wieder da.`,
    allDeleted: "Alles ist gelöscht.",
    overageRecorded: (on) => `Mehrverbrauch ist als ${onOff(on)} erfasst.`,
    key: (kept) => (kept ? "Der Schlüssel liegt im Schlüsselbund des Systems." : "Der Schlüssel ist vergessen."),
    renamed: (name) => `Es heißt jetzt ${name}.`,
    hidden: (name, hidden) => (hidden ? `${name} ist ausgeblendet.` : `${name} ist wieder eingeblendet.`),
    teamSaved: "Die Angaben zum Team sind gespeichert.",
    changeRecorded: (plan) => `Der Wechsel zu ${plan} ist erfasst.`,
    factsSaved: "Die Angaben zum Konto sind gespeichert.",
    factsReplace: (changes) =>
      `Die Angaben zum Konto sind gespeichert. ${changes.map(({ plan, on }) => `Der Wechsel zu ${plan}, erfasst am ${on}, zählt nicht mehr.`).join(" ")}`,
    factsAlready: "Nichts geändert: Das Konto hat diese Angaben schon.",
  },
  settings: {
    saveFacts: "Angaben speichern",
    organisationFacts: "Alles darüber kommt aus ihren Nutzungsberichten und Kostenexporten.",
    removeSample: "Beispiel entfernen",
    removeThis: "Dieses Konto entfernen",
    removeQuestion: (name) => `${name} entfernen?`,
    remove: "Entfernen",
    removeConsequence:
      "Die Angaben und die erfasste Nutzung verlassen Headroom. Das lässt sich rückgängig machen, bis Headroom geschlossen wird.",
    removeKeeps: "Die eigenen Dateien des Anbieters bleiben und können wieder importiert werden.",
    import: "Import",
    importGoesTo: (name) => `Es geht an ${name ?? "ein eigenes Konto"}, nie an das Beispiel.`,
    live: "Die Zahlen der Anbieter selbst",
    askKiro: "Kiro nach meinen Zahlen fragen",
    kiroLogin: [
      "Mit der Anmeldung in",
      ", alle fünf Minuten, solange dieses Fenster zu sehen ist. Sie wird bei Gebrauch gelesen und geht nur an Kiro; nie wird sie behalten, geändert oder erneuert.",
    ],
    kiroCommand: ["Über", ", das eine eigene Anmeldung hat."],
    noKiroLogin:
      "Auf diesem Rechner wurde keine Anmeldung bei Kiro gefunden. Melden Sie sich zuerst in Kiros IDE oder Kommandozeile an.",
    askKilo: "Kilo nach den Zahlen meiner Teams fragen",
    kiloLogin: ["Mit der Anmeldung in", ", die nur an Kilo geht."],
    noKiloLogin:
      "Auf diesem Rechner wurde keine Anmeldung bei Kilo gefunden: Melden Sie sich in Kilos Kommandozeile oder Editor an, oder fügen Sie einen Schlüssel ein.",
    pauseOnBattery: "Im Akkubetrieb niemanden von selbst fragen",
    about: "Über Headroom",
    computesBy: (version) => `Headroom ${version}. Es rechnet nach diesen Preislisten:`,
    checked: (date) => `Geprüft am ${date} anhand von:`,
    updated: (date) => `, Stand ${date}`,
    notEndorsed: "Headroom ist nicht von den Anbietern gemacht oder empfohlen, für die es rechnet.",
    alerts: {
      title: "Mitteilungen",
      about: "Jede einmal je Zeitraum, ohne Ton.",
      kinds: {
        used: "Wenn 50, 80, 95 und 100 % des Tarifs verbraucht sind",
        run_out:
          "Wenn die Credits bei diesem Tempo vor der Erneuerung enden, oder das Guthaben eines Teams binnen drei Tagen",
        bonus: "Wenn Bonus-Credits binnen drei Tagen verfallen",
        overage: "Wenn Mehrverbrauch begonnen hat",
      },
      guard: "Ausgabenwächter, Dollar",
      noGuard: "keiner",
      guardAbout: "Meldet sich, wenn der Mehrverbrauch eines Monats das erreicht.",
    },
    look: {
      title: "Aussehen",
      colours: "Farben",
      themes: { system: "Wie das System", light: "Hell", dark: "Dunkel" },
      density: "Dichte",
      densities: { comfortable: "Bequem", compact: "Eng" },
      language: "Sprache",
      systemLanguage: "Wie das System",
      numbers: "Zahlen",
      numbersOfLanguage: "Wie die Sprache",
      hide: "Beträge verbergen, um den Bildschirm zu zeigen",
      closeToTray: "Schließen lässt Headroom in der Leiste",
      noTray: "Dieser Desktop hat keine Leiste für Programmsymbole.",
      autostart: "Mit der Sitzung starten",
    },
    data: {
      title: "Daten",
      where: "Alles, was Headroom weiß, ist in einer Datei auf diesem Rechner, nur für Sie lesbar:",
      showFolder: "Ordner zeigen",
      backUp: "Kopie speichern …",
      exportAll: "Alles als Text exportieren …",
      openSample: "Beispielkonto öffnen",
      about: "Eine Kopie kann an die Stelle der Datei zurück. Der Text hat jeden Eintrag als eine Zeile JSON.",
      deleteAll: "Alles löschen …",
      deleteQuestion: "Alles löschen, was Headroom weiß?",
      deleteConfirm: "Alles löschen",
      deleteConsequence:
        "Konten, erfasste Nutzung, Abrechnungen und Einstellungen werden endgültig gelöscht, und ein eingefügter Schlüssel verlässt den Schlüsselbund des Systems. Die eigenen Dateien der Anbieter bleiben.",
    },
  },
  palette: {
    title: "Gehe zu oder tue",
    placeholder: "Ansicht, Konto oder Aktion eingeben",
    nothing: "Nichts heißt so.",
    goTo: (view) => `Zu ${view}`,
    account: (name) => `${name} zeigen`,
    refresh: "Aktualisieren",
    hide: "Beträge verbergen",
    show: "Beträge zeigen",
    theme: { light: "Helle Farben", dark: "Dunkle Farben", system: "Farben wie das System" },
    shortcuts: "Tastenkürzel",
    pdf: "Letzten Monat als PDF speichern",
    openScenario: "Szenario-Datei öffnen …",
  },
  shortcuts: {
    title: "Tastenkürzel",
    palette: "Überallhin gehen, alles tun",
    view: "Die Ansichten, nach ihrem Platz",
    refresh: "Aktualisieren",
    hide: "Beträge verbergen oder zeigen",
    help: "Diese Liste",
    close: "Einen Dialog schließen",
    charts: "In einem Diagramm: von Tag zu Tag; zum ersten und zum letzten",
    done: "Schließen",
  },
  alerts: {
    title: (account) => `Headroom: ${account}`,
    used: (percent, left, renews) => `${percent} des Tarifs sind verbraucht: ${left} Credits sind übrig bis ${renews}.`,
    usedUp: (renews) => `Die Credits des Tarifs sind aufgebraucht; sie erneuern sich am ${renews}.`,
    runOut: (at) => `Bei diesem Tempo ist es aufgebraucht am ${at}.`,
    bonus: (left, at) => `${left} vom Bonus verfallen am ${at}.`,
    overage: (charge) => `Mehrverbrauch hat begonnen: bisher ${charge}.`,
    guard: (charge, guard) => `Mehrverbrauch ist bei ${charge}, über Ihrem Wächter von ${guard}.`,
  },
  tray: {
    open: "Headroom öffnen",
    refresh: "Aktualisieren",
    quit: "Beenden",
    left: (name, left) => `${name}: ${left} übrig`,
    cost: (name, cost) => `${name}: ${cost} diesen Monat`,
    unknown: (name) => `${name}: noch nicht bekannt`,
  },
};
