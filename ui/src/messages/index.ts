export { languages, phrasesFrom, speak, t } from "./language.svelte";
export type { Messages } from "./en";
export type { KindName, ViewName } from "./en/common";
