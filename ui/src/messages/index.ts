import type { Words } from "../ipc/bindings/Words";

export { languages, phrasesFrom, speak, t } from "./language.svelte";
export type { Words } from "../ipc/bindings/Words";

/** The views, by the names that the window has for them. */
export type ViewName = keyof Words["views"];

/** The kinds of account, by the names that their words have. */
export type KindName = keyof Words["kinds"];

/** The sections of Settings. */
export type SectionName = keyof Words["palette"]["sections"];

/** What can be done. */
export type ActionName = keyof Words["palette"]["actions"] | "language";
