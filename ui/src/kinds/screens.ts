/** The screens of the kinds of account that the window starts with. */
import type { NotAsked } from "../ipc/bindings/NotAsked";
import type { Saying } from "../ipc/bindings/Saying";
import type { Component } from "svelte";
import type { ImportState } from "../features/import/import-state.svelte";
import type { MonthsState } from "../features/months/months-state.svelte";
import OrganisationOverview from "../features/overview/OrganisationOverview.svelte";
import type { OverviewState } from "../features/overview/overview-state.svelte";
import PersonalOverview from "../features/overview/PersonalOverview.svelte";
import PersonOverview from "../features/overview/PersonOverview.svelte";
import TeamOverview from "../features/overview/TeamOverview.svelte";
import type { Found } from "../ipc/bindings/Found";
import type { Kind } from "../ipc/bindings/Kind";
import type { Link } from "../ipc/bindings/Link";
import type { ViewName } from "../messages";
import type { StandingOf } from "./kind";

/** Everything that an overview may take; each takes what it needs of it. */
interface Overview<K extends Kind> {
  standing: StandingOf<K>;
  notices: Saying[];
  found: Found;
  state: OverviewState;
  imports: ImportState;
  months: MonthsState;
  refreshing: boolean;
  notAsked: NotAsked | null;
  refresh: () => void;
  openLink: (link: Link) => void;
  go: (view: ViewName) => void;
  /** Looks in Plans at what changing to a plan charges. */
  seePlan: (plan: string) => void;
}

const overviews: { [K in Kind]: Component<Overview<K>> } = {
  "kiro-individual": PersonOverview,
  "kiro-enterprise": OrganisationOverview,
  "kilo-teams": TeamOverview,
  "kilo-personal": PersonalOverview,
};

/** The overview of a kind; it is given how an account of that kind stands. */
export function overviewOf(kind: Kind): Component<Overview<Kind>> {
  return overviews[kind] as Component<Overview<Kind>>;
}
