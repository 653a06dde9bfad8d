/** The sections of Settings, and how they are found. */
import { t } from "../../messages";
import type { SectionName } from "../../messages";
import { fits } from "../../primitives/search";

/** Everything that is written somewhere, whatever it is filled in with. */
function texts(of: unknown): string {
  if (typeof of === "string") return of;
  return typeof of === "object" && of !== null ? Object.values(of).map(texts).join(" ") : "";
}

/** What stands in a section. */
function written(section: SectionName): unknown {
  const { facts, logins, stated, teamFacts, accounts, kiloKey, sample, settings, reports, history } = t();
  const in_: Record<SectionName, unknown> = {
    account: [facts, logins, stated, teamFacts],
    accounts: [accounts, sample],
    import: [t().import.kinds, t().import.arrived.drop],
    live: [settings.vendors, settings.pauseOnBattery, kiloKey],
    alerts: settings.alerts,
    look: settings.look,
    data: [settings.data, t().failure.showFolder],
    history,
    reports: [reports.title, reports.about],
    about: [settings.about, settings.notEndorsed],
    danger: [settings.removeThis, settings.removeSample, settings.data.deleteAll],
  };
  return in_[section];
}

/** Those that have what is searched for; in their order. */
export function matching(wanted: string, sections: readonly SectionName[]): SectionName[] {
  return sections.filter((section) =>
    fits(wanted, t().palette.sections[section], `${t().synonyms.sections[section]} ${texts(written(section))}`),
  );
}
