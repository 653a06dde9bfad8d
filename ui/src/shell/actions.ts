/** What the palette can do: the views, the accounts, and what is one click elsewhere. */
import type { Action } from "./Palette.svelte";
import { t } from "../messages";
import type { Session } from "./session.svelte";
import { viewsOf, type ViewName } from "../kinds/views";

export function actionsOf(session: Session, go: (view: ViewName) => void, shortcuts: () => void): Action[] {
  const words = t().palette;
  const account = session.account;
  const ready = account?.ready ?? false;
  const views = viewsOf(account?.billing).filter((view) => ready || view === "settings");
  const actions: Action[] = account
    ? views.map((view) => ({
        name: words.goTo(t().views[view]),
        keys: `Ctrl ${viewsOf(account.billing).indexOf(view) + 1}`,
        run: () => go(view),
      }))
    : [];
  for (const other of session.start?.accounts ?? []) {
    if (other.id !== session.selected)
      actions.push({ name: words.account(other.name), run: () => void session.select(other.id) });
  }
  if (session.asking?.on) actions.push({ name: words.refresh, keys: "Ctrl R", run: () => void session.refresh(true) });
  if (ready) {
    actions.push({
      name: words.pdf,
      run: () => void session.saveLastPeriod(),
    });
  }
  if (ready && account?.billing === "kiro-individual") {
    actions.push({
      name: words.openScenario,
      run: () => {
        go("what-if");
        void session.whatIf.open();
      },
    });
  }
  const settings = session.settings;
  if (settings) {
    actions.push({
      name: settings.hide_numbers ? words.show : words.hide,
      keys: "Ctrl Shift H",
      run: () => void session.choose({ what: "hide-numbers", to: !settings.hide_numbers }),
    });
    for (const theme of ["light", "dark", "system"] as const) {
      if (theme !== settings.theme)
        actions.push({ name: words.theme[theme], run: () => void session.choose({ what: "theme", to: theme }) });
    }
  }
  actions.push({ name: words.shortcuts, keys: "?", run: shortcuts });
  return actions;
}
