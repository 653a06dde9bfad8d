import { count } from "../../format/amounts";
import type { KindName } from "./common";

export const session = {
  removed: (name: string) => `${name} is removed.`,
  restored: (name: string) => `${name} is back.`,
  allDeleted: "Everything is deleted.",
  overageRecorded: (on: boolean): string => (on ? "Overage is saved as on." : "Overage is saved as off."),
  key: (kept: boolean): string => (kept ? "The key is in the system's keyring." : "The key is forgotten."),
  renamed: (name: string) => `Renamed to ${name}.`,
  hidden: (name: string, hidden: boolean) => (hidden ? `${name} is hidden.` : `${name} is shown again.`),
  teamSaved: "The team's details are saved.",
  changeRecorded: (plan: string) => `The change to ${plan} is saved.`,
  factsSaved: "The account's details are saved.",
  /** @param days the recorded plan changes that the new plan takes the place of. */
  factsReplace: (changes: { plan: string; on: string }[]) =>
    `The account's details are saved. ${changes.map(({ plan, on }) => `The change to ${plan} of ${on} no longer counts.`).join(" ")}`,
  poolStated: (what: "pack" | "grant"): string => (what === "pack" ? "The pack is added." : "The grant is added."),
  takenBack: "Taken back.",
  sinceIsMissing:
    "Saved. That plan wasn't sold when you first paid: add the day you moved to it, under More details. Earlier charges aren't calculated until then.",
  factsAlready: "Nothing changed: these details are saved already.",
};

export const accounts = {
  title: "Manage accounts",
  nameOf: (name: string) => `Name of ${name}`,
  rename: "Rename",
  kinds: {
    person: "Kiro, one person",
    organisation: "Kiro, organisation",
    team: "Kilo for Teams",
    personal: "Kilo, one person",
  } satisfies Record<KindName, string>,
  madeUp: "made-up numbers",
  hidden: "hidden",
  show: "Show",
  hide: "Hide",
  add: {
    person: "Add Kiro, one person",
    organisation: "Add Kiro, organisation",
    team: "Add a team without a login",
    personal: "Add Kilo, one person, without a login",
  } satisfies Record<KindName, string>,
  addAbout: {
    person:
      "A second account of one person, such as a private one beside one from work. Nothing is added until you confirm.",
    organisation: "Its numbers come from reports and bills that you import. Nothing is added until you confirm.",
    team: "Its usage is imported from files. Nothing is added until you confirm.",
    personal: "Its usage is imported from files. Nothing is added until you confirm.",
  } satisfies Record<KindName, string>,
  newName: "Name",
  newNameUsual: { person: "Kiro", organisation: "Kiro organisation", team: "Kilo", personal: "Kilo" } satisfies Record<
    KindName,
    string
  >,
  addIt: "Add",
  addKilo: "Add my Kilo accounts",
  kiloAsked: ["Kilo is asked which accounts the login in", " has: its teams, and its own."],
  noKilo:
    "No Kilo login was found on this computer. Sign in to Kilo's command line or editor to add its accounts, or add one without a login and import its usage.",
  hiddenAbout: "A hidden account keeps its data, and Headroom stops asking about it.",
};

export const facts = {
  plan: "Plan",
  planAbout: "A month, without tax. You see your plan in Kiro under Account.",
  firstPaid: "First paid day",
  firstPaidEver: "First paid day (if there ever was one)",
  planFromKiro: "Kiro says so itself. Choose one only if that is wrong.",
  firstPaidAbout:
    "The day of your first payment for Kiro: the first month is charged by days. Without it, past charges aren't computed.",
  country: "Country of the billing address",
  notSold: "Kiro does not sell paid plans there.",
  countryAbout: "It decides the tax.",
  bonus: "Count the bonus credits of my sign-up",
  bonusAbout: (credits: string, days: number, before: string | null) =>
    `${credits} credits that last ${count(days, "day", "days")}${before === null ? "" : `, for sign-ups before ${before}`}; leave it out if that is over.`,
  noBonus: (before: string) =>
    `No credits came with this sign-up: Kiro ended them on ${before}. Since then it may take something off the first payment instead.`,
  signUp: "Sign-up day",
  priceList: "Prices",
  eachMonth: "As they were each month",
  eachMonthAbout: "Each month at the prices of that time.",
  alwaysBy: (list: string) => `Always: ${list}`,
  further: "More details",
  planSince: "On this plan since",
  endedAbout: "With Free: the day on which what you paid for ended. What was charged before isn't computed then.",
  planSinceAbout: "Only if you changed the plan after your first payment. What was charged before isn't computed then.",
  tax: "Tax in percent",
  taxAbout: "As your invoices have it, such as 8.25. It becomes a line of each charge.",
  ownLimit: "Your own limit, credits a month",
  ownLimitAbout:
    "Only if Kiro's page shows another limit than the plan's. It counts from this month on, for this plan.",
  asThePlan: "as the plan",
  firstPaymentCredit: "Taken off your first payment, dollars",
  firstPaymentAbout: (most: string) =>
    `Kiro gives up to ${most} on a first payment since May 2026; whether it takes that off is known from your invoice only.`,
  notKnown: "not known",
  withOverage: "With overage, charged when the month ends.",
  withPacks: "With add-on packs bought ahead, no overage.",
  overageOn: "Overage is on in my Kiro account",
  asksSince: (firstPaid: string) =>
    `Say below since when you are on it: months before stay as they were. If you always were, that is your first paid day, ${firstPaid}.`,
  nothingChanged: "Nothing has changed, so nothing is saved.",
};

export const logins = {
  title: "Login",
  about: "Which Kiro login on this computer belongs to this account.",
  undecided:
    "Kiro is signed in to several accounts on this machine, and any of them may be this one. Until you choose, nothing is known of what is left.",
  nobody: "A user that Kiro doesn't name",
  left: (credits: string) => `${credits} credits left`,
  used: (credits: string) => `${credits} used`,
  nothing: "Nothing that can be read",
  notAsked: "Not asked yet: refresh asks",
  chosen: "This account",
  choose: "Choose",
  isChosen: "The login is chosen.",
  whatIsLeft: "What is left isn't known",
  toChoose: "Choose the login",
};

export const stated = {
  title: "Packs and grants",
  about:
    "What Kiro's page shows beside your plan. As soon as Kiro says itself what there is of one, that counts in its place.",
  pack: "Pack",
  from: (on: string, ends: string | null) =>
    ends === null ? `From ${on}, without an end.` : `From ${on} until ${ends}.`,
  left: (left: string, of: string) => `${left} of ${of} left.`,
  leftUnknown: "How much is left isn't known.",
  gaveWay: "Kiro says itself what there is: that counts.",
  ended: "It has ended.",
  refused: (why: string) => `Not counted. ${why}`,
  takeBack: "Take back",
  addPack: "Add a pack",
  addGrant: "Add a grant",
  name: "What Kiro calls it",
  nameAbout: "Such as “Hackathon”.",
  paid: "Paid, in dollars",
  boughtCredits: "Credits bought",
  inCredits: "I know the credits, not the dollars",
  offer: (smallest: string, largest: string, price: string) => `From ${smallest} to ${largest}, at ${price} a credit.`,
  boughtOn: "Bought on",
  grantedOn: "Granted on",
  endsOn: "Gone from",
  endsOnAbout: "The day Kiro's page names (UTC); leave it empty if there is none.",
  state: "Add",
};

export const teamFacts = {
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
  pass: "Kilo Pass",
  noPass: "none",
  passChoice: (name: string, price: string, bonus: string) => `${name}: ${price} a seat and month, ${bonus} bonus`,
  passAbout: "Where Kilo says so itself, that counts.",
  passSince: "The day Kilo Pass began",
  topUp: "Credits bought by themselves",
  noTopUp: "off, or not known",
  exempt: "Kilo charges the team no service fee",
  exemptAbout: "By default 5 % is counted on credits and Kilo Pass.",
};

export const kiloKey = {
  kept: "A Kilo key is in the system's keyring.",
  forget: "Forget it",
  field: "Kilo API key",
  keep: "Keep the key",
  about:
    "From your profile on Kilo's page. It is kept in the system's keyring, not in Headroom's files, and goes to Kilo only.",
};
