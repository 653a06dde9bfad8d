/** What the window has to know of a kind of account, beside its screens (`screens.ts`, `later-screens.ts`). */
import type { ImportKind } from "../ipc/bindings/ImportKind";
import type { Judgement } from "../ipc/bindings/Judgement";
import type { Kind } from "../ipc/bindings/Kind";
import type { Saying } from "../ipc/bindings/Saying";
import type { Standing } from "../ipc/bindings/Standing";
import type { KindName, ViewName } from "../messages";

/** How an account of one kind stands. */
export type StandingOf<K extends Kind> = Extract<Standing, { kind: K }>;

/** What a card says of an account: its figure, what that is, and how it is judged. */
export interface Headline {
  figure: string | null;
  about: string;
  judgement: Judgement;
}

export interface KindOfAccount {
  /** What its words stand under, wherever kinds have words of their own. */
  name: KindName;
  /** Its views, in their order: the digit of a shortcut is the place. */
  views: readonly ViewName[];
  /** Files that are imported for it. */
  imports: readonly ImportKind[];
  /** Whether its accounts are those that a login of Kilo's is in: with one, none is added by hand. */
  connects: boolean;
  /** Its usage: tasks as they were metered one by one, or rows of what somebody reports. */
  usage: "tasks" | "rows";
  /** What a row of its usage names: the model, or the program that it was used with. */
  column: "model" | "client";
  /** Who or what used it, as a row names that; none where it is always the account's owner. */
  who: "session" | "user" | null;
  /** What its charges are listed by. */
  periods: "months" | "cycles";
  /** What its figure is: what is left, or what it has cost. */
  figure: "left" | "cost";
}

/** A kind, with what it says of an account of its own. */
export interface TypedKind<K extends Kind> extends KindOfAccount {
  /** The figure of an account, and what it is. */
  headline: (of: StandingOf<K>) => Headline;
  /** What its owner has to settle before plans and suppositions can be told apart; none where nothing is missing. */
  unsettled?: (of: StandingOf<K>) => Saying | null;
}
