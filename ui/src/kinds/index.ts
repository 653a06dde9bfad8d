/** Every kind of account. Nothing outside this folder names one: it asks here, and for its screens beside. */
import type { Found } from "../ipc/bindings/Found";
import type { Kind } from "../ipc/bindings/Kind";
import type { Saying } from "../ipc/bindings/Saying";
import type { Standing } from "../ipc/bindings/Standing";
import { t, type ViewName } from "../messages";
import type { Headline, KindOfAccount, TypedKind } from "./kind";
import { organisation } from "./organisation";
import { person } from "./person";
import { personal } from "./personal";
import { team } from "./team";

const all: { [K in Kind]: TypedKind<K> } = {
  "kiro-individual": person,
  "kiro-enterprise": organisation,
  "kilo-teams": team,
  "kilo-personal": personal,
};

/** The kinds, in the order in which they are offered. */
export const kinds = Object.keys(all) as Kind[];

/** What is to be known of a kind. */
export function kindOf(kind: Kind): KindOfAccount {
  return all[kind];
}

/** Whether the name of an account says of which kind it is, so that nobody has to: "Kiro organisation" does. */
export function saysKind({ name, billing }: { name: string; billing: Kind }): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/\P{L}/gu, "");
  return letters(name) === letters(t().kinds[kindOf(billing).name]);
}

/** The views of an account; before there is one, the first screen and Settings. */
export function viewsOf(kind: Kind | undefined): readonly ViewName[] {
  return kind ? kindOf(kind).views : ["overview", "settings"];
}

/** The figure of an account of any kind, and what it is. */
export function headline(of: Standing): Headline {
  // The compiler doesn't follow that both are of one kind.
  const { headline } = all[of.kind] as TypedKind<Kind>;
  return headline(of);
}

/** What the owner of an account has to settle before plans and suppositions can be told apart. */
export function unsettled(of: Standing): Saying | null {
  const { unsettled } = all[of.kind] as TypedKind<Kind>;
  return unsettled?.(of) ?? null;
}

/** The kind that is offered first: the one that this machine has something of. */
export function likeliest(found: Found): Kind {
  return !found.kiro_login && !found.kiro_sessions && found.kilo_login ? "kilo-teams" : "kiro-individual";
}
