export { languages, speak, t } from "./language.svelte";
export type { Messages } from "./en";
