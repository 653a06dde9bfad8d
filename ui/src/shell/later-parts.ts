/** What the first figures don't need: it comes once they are drawn, and before them only where it is shown first. */
export { default as FirstRun } from "../features/first-run/FirstRun.svelte";
export { default as Arrived } from "../features/import/Arrived.svelte";
export { default as DropTarget } from "../features/import/DropTarget.svelte";
export { setUpOf } from "../kinds/later-screens";
export { actionsOf } from "./actions";
export { default as OtherViews } from "./OtherViews.svelte";
export { default as Palette } from "./Palette.svelte";
export { default as Shortcuts } from "./Shortcuts.svelte";
