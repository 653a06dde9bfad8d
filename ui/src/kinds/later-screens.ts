/** The screens of the kinds of account that come when the first figures are drawn. */
import type { Component } from "svelte";
import OrganisationFacts from "../features/accounts/OrganisationFacts.svelte";
import PersonalFacts from "../features/accounts/PersonalFacts.svelte";
import PersonFacts from "../features/accounts/PersonFacts.svelte";
import type { Stated } from "../features/accounts/stated";
import TeamFacts from "../features/accounts/TeamFacts.svelte";
import KiloSetUp from "../features/first-run/KiloSetUp.svelte";
import OrganisationSetUp from "../features/first-run/OrganisationSetUp.svelte";
import PersonSetUp from "../features/first-run/PersonSetUp.svelte";
import type { SetUp } from "../features/first-run/set-up";
import type { MonthsState } from "../features/months/months-state.svelte";
import KiloTeam from "../features/team/KiloTeam.svelte";
import OrganisationTeam from "../features/team/OrganisationTeam.svelte";
import type { MovesState } from "../features/team/moves-state.svelte";
import type { Quote } from "../features/team/quote.svelte";
import type { Kind } from "../ipc/bindings/Kind";
import type { Link } from "../ipc/bindings/Link";
import type { SeatChange } from "../ipc/bindings/SeatChange";
import type { SeatReceipt } from "../ipc/bindings/SeatReceipt";
import type { TopUpReceipt } from "../ipc/bindings/TopUpReceipt";
import type { ViewName } from "../messages";
import type { StandingOf } from "./kind";

/** Everything that the view of a team may take; each takes what it needs of it. */
interface Team<K extends Kind> {
  standing: StandingOf<K>;
  months: MonthsState;
  moves: MovesState;
  seats: Quote<SeatChange, SeatReceipt>;
  topUp: Quote<string | null, TopUpReceipt>;
  openLink: (link: Link) => void;
  go: (view: ViewName) => void;
}

const teams: { [K in Kind]: Component<Team<K>> | null } = {
  "kiro-individual": null,
  "kiro-enterprise": OrganisationTeam,
  "kilo-teams": KiloTeam,
  "kilo-personal": null,
};

/** Who uses an account of a kind, where it is of more than one; it is given how an account of that kind stands. */
export function teamOf(kind: Kind): Component<Team<Kind>> | null {
  return teams[kind] as Component<Team<Kind>> | null;
}

const facts: { [K in Kind]: Component<Stated<K>> | Component<Record<string, never>> } = {
  "kiro-individual": PersonFacts,
  "kiro-enterprise": OrganisationFacts,
  "kilo-teams": TeamFacts,
  "kilo-personal": PersonalFacts,
};

/** What the owner of an account of a kind says of it; it is given how an account of that kind stands. */
export function factsOf(kind: Kind): Component<Stated> {
  return facts[kind] as Component<Stated>;
}

const setUps: Record<Kind, Component<SetUp>> = {
  "kiro-individual": PersonSetUp,
  "kiro-enterprise": OrganisationSetUp,
  "kilo-teams": KiloSetUp,
  "kilo-personal": KiloSetUp,
};

/** The first questions about an account of a kind. */
export function setUpOf(kind: Kind): Component<SetUp> {
  return setUps[kind];
}
