/** Das Fenster auf Deutsch. */
import type { Messages } from "../en";
import { common, dates, kinds, live, sample, time, views } from "./common";
import { alerts, failure, notices, ofThePage, reports, shortcuts, sidebar, tray, viewFailure } from "./shell";
import { firstRun } from "./first-run";
import { axis } from "./axis";
import { cards, organisation, overage, overview, teamOverview } from "./overview";
import { personal } from "./personal";
import { plans, receipt } from "./plans";
import { invoices, lines } from "./invoices";
import { usage } from "./usage";
import { why } from "./why";
import { trying } from "./trying";
import { seats, team, topUp, users } from "./team";
import { accounts, facts, kiloKey, logins, session, stated, teamFacts } from "./accounts";
import { months } from "./months";
import { importing, imported } from "./import";
import { settings } from "./settings";
import { allAccounts } from "./all-accounts";
import { palette } from "./palette";
import { history } from "./history";

export const de: Messages = {
  time,
  views,
  kinds,
  sidebar,
  common,
  dates,
  live,
  sample,
  failure,
  viewFailure,
  ofThePage,
  notices,
  firstRun,
  cards,
  overview,
  axis,
  overage,
  plans,
  receipt,
  organisation,
  months,
  teamOverview,
  personal,
  facts,
  logins,
  stated,
  teamFacts,
  accounts,
  kiloKey,
  import: importing,
  imported,
  lines,
  invoices,
  usage,
  trying,
  why,
  team,
  seats,
  topUp,
  users,
  session,
  settings,
  reports,
  allAccounts,
  palette,
  history,
  shortcuts,
  alerts,
  tray,
};
