/** The window in English. Every other language has the same keys: the compiler holds them to it. */
import phrases from "../../../src-tauri/crates/app/words/en.json";
import { count, number } from "../format/amounts";
import { moment } from "../format/moments";
import type { BillPart } from "../ipc/bindings/BillPart";
import type { DataCase } from "../state/data-case";
import type { FailureReason } from "../ipc/bindings/FailureReason";
import type { ImportKind } from "../ipc/bindings/ImportKind";
import type { Kind } from "../ipc/bindings/Kind";
import type { BillNews } from "../ipc/bindings/BillNews";
import type { RestoredView } from "../ipc/bindings/RestoredView";
import type { UnreadableRecord } from "../ipc/bindings/UnreadableRecord";
import type { UsageBy } from "../ipc/bindings/UsageBy";
import type { UsageMark } from "../ipc/bindings/UsageMark";
import type { UsageStep } from "../ipc/bindings/UsageStep";
import type { ViewName } from "../state/views";

const tasks = (many: number) => count(many, "task", "tasks");
const rows = (many: number) => count(many, "row", "rows");
const sessions = (many: number) => count(many, "session", "sessions");
const newTasks = (many: number) => count(many, "new task", "new tasks");
const newDays = (many: number) => count(many, "new day", "new days");

const asItCame: (sentence: string, reason: FailureReason | null, vendor: string) => string = (sentence) => sentence;

export const en = {
  /** The sentences of charges, which the engine says too: see `charges.ts`. */
  phrases,
  time: {
    days: (days: number) => `${days} days`,
    hours: (hours: number) => `${hours} hours`,
    anHour: "an hour",
    lessThanAnHour: "less than an hour",
    minutesAgo: (minutes: number) => `${minutes} min ago`,
    hoursAgo: (hours: number) => `${hours} h ago`,
    daysAgo: (days: number) => `${days} days ago`,
  },
  views: {
    overview: "Overview",
    usage: "Usage",
    plans: "Plans",
    invoices: "Invoices",
    team: "Team",
    "what-if": "What-if",
    settings: "Settings",
  } satisfies Record<ViewName, string>,
  kinds: {
    "kiro-individual": "Kiro",
    "kiro-enterprise": "Kiro, organisation",
    "kilo-teams": "Kilo for Teams",
  } satisfies Record<Kind, string>,
  sidebar: {
    views: "Views",
    accounts: "Accounts",
    find: "Find",
  },
  common: {
    loading: "Loading…",
    cancel: "Cancel",
    dismiss: "Dismiss",
    undo: "Undo",
    tax: "Tax",
    showAll: (many: number) => `Show all ${number(many)}`,
    showFewer: "Show fewer",
    chart: "Show the chart",
    table: "Show as a table",
    day: "Day",
    savedAs: (path: string) => `Saved as ${path}.`,
    asOf: (moment: string) => `As of ${moment}.`,
    credits: (credits: string) => `${credits} credits`,
  },
  unreadable: (
    record: UnreadableRecord,
    write: { month: (text: string) => string; moment: (text: string) => string },
  ): string => {
    switch (record.kind) {
      case "bill":
        return record.months.length === 1
          ? `The bill of ${record.months.map(write.month).join()} can't be read: import it again.`
          : `A bill can't be read, nor of which of these months it is: import each of them again. ${record.months.map(write.month).join(", ")}.`;
      case "figures": {
        const vendor = { kiro: "Kiro", kilo: "Kilo" }[record.vendor];
        return `What ${vendor} said, ${write.moment(record.at)}, can't be read. Older figures stand for it until ${vendor} is asked again.`;
      }
      case "models":
        return `What Kiro said of its models, ${write.moment(record.at)}, can't be read. It is asked again within a day.`;
      case "spending":
        return `Whose spending Kilo told, ${write.moment(record.at)}, can't be read: refresh to ask Kilo again.`;
      case "what-if":
        return `The What-if “${record.name}” can't be read: keep it again under the same name, or remove it.`;
    }
  },
  live: {
    askingKiro: "Asking Kiro…",
    askingKilo: "Asking Kilo…",
    outdated: (since: string) => `Outdated · ${since}.`,
    /** Why a vendor gave no answer: the sentence that comes with it. Other languages write their own where they can. */
    failed: asItCame,
    quotedByKiro: (at: string) => `Quoted by Kiro, ${at}`,
    quotedByKilo: (at: string) => `Quoted by Kilo, ${at}`,
    bonusMixed: (at: string) =>
      `What Kiro said ${at} has bonus credits in it that can't be told apart: these figures are computed.`,
    otherMonth: (at: string) => `What Kiro said ${at} is of another month: these figures are computed.`,
  },
  sample: {
    title: "Sample account",
    madeUp: "Every figure here is made up: it is nobody's bill.",
    about: "Made-up usage, computed by the real rules.",
  },
  failure: {
    title: "Headroom can't read its data",
    about: "Nothing was changed. What Kiro keeps on this machine is untouched and can be imported again.",
    again: "Try again",
    restore: "Restore the newest copy",
    restored: (restored: RestoredView) => {
      const records = count(restored.came_back, "newer record", "newer records");
      const copy = restored.copied_at
        ? `The copy of ${moment(restored.copied_at)} is in place.`
        : "A new file is in place.";
      const lost = restored.complete ? "" : " What else was recorded after it is lost.";
      return `${copy} ${records} came back.${lost} The damaged files are kept in ${restored.damaged}.`;
    },
    /** Each case of data that can't be opened; the sentence with the file's name stands below. */
    cases: {
      "data-busy": {
        title: "Headroom's data is in use",
        about: "Another Headroom is writing to it. Wait until that is done, then try again.",
      },
      "data-full": {
        title: "The disk is full",
        about: "Nothing was changed. Free some space on it, then try again.",
      },
      "data-no-right": {
        title: "Headroom may not read its data",
        about: "Give your user the right to read and write the file and its folder, then try again.",
      },
      "data-newer": {
        title: "Your data is from a newer Headroom",
        about: "It was left untouched. Install the newer version to open it.",
      },
      "data-foreign": {
        title: "Something else is where Headroom keeps its data",
        about: "It was left untouched. Have Headroom keep its data in another folder: set HEADROOM_DATA_DIR.",
      },
      "data-behind": {
        title: "Your records are missing",
        about: "The data file is gone or empty, but there are copies of it. Restoring brings the newest one back.",
      },
      "data-damaged": {
        title: "Headroom's data is damaged",
        about:
          "Nothing was changed. Restoring takes the newest good copy and adds what can still be read of the damaged file, which is kept.",
      },
    } satisfies Record<DataCase, { title: string; about: string }>,
  },
  viewFailure: {
    title: "This view couldn't be shown",
    about: "Something in it couldn't be drawn. What is recorded is not affected.",
    report: "If trying again doesn't help, please report it to the project with this line:",
    dialog: "That couldn't be opened.",
  },
  firstRun: {
    title: "How much is left, and what is charged next",
    about: (canAsk: boolean) =>
      `Tell Headroom what you pay for, and it computes the rest to the cent, on this machine. Nothing is sent anywhere${canAsk ? ", unless you have it ask the vendor." : "."}`,
    whatFor: "What you pay for",
    kinds: {
      "kiro-individual": { title: "Kiro, for myself", about: "Plan, credits, overage" },
      "kiro-enterprise": { title: "Kiro, for an organisation", about: "Reports and AWS bills" },
      "kilo-teams": { title: "Kilo for Teams", about: "Balance, seats, spending" },
    } satisfies Record<Kind, { title: string; about: string }>,
    yourAccount: "Your Kiro account",
    submit: "Show my figures",
    readSessions: (files: number) => `Read my usage from ${sessions(files)} of Kiro's command line`,
    readSessionsAbout: ": time, model and credits of each task; nothing else is kept.",
    noSessions:
      "No sessions of Kiro's command line were found on this machine. You can import a folder of them later, in Settings.",
    readEstimates: (files: number) => `Read estimates from ${sessions(files)} of Kiro's IDE`,
    readEstimatesAbout: ": shown beside the figures, in none that is charged.",
    askWithLogin: "Ask Kiro for my figures, with the login on this machine",
    askThroughCommand: "Ask Kiro for my figures, through its command line",
    loginAbout: ": read when it is used, sent to Kiro only, never kept, changed or renewed.",
    yourOrganisation: "Your organisation",
    organisationAbout:
      "Its figures come from files: the user activity reports that Kiro writes every day, and AWS's cost exports. They are read on this machine; everything that is kept of them is in Headroom's own file.",
    yourTeam: "Your team",
    kiloLogin: "A login of Kilo's is on this machine.",
    kiloLoginAbout:
      ": read when it is used, sent to Kilo only, never kept, changed or renewed. Kilo is asked for your teams, their balance, seats, members and spending.",
    connect: "Connect Kilo",
    noKiloLogin:
      "No login of Kilo's was found on this machine. Sign in to Kilo's command line or editor, then come back; paste a key; or begin with the usage that Kilo's page lets you download.",
    looking: "Just looking?",
    sampleAbout: "four months of made-up usage, marked as such, removable at any time",
  },
  cards: {
    title: "Accounts beside each other",
    creditsUntil: (day: string) => `credits left until ${day}`,
    balanceUntil: (day: string) => `left, until ${day} at this pace`,
    toTell: "to be set up",
  },
  overview: {
    comparePlans: "Compare plans",
    nextPlan: (plan: string, day: string) => `${plan} from ${day}`,
    planDiffers: (quoted: string, plan: string) =>
      `Kiro says this account is on ${quoted}, the account's facts say ${plan}. Charges are computed from the facts: correct them in Settings.`,
    whilePaused: (many: number) =>
      `${tasks(many)} ran while, by the account's facts, requests were paused. They are in no figure: check the plan and the overage switch.`,
    beforeSignUp: (many: number) =>
      `${tasks(many)} ran before the sign-up day and are left out: check that day in Settings.`,
    unknownLeft: "No usage is recorded yet, so what is left is not known.",
    pausedUntil: (day: string) => `Requests pause until the credits renew on ${day}.`,
    extraCharged: (credits: string) => `The plan is used up, and ${credits} extra credits are charged.`,
    justLasts: "At this pace the credits just last until the reset.",
    leftAtReset: (percent: string) => `About ${percent} left at the reset, at this pace.`,
    limitIn: (time: string) => `Limit in about ${time}, at this pace.`,
    usedUp: (day: string) => `The credits are used up; they renew on ${day}.`,
    tooEarly: "Too early in the month to say where this pace leads.",
    barWords: (used: string, left: string, percent: string) =>
      `${used} credits are used and ${left} left, ${percent} of the month has passed`,
    creditsAMonth: "credits a month",
    creditsLeft: "credits left",
    creditsUsed: "credits used",
    showLeft: "Show what is left",
    showUsed: "Show what is used",
    renews: (moment: string, time: string) => `Renews ${moment}, in ${time}`,
    planUsedUp: (extra: string) => `plan used up + ${extra} extra`,
    aMonth: (allowance: string) => `${allowance} a month`,
    leftOf: (left: string, allowance: string) => `${left} of ${allowance} left`,
    bonus: "Bonus, used first",
    bonusLeft: (left: string | null, allowance: string, day: string) =>
      `${left === null ? "" : `${left} of `}${allowance} left until ${day}`,
    overageSoFar: (credits: string, charge: string) => `${credits} credits, ${charge} so far`,
    beyond: "Beyond the plan, not charged",
    thatDay: (credits: string, many: number) => `${credits} credits in ${tasks(many)}`,
    unknownThatDay: (many: number) => `${tasks(many)} of unknown cost`,
    recentDays: "Recent days",
    creditsADay: "Credits a day, UTC",
    creditsByDay: "Credits by day",
    nextCharge: "Next charge",
    yourTime: (utc: string) => `your time (${utc})`,
    withoutOverage: "without any overage",
    ifNothingMore: "if nothing more is used",
    costsNothing: (plan: string) => `Nothing: ${plan} costs nothing.`,
    kiroCounts: (used: string, recorded: string, elsewhere: string | null, more: string | null) =>
      `Kiro says ${used} credits are used; tasks recorded here add up to ${recorded}${
        elsewhere
          ? `: ${elsewhere} were used elsewhere, such as in the IDE, and are in every figure.`
          : more
            ? `: ${more} more than Kiro counts.`
            : "."
      } The charges are computed by Headroom.`,
    computedFrom: (many: number, last: string | null) =>
      `Computed by Headroom from ${count(many, "metered task", "metered tasks")} of Kiro's command line and your account's facts${last ? `; last usage ${last}` : ""}. Usage in the Kiro IDE is not in it.`,
    unmetered: (many: number) =>
      `${count(many, "older task has", "older tasks have")} no metering: unknown, in no figure.`,
    estimated: (credits: string, many: number) =>
      `Sessions of Kiro's IDE on this machine estimate ${credits} credits more in ${tasks(many)}: an estimate, in no figure.`,
  },
  overage: {
    title: "Overage",
    stop: (allowance: string) => `Stop at ${allowance} credits`,
    allow: (price: string) => `Allow overage at ${price} a credit`,
    packs: (allowance: string, price: string, credits: string) =>
      `This price list has no overage: past ${allowance} credits, add-on packs are bought ahead, from ${price} for ${credits} credits.`,
    none: (plan: string, allowance: string) => `${plan} has no overage: requests pause at ${allowance} credits.`,
    on: "On",
    off: "Off",
    since: (moment: string) => ` since ${moment}`,
    goesOn: (allowance: string, price: string) => `Work goes on past ${allowance} credits at ${price} each.`,
    pauses: (allowance: string) => `Requests pause at ${allowance} credits.`,
    confirmed: (on: boolean, at: string) => `Kiro shows overage ${on ? "on" : "off"}, as asked ${at}.`,
    requested: (on: boolean, at: string) => `Asked Kiro to turn it ${on ? "on" : "off"} ${at}, not confirmed yet.`,
    notConfirmed: (on: boolean) =>
      `A minute after it was asked, Kiro does not show overage ${on ? "on" : "off"}. Look on its account page.`,
    goesOff: (day: string) => `It goes off with the plan on ${day}.`,
    noneNeeded: "At this pace none is needed this month.",
    atThisPace: (on: boolean, credits: string, charge: string) =>
      `At this pace ${on ? "this month's is" : "it would be"} ${credits} credits, ${charge}.`,
    question: (consequence: string) => `${consequence}?`,
    stopConsequence: "From now on requests pause when the plan's credits are used up.",
    staysOnBill: (credits: string, charge: string) =>
      `The ${credits} extra credits of this month stay on the bill: ${charge}.`,
    allowConsequence: (allowance: string, price: string) =>
      `Every credit past ${allowance} is charged at ${price} when the month ends.`,
    paceConsequence: (charge: string) => `At this pace that is ${charge} for this month.`,
    asksKiro: "Headroom asks Kiro once, with the login on this machine, and then looks whether Kiro shows it.",
    onlyRecorded:
      "This changes what Headroom computes with. It does not turn the switch at Kiro: do that on your account page there.",
  },
  plans: {
    yours: "Your plan",
    fromNextMonth: "From next month",
    question: "What would a change to this plan do?",
    used: (used: string | null, projected: string | null) =>
      (used === null ? "No usage is recorded yet" : `${used} credits used this month`) +
      (projected === null ? "" : `, about ${projected} by its end at this pace`),
    allowance: (credits: string) => `${credits} credits a month`,
    month: (charge: string) => `${charge} for such a month`,
    notEnough: "not enough for such a month",
    cheapest: "Cheapest at this pace",
    breakEven: "Where moving up pays off",
    breakEvenAbout: (price: string) => `Extra credits a month that, at ${price} each, cost as much as the larger plan.`,
    breakEvenChart: "A month on each plan",
    breakEvenChartAbout: (price: string) =>
      `Cost by credits used, without tax: the plan's price, and ${price} for each credit beyond it.`,
    breakEvenHere: (credits: string) => `At this pace, ${credits}`,
    breakEvenAt: (credits: string) => `At ${credits} credits`,
    models: "What models cost",
    modelsAbout: (at: string) => `Times the credits that the same task costs on Auto. Quoted by Kiro, ${at}.`,
    notSaid: "not said",
    replay: "Past months on each plan",
    replayCheapest: (plan: string, months: number) =>
      `${plan} would have been the cheapest over ${count(months, "month", "months")}.`,
    replayAbout: "The full price each month, and overage for what the plan's credits don't cover.",
    replayTable: "Table of past months",
    monthColumn: "Month",
    tax: (named: string | null) =>
      named === null ? "Prices exclude tax." : `Prices exclude tax. ${named} is added to each charge.`,
  },
  receipt: {
    stay: (plan: string) => `Stay on ${plan}`,
    fromTo: (from: string, to: string) => `${from} to ${to}`,
    asOf: (name: string, sample: boolean, moment: string) => `${name}${sample ? " (made up)" : ""}, as of ${moment}`,
    chargeToday: "Charge today",
    range: (low: string, high: string) =>
      `Kiro's pages count the started day both ways, so the charge is between ${low} and ${high}.`,
    cancelled: "The scheduled change is cancelled. Nothing is charged.",
    later: (plan: string, day: string) =>
      `Nothing is charged today. ${plan} begins on ${day}; until then everything stays as it is, and nothing of this month is refunded.`,
    billOn: (day: string) => `Bill on ${day}`,
    creditsLeft: "Plan credits left",
    avoided: "Overage that disappears",
    breakEven: (plan: string, credits: string, soFar: string | null, pace: string | null) =>
      `${plan} pays off past ${credits} extra credits a month${soFar === null ? "" : `; you are at ${soFar}${pace === null ? "" : ` and head for ${pace}`}`}.`,
    waiting: {
      same: (_total: string, day: string) => `Waiting costs nothing: the charge is the same until ${day}.`,
      lower: (total: string, day: string) => `The charge falls as days pass: ${total} on ${day}.`,
      higher: (total: string, day: string) => `Waiting costs more: ${total} on ${day}.`,
    },
    openKiro: "Open Kiro's account page",
    changedThere: "I changed it there",
    neverBuys: "Headroom never buys.",
    shouldAsk: (total: string) => `That page should ask for ${total}.`,
    record: (plan: string) => `Record the change to ${plan}?`,
    recordConfirm: (plan: string) => `Record ${plan}`,
    recordConsequence: (charge: string | null) =>
      `From now on Headroom computes with it${charge === null ? "" : `, and takes ${charge} as charged today`}. Kiro is not told anything.`,
  },
  organisation: {
    inMonth: (month: string) => `in ${month}, without tax`,
    used: (subscriptions: number, credits: string | null, overage: string | null) =>
      `${count(subscriptions, "subscription", "subscriptions")}, ${credits === null ? "credits used not known" : `${credits} credits used`}${overage === null ? "." : `, ${overage} of them overage.`}`,
    computedFrom: (rows: number, last: string | null) =>
      `Computed by the rules from ${count(rows, "row", "rows")} of its activity reports${last ? `, up to ${last}` : ""}.`,
    notKnown: "What this month costs isn't known.",
    noReports: "No activity report of it is imported yet.",
    noReportsAbout:
      "Kiro writes one every day into the storage that its console names: import that folder, or a copy of it. Bills come from AWS cost exports.",
    billed: "Billed by AWS",
    billOf: (month: string, users: number) => `for ${month}, before tax, ${count(users, "user", "users")}`,
    parts: {
      subscriptions: "Subscriptions",
      credits: "Overage credits",
      discounts: "Credits and discounts",
      other: "Other",
    } satisfies Record<BillPart, string>,
    noBill: "No cost export is imported yet.",
  },
  teamOverview: {
    notSaid: "Kilo has not said yet what is left.",
    nothingLeft: "Nothing is left: requests wait for credits.",
    usedUpBy: (moment: string) => `Used up by ${moment}, at this pace.`,
    lasts: (days: number, day: string) => `Lasts about ${number(days)} days, until ${day}, at this pace.`,
    noBurn: "Nothing is being spent.",
    burnUnknown: "How long it lasts isn't known: nothing tells what the whole team spends.",
    balance: "Balance",
    ofCredits: "of credits left",
    spentADay: (days: number) => `Spent a day, over ${count(days, "day", "days")}`,
    topUp: "The smallest purchase that lasts 30 days more",
    gift: "Gift that expires, spent first",
    purchase: "Purchase that expires, spent first",
    until: (amount: string, day: string) => `${amount} until ${day}`,
    autoTopUp: "Automatic top-up",
    dollarsADay: "Dollars a day, UTC",
    dollarsByDay: "Dollars by day",
    lastSpending: (day: string) => `The last spending is of ${day}.`,
    unknownCost: (rows: number) => `The cost of ${count(rows, "row", "rows")} isn't said: these sums are too low.`,
    cut: "There was more than Kilo gives at once: these sums are too low.",
    noSpending: "No spending known yet",
    forSeats: "for seats",
    spentThisMonth: (amount: string, machine: string | null) =>
      `${amount} were spent this month${machine === null ? "" : `; the requests of this machine come to ${machine}`}.`,
    computed: "How long the balance lasts and the next charge are computed by Headroom.",
  },
  facts: {
    plan: "Plan",
    planAbout: "A month, without tax. You see your plan in Kiro under Account.",
    firstPaid: "First paid day",
    firstPaidEver: "First paid day (if there ever was one)",
    firstPaidAbout: "The day of your first payment for Kiro. The first month is charged by days.",
    country: "Country of the billing address",
    notSold: "Kiro does not sell paid plans there.",
    countryAbout: "It decides the tax.",
    bonus: "Count the bonus credits of my sign-up",
    bonusAbout: (credits: string, days: number) =>
      `${credits} credits that last ${days} days; leave it out if that is over.`,
    signUp: "Sign-up day",
    priceList: "Price list",
    withOverage: "With overage, charged when the month ends.",
    withPacks: "With add-on packs bought ahead, no overage.",
    overageOn: "Overage is on in my Kiro account",
    correctsPlan: "This corrects the plan since your first paid day. If you changed it since, record that in Plans.",
    nothingChanged: "Nothing has changed, so nothing is saved.",
  },
  teamFacts: {
    started: "First day of the team",
    startedAbout: "Its first cycle began then; the next charge follows from it.",
    seats: "Seats paid for",
    quoted: (seats: number | null) =>
      seats === null ? "Where Kilo says so itself, that counts." : `Kilo says ${seats}: that counts.`,
    tax: "Tax in percent",
    noTax: "none",
    taxAbout: "As your invoices have it.",
    seatPrice: "What a seat costs",
    price: (name: string, price: string, months: number) =>
      `${name}: ${price} for ${months === 1 ? "a month" : `${months} months`}`,
    failed: "A payment failed and hasn't succeeded since",
    failedAbout: "Then Headroom says until when the team is served.",
    failedOn: "The day it first failed",
  },
  accounts: {
    title: "Manage accounts",
    nameOf: (name: string) => `Name of ${name}`,
    rename: "Rename",
    kinds: {
      "kiro-individual": "Kiro, one person",
      "kiro-enterprise": "Kiro, organisation",
      "kilo-teams": "Kilo for Teams",
    } satisfies Record<Kind, string>,
    madeUp: "made-up figures",
    hidden: "hidden",
    show: "Show",
    hide: "Hide",
    addPerson: "Add Kiro, one person",
    addOrganisation: "Add Kiro, organisation",
    addKilo: "Add Kilo's teams",
    addTeam: "Add a team without a login",
    kiloAsked: ["Kilo is asked which teams the login in", "is in."],
    noKilo:
      "No login of Kilo's was found on this machine: its teams can be added once you are signed in to Kilo's command line or editor. A team without a login lives on imported usage.",
    hiddenAbout: "A hidden account keeps what is recorded, and nobody is asked about it.",
  },
  kiloKey: {
    kept: "A key of Kilo's is in the system's keyring.",
    forget: "Forget it",
    field: "Kilo API key",
    keep: "Keep the key",
    about:
      "From your profile on Kilo's page. It is kept in the system's keyring, in no file of Headroom's, and goes to Kilo only.",
  },
  import: {
    kinds: {
      "kiro-sessions": {
        title: "Sessions of Kiro's command line",
        about: "Time, model and credits of each task; sessions that were imported before add only what is new.",
      },
      "kiro-ide-sessions": {
        title: "Sessions of Kiro's IDE",
        about: "Estimates: shown beside the figures, in none that is charged.",
      },
      "kiro-activity": {
        title: "User activity reports",
        about: "CSV files as Kiro exports them, a file or a folder with all of them.",
      },
      "aws-cost": {
        title: "AWS cost exports",
        about:
          "CUR 2.0 or the legacy report, as CSV, CSV.gz or Parquet. A month that comes again replaces the old one.",
      },
      "kilo-usage": {
        title: "Usage exports of Kilo",
        about: "The CSV that Kilo's usage page lets you download, by day or by hour.",
      },
      "kilo-database": {
        title: "Kilo's requests on this machine",
        about: "kilo.db: the cost of each request with its model, shown beside what the team spent.",
      },
    } satisfies Record<ImportKind, { title: string; about: string }>,
    sessionsIn: (files: number, folder: string) => `${sessions(files)} in ${folder}`,
    found: "Found:",
    notFound: "None were found in their usual place.",
    folder: "Choose a folder…",
    file: "Choose a file…",
    running: (what: string, rows: number | null, seconds: number) =>
      `Importing: ${what}${rows === null ? "" : `, ${count(rows, "row", "rows")}`}${seconds > 0 ? `, ${seconds} s` : ""}`,
    stop: "Stop",
    stopAbout: "Stopped, nothing of it is kept.",
  },
  imported: {
    kinds: {
      "kiro-sessions": { read: tasks, added: newTasks },
      "kiro-ide-sessions": { read: tasks, added: newTasks },
      "kiro-activity": { read: rows, added: (many: number) => count(many, "new row", "new rows") },
      "aws-cost": { read: rows, added: (many: number) => count(many, "new month", "new months") },
      "kilo-usage": { read: rows, added: newDays },
      "kilo-database": { read: (many: number) => count(many, "request", "requests"), added: newDays },
    } satisfies Record<ImportKind, { read: (many: number) => string; added: (many: number) => string }>,
    inAll: (amount: string) => `${amount} in all`,
    from: (read: string, files: number) => `from ${read} in ${count(files, "file", "files")}.`,
    known: (many: number) => `${count(many, "was", "were")} known already.`,
    estimates: "They are estimates, and in no figure that is charged.",
    unmetered: (read: string) => `Without metering: ${read}. What they cost is unknown and in no figure.`,
    undated: (many: number) =>
      `${count(many, "task has", "tasks have")} no readable time and ${many === 1 ? "is" : "are"} left out.`,
    replaced: (many: number) => `${count(many, "was", "were")} replaced by a newer export.`,
    bill: (news: BillNews, write: { month: (text: string) => string; money: (amount: string) => string }) => {
      const [of, amount] = [write.month(news.month), write.money(news.amount)];
      if (news.kind === "refused")
        return `The bill of ${of} over ${amount} names no payer, and that month is billed to ${news.payers.join(", ")}: it was left out. Export it with the column bill_payer_account_id.`;
      const payer = news.payer === null ? "" : `, payer ${news.payer}`;
      return news.before === null
        ? `The bill of ${of}${payer}, which couldn't be read, was replaced: now ${amount}.`
        : `The bill of ${of}${payer}, was replaced: ${write.money(news.before)} before, now ${amount}.`;
    },
    bad: (many: number) =>
      `${count(many, "row", "rows")} could not be read and ${many === 1 ? "is" : "are"} in no figure:`,
    line: (line: number) => `line ${line}`,
    skipped: (many: number) => `${count(many, "file was", "files were")} skipped:`,
    more: (many: number) => `and ${number(many)} more`,
  },
  lines: {
    fullMonth: "A full month",
  },
  invoices: {
    intro: "What was charged, month by month, computed by the rules from the account's facts and recorded usage.",
    introTeam: "What was charged, cycle by cycle, computed by the rules from what Kilo and you say of the team.",
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
    empty: "No charge is known yet",
    emptyTeam: "Headroom needs to know when the team began and what a seat costs: Settings.",
    emptyOrganisation: "Import the organisation's activity reports or its AWS bills: Settings.",
    quoted: "Beside the vendor's own figures",
    agrees: "They agree.",
    notesHeading: "To know about these figures",
    footer:
      "These are not the vendor's invoices: what Headroom computes is compared with their figures where they say any.",
  },
  usage: {
    step: "Show by",
    steps: { day: "Days", week: "Weeks", month: "Months" } satisfies Record<UsageStep, string>,
    creditsIn: (from: string, to: string) => `credits from ${from} to ${to}`,
    dollarsIn: (from: string, to: string) => `spent from ${from} to ${to}`,
    nothing: "Nothing is recorded in these days.",
    tasks,
    requests: (many: number) => count(many, "request", "requests"),
    rows: (many: number) => count(many, "row", "rows"),
    unknown: (many: number) => `${tasks(many)} of unknown cost, in no amount`,
    unknownRows: (many: number) => `${count(many, "row", "rows")} of unknown cost, in no amount`,
    chart: "Over time",
    creditBars: "Credits, UTC days",
    dollarBars: "Dollars, UTC days",
    barWords: (amount: string, counted: string) => (counted ? `${amount} in ${counted}` : amount),
    nothingThen: "nothing recorded",
    columnCredits: "Credits",
    columnDollars: "Spent",
    columnCount: "Tasks",
    columnRequests: "Requests",
    columnUnknown: "Of unknown cost",
    by: {
      model: "By model",
      session: "By session",
      user: "By user",
      client: "By client",
    } satisfies Record<UsageBy, string>,
    nameless: {
      model: "Model not told",
      session: "Everything else",
      user: "User not told",
      client: "Client not told",
    } satisfies Record<UsageBy, string>,
    heat: "A year, day by day",
    heatAbout: "Each square is a day (UTC); darker is more, beside the other days.",
    heatLabel: "Days of a year",
    less: "less",
    more: "more",
    table: "Table of usage",
    list: "Every task",
    listReported: "Every row of the reports",
    search: "Search",
    searchTasks: "Search models and sessions",
    searchRows: "Search models and users",
    found: (many: number) => `${number(many)} found`,
    when: "When",
    amountCredits: "Credits",
    amountDollars: "Spent",
    model: "Model",
    client: "Client",
    session: "Session",
    user: "User",
    kind: "Known from",
    marks: {
      metered: "metered by Kiro",
      reported: "reported",
      estimated: "an estimate",
      unknown: "not known",
    } satisfies Record<UsageMark, string>,
    sortBy: (column: string) => `Sort by ${column}`,
    page: (page: number, pages: number) => `Page ${number(page)} of ${number(pages)}`,
    previous: "Previous",
    next: "Next",
    noneFound: "Nothing found.",
    elsewhere: (credits: string) =>
      `${credits} credits of this month were used elsewhere by Kiro's count, such as in the IDE: no day of them is known, so they are in no bar.`,
    estimated: (credits: string, many: number) =>
      `Sessions of Kiro's IDE estimate ${credits} credits more in ${tasks(many)}: an estimate, in no bar.`,
    empty: "No usage recorded yet",
    emptyPerson: "Import the sessions that Kiro's command line leaves on this machine: Settings, Import.",
    emptyTeam: "Kilo tells it when it is asked. A usage export from its page can be imported too: Settings, Import.",
    emptyOrganisation: "Import the organisation's activity reports: Settings, Import.",
    importUsage: "Import usage",
    organisationMonth: "The month of the newest report.",
    sources: {
      everyone: "Quoted by Kilo, of the whole team.",
      "own-only": "Quoted by Kilo, your own part: your role may see no more.",
      export: "By the usage export.",
      machine: "By the requests of this machine.",
    },
    computed: "By the metering of each task that Kiro's command line leaves on this machine.",
  },
  whatIf: {
    intro: "Suppose a burn and some changes, and see where every choice leads.",
    opened: (file: string) => `Supposed of ${file}, not of the account.`,
    close: "Back to the account",
    suppose: "Suppose",
    until: "Up to",
    untilSlider: "The day that is looked at",
    aDay: "Credits a day",
    aDaySlider: "Credits a day from now on",
    pace: (credits: string) => `So far this month: ${credits} a day.`,
    noUsage: "No usage is recorded, so an even use of the plan is supposed.",
    noPace: "It is too early to say what the pace is: an even use of the plan is supposed.",
    backToPace: "Back to the pace",
    changes: "Changes",
    noChanges: "None: everything stays as it is.",
    addChange: "Add a change",
    changePlan: (plan: string) => `${plan}`,
    on: "On",
    plan: "Plan",
    keepPlan: "as it is",
    overage: "Overage",
    keepOverage: "as it is",
    turnOn: "on",
    turnOff: "off",
    remove: "Remove this change",
    result: "Then",
    leftUnknown: (day: string) => `What is left on ${day} is not known`,
    unknownSince: "No usage is recorded for this month, so nobody knows when the credits end.",
    knownFrom: "No usage is recorded for this month. From the next one on, this is what your suppositions come to.",
    left: (day: string) => `credits left on ${day}`,
    runOutPaused: (day: string) => `The credits end on ${day}, and requests pause.`,
    runOutCharged: (day: string) => `The credits end on ${day}, and extra ones are charged.`,
    lasts: (day: string) => `The credits last until ${day}.`,
    charged: (day: string) => `Charged until ${day}`,
    nextCharge: (moment: string) => `Charge on ${moment}`,
    noNextCharge: "No further charge",
    extra: "Extra credits charged",
    unserved: "Credits that could not be used",
    chart: "Credits left, day by day",
    chartLabel: "Credits left by day",
    chartWords: (day: string, credits: string) => `${day}: ${credits} credits left`,
    courses: "Every choice, made now",
    courseTable: "Table of choices",
    choice: "Choice",
    withOverage: (plan: string) => `${plan}, overage on`,
    withoutOverage: (plan: string) => plan,
    unchanged: "as it is now",
    endsOn: "Credits end",
    never: "they last",
    pauses: "pause",
    chargedShort: "Charged",
    nextShort: "Next charge",
    leftShort: "Left",
    together: "Together",
    cheapest: "least charged",
    save: "Save",
    saveAs: "Name",
    saved: "Saved",
    noSaved: "Nothing saved yet.",
    savedNote: (name: string) => `Saved as “${name}”.`,
    openSaved: (name: string) => `Open “${name}”`,
    forget: (name: string) => `Forget “${name}”`,
    forgotten: (name: string) => `“${name}” is forgotten.`,
    export: "Save as a scenario file",
    open: "Open a scenario file…",
    fileNote: "The contract's JSON: headroom simulate computes the same from it.",
    footer:
      "A day is taken as one task at its end (UTC). Charges are exact for that; when within a day requests pause is not.",
  },
  team: {
    users: "Users",
    atRisk: (many: number) => `${number(many)} near their limit or beyond`,
    seatReceipt: "Seats more or less",
    seatCount: "Seats",
    add: "Add",
    removeSeats: "Remove",
    seatAdd: (many: number) => `${count(many, "seat", "seats")} more`,
    seatRemove: (many: number) => `${count(many, "seat", "seats")} less`,
    seatsAfter: (before: number, after: number) => `${after} seats instead of ${before}`,
    chargeToday: "Charge today",
    nothingToday: "Nothing is charged today.",
    takesEffect: (moment: string) => `From ${moment} on; nothing of this cycle is refunded.`,
    nextBill: (moment: string) => `Bill on ${moment}`,
    insteadOf: (amount: string) => `instead of ${amount}`,
    range: (low: string, high: string) =>
      `Days can be counted with or without the started one, so the charge is between ${low} and ${high}.`,
    refused: {
      "members-still-assigned": "There are more members than seats would be left: members go first.",
      "last-seat": "One seat stays at least.",
      suspended: "The team is suspended: a payment comes first.",
      "data-deleted": "The team is closed.",
      other: "The rules don't allow this now.",
    },
    openKilo: "Open Kilo",
    neverBuys: "Headroom never buys. Kilo's page should ask for the same.",
    needFacts: "Headroom needs to know when the team began and what a seat costs.",
    tell: "Tell Headroom about the team",
    dunning: {
      "past-due": (end: string) => `A payment failed. The team is served until ${end}; then it is suspended.`,
      suspended: (end: string) =>
        `The team is suspended for a failed payment. Its data is kept until ${end}; a payment restores it at once.`,
      "data-deleted": (end: string) => `The team's data went on ${end}: it is closed.`,
      active: () => "Everything is paid.",
    },
    members: "Members",
    noMembers: "No members are told yet.",
  },
  seats: {
    paid: (paid: number, taken: number | null) =>
      taken === null
        ? `${count(paid, "seat", "seats")} paid.`
        : `${count(paid, "seat", "seats")} paid, ${number(taken)} taken.`,
    unused: (many: number) => `${count(many, "seat is", "seats are")} unused.`,
    unusedSaves: (many: number, amount: string) =>
      `${count(many, "seat is", "seats are")} unused: without ${many === 1 ? "it" : "them"} the next cycle costs ${amount} less.`,
    table: "Table of members",
    member: "Member",
    role: "Role",
    today: "Spent today",
    limit: "Limit a day",
    invited: "invited",
  },
  users: {
    user: "User",
    tier: "Tier",
    used: "Credits used",
    cost: "This month",
    billed: "Billed for the user",
    cheapest: "Cheapest tier",
    of: (allowance: string) => `of ${allowance}`,
    saves: (amount: string) => `saves ${amount}`,
    search: "Search users",
    onlyNotable: "Only those to look at",
    table: "Table of users",
    nobody: "Nobody matches.",
    more: (many: number) => `Show ${number(many)} more`,
    inOverage: (credits: string) => `${credits} beyond the tier, charged`,
    atLimit: "all used, overage is off",
    nearLimit: "near the limit",
    twice: "Paid for more than once",
    profiles: (names: string) => `under the profiles ${names}, by the reports`,
    accounts: (names: string) => `in the accounts ${names}, by the bill`,
    nobodyTwice: "Nobody is, by the reports and the bill.",
    saving: (amount: string) => `${amount} less a month on the cheapest tier for everyone, at this pace.`,
  },
  session: {
    removed: (name: string) => `${name} is removed.`,
    restored: (name: string) => `${name} is back.`,
    allDeleted: "Everything is deleted.",
    overageRecorded: (on: boolean): string => (on ? "Overage is recorded as on." : "Overage is recorded as off."),
    key: (kept: boolean): string => (kept ? "The key is in the system's keyring." : "The key is forgotten."),
    renamed: (name: string) => `It is called ${name} now.`,
    hidden: (name: string, hidden: boolean) => (hidden ? `${name} is hidden.` : `${name} is shown again.`),
    teamSaved: "The team's facts are saved.",
    changeRecorded: (plan: string) => `The change to ${plan} is recorded.`,
    factsSaved: "The account's facts are saved.",
    /** @param days the recorded plan changes that the new plan takes the place of. */
    factsReplace: (changes: { plan: string; on: string }[]) =>
      `The account's facts are saved. ${changes.map(({ plan, on }) => `The change to ${plan} recorded on ${on} no longer counts.`).join(" ")}`,
    factsAlready: "Nothing changed: the account has these facts already.",
  },
  settings: {
    saveFacts: "Save the facts",
    organisationFacts: "Everything about it comes from its activity reports and cost exports.",
    removeSample: "Remove the sample",
    removeThis: "Remove this account",
    removeQuestion: (name: string) => `Remove ${name}?`,
    remove: "Remove",
    removeConsequence: "Its facts and its recorded usage leave Headroom. You can undo that until Headroom is closed.",
    removeKeeps: "The vendor's own files stay, and can be imported again.",
    import: "Import",
    importGoesTo: (name: string | null) => `It goes to ${name ?? "an account of your own"}, never to the sample.`,
    live: "The vendors' own figures",
    askKiro: "Ask Kiro for my figures",
    kiroLogin: [
      "With the login in",
      ", every five minutes while this window is seen. It is read when it is used and goes to Kiro only; it is never kept, changed or renewed.",
    ],
    kiroCommand: ["Through", ", which has a login of its own."],
    noKiroLogin: "No login of Kiro's was found on this machine. Sign in to Kiro's IDE or command line first.",
    askKilo: "Ask Kilo for my teams' figures",
    kiloLogin: ["With the login in", ", which goes to Kilo only."],
    noKiloLogin:
      "No login of Kilo's was found on this machine: sign in to Kilo's command line or editor, or paste a key.",
    pauseOnBattery: "Ask nobody by itself while on battery",
    about: "About",
    computesBy: (version: string) => `Headroom ${version}. It computes by these price lists:`,
    checked: (date: string) => `Checked ${date} against:`,
    updated: (date: string) => `, updated ${date}`,
    notEndorsed: "Headroom is not made or endorsed by the vendors it computes for.",
    alerts: {
      title: "Notifications",
      about: "Each is told once in a cycle, without a sound.",
      kinds: {
        used: "When 50, 80, 95 and 100 % of the plan are used",
        run_out: "When the credits end before they renew, at this pace, or a team's balance within three days",
        bonus: "When bonus credits expire within three days",
        overage: "When overage has begun",
      },
      guard: "Spend guard, dollars",
      noGuard: "none",
      guardAbout: "Tells when overage has reached this in a month.",
    },
    look: {
      title: "Appearance",
      colours: "Colours",
      themes: { system: "Follow the system", light: "Light", dark: "Dark" },
      density: "Density",
      densities: { comfortable: "Comfortable", compact: "Compact" },
      language: "Language",
      systemLanguage: "As the system",
      numbers: "Numbers",
      numbersOfLanguage: "As the language",
      hide: "Hide amounts, for showing the screen to others",
      closeToTray: "Closing the window leaves Headroom in the tray",
      noTray: "This desktop has no tray.",
      autostart: "Start with the session",
    },
    data: {
      title: "Data",
      where: "Everything Headroom knows is in one file on this machine, readable for you only:",
      showFolder: "Show the folder",
      backUp: "Save a copy…",
      exportAll: "Export everything as text…",
      openSample: "Open the sample account",
      about: "A copy can be put back in the file's place. The text has every record as a line of JSON.",
      deleteAll: "Delete everything…",
      deleteQuestion: "Delete everything Headroom knows?",
      deleteConfirm: "Delete everything",
      deleteConsequence:
        "Accounts, recorded usage, statements and choices are deleted for good, and a pasted key leaves the system's keyring. The vendors' own files stay.",
    },
  },
  palette: {
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
  },
  shortcuts: {
    title: "Keyboard shortcuts",
    palette: "Go to or do anything",
    view: "The views, by their place",
    refresh: "Refresh",
    hide: "Hide or show amounts",
    help: "This list",
    close: "Close a dialog",
    charts: "In a chart: from day to day; to the first and the last",
    done: "Close",
  },
  alerts: {
    title: (account: string) => `Headroom: ${account}`,
    used: (percent: string, left: string, renews: string) =>
      `${percent} of the plan is used: ${left} credits are left until ${renews}.`,
    usedUp: (renews: string) => `The plan's credits are used up; they renew on ${renews}.`,
    runOut: (at: string) => `At this pace it is used up ${at}.`,
    bonus: (left: string, at: string) => `${left} of the bonus expire ${at}.`,
    overage: (charge: string) => `Overage has begun: ${charge} so far.`,
    guard: (charge: string, guard: string) => `Overage is at ${charge}, past your guard of ${guard}.`,
  },
  tray: {
    open: "Open Headroom",
    refresh: "Refresh",
    quit: "Quit",
    left: (name: string, left: string) => `${name}: ${left} left`,
    cost: (name: string, cost: string) => `${name}: ${cost} this month`,
    unknown: (name: string) => `${name}: not known yet`,
  },
};

export type Messages = typeof en;
