import type { KindName } from "./common";
import { sessions } from "./counted";

export const firstRun = {
  title: "How much is left, and what is charged next",
  about: (canAsk: boolean) =>
    `Tell Headroom what you pay for, and it computes the rest to the cent, on this machine. Nothing is sent anywhere${canAsk ? ", unless you have it ask the vendor." : "."}`,
  whatFor: "What you pay for",
  kinds: {
    person: { title: "Kiro, for myself", about: "Plan, credits, overage" },
    organisation: { title: "Kiro, for an organisation", about: "Reports and AWS bills" },
    team: { title: "Kilo for Teams", about: "Balance, seats, spending" },
    personal: { title: "Kilo, for myself", about: "Balance, credits, Kilo Pass" },
  } satisfies Record<KindName, { title: string; about: string }>,
  found: "Found on this computer",
  askKilo: "Ask Kilo for my accounts there, with the login on this computer",
  backTo: (account: string) => `Cancel, back to ${account}`,
  yourAccount: "Your Kiro account",
  fromKiro:
    "Plan, limit, what is used and when it renews come from Kiro: nothing has to be filled in. What Kiro doesn't tell is asked where it matters.",
  describe: "Or enter what you pay for yourself:",
  submit: "Show my credits",
  readSessions: (files: number) => `Read my usage from ${sessions(files)} of the Kiro command line`,
  readSessionsAbout: ": time, model and credits of each task; nothing else is kept.",
  noSessions:
    "No Kiro command line sessions were found on this computer. You can import a folder of them later, in Settings.",
  readEstimates: (files: number) => `Read estimates from ${sessions(files)} of the Kiro IDE`,
  readEstimatesAbout: ": shown beside your usage, not counted in any charge.",
  askWithLogin: "Ask Kiro for my usage, with the login on this computer",
  askThroughCommand: "Ask Kiro for my usage, through its command line",
  loginAbout: ": read when it is used, sent to Kiro only, never kept, changed or renewed.",
  yourOrganisation: "Your organisation",
  organisationAbout:
    "Its numbers come from files: the user activity reports that Kiro writes every day, and AWS cost exports. They are read on this computer, and what Headroom keeps stays in its own file here.",
  yourKilo: "Your Kilo account",
  kiloLogin: "You're signed in to Kilo on this computer.",
  kiloLoginAbout:
    ": read when it is used, sent to Kilo only, never kept, changed or renewed. Kilo is asked for your own balance, credits and Kilo Pass, and for your teams with theirs, seats, members and spending.",
  connect: "Connect Kilo",
  noKiloLogin:
    "No Kilo login was found on this computer. Sign in to Kilo's command line or editor and come back, paste a key, or begin with the usage file from Kilo's page.",
};
