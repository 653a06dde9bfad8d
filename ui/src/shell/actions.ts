/** What the palette can do: the views, the accounts, and what is one click elsewhere. */
import { viewsOf } from "../kinds";
import { t, type ViewName } from "../messages";
import type { Action } from "./Palette.svelte";
import type { Workspace } from "./workspace.svelte";

export function actionsOf(workspace: Workspace, go: (view: ViewName) => void, shortcuts: () => void): Action[] {
  const words = t().palette;
  const { accounts, overview, settings: choices } = workspace;
  const account = accounts.current;
  const ready = account?.ready ?? false;
  const views = viewsOf(account?.billing);
  const actions: Action[] = account
    ? views
        .filter((view) => ready || view === "settings")
        .map((view) => ({
          name: words.goTo(t().views[view]),
          keys: `Ctrl ${views.indexOf(view) + 1}`,
          run: () => go(view),
        }))
    : [];
  for (const other of accounts.all) {
    if (other.id !== accounts.selected)
      actions.push({ name: words.account(other.name), run: () => void workspace.goTo(other.id) });
  }
  if (overview.asking?.on) actions.push({ name: words.refresh, keys: "Ctrl R", run: () => void workspace.refresh() });
  if (ready) {
    actions.push({ name: words.pdf, run: () => void workspace.invoices.saveLast() });
  }
  if (ready && views.includes("what-if")) {
    actions.push({
      name: words.openScenario,
      run: () => {
        go("what-if");
        void workspace.whatIf.open();
      },
    });
  }
  const { settings } = workspace.start;
  if (settings) {
    actions.push({
      name: settings.hide_numbers ? words.show : words.hide,
      keys: "Ctrl Shift H",
      run: () => void choices.choose({ what: "hide-numbers", to: !settings.hide_numbers }),
    });
    for (const theme of ["light", "dark", "system"] as const) {
      if (theme !== settings.theme)
        actions.push({ name: words.theme[theme], run: () => void choices.choose({ what: "theme", to: theme }) });
    }
  }
  actions.push({ name: words.shortcuts, keys: "?", run: shortcuts });
  return actions;
}
