/** What the window tells the desktop around it: the tray's words, and alerts. */
import { credits, money, percent } from "../format/amounts";
import { day, moment } from "../format/moments";
import type { AlertView } from "../ipc/bindings/AlertView";
import type { Standing } from "../ipc/bindings/Standing";
import type { TrayWords } from "../ipc/bindings/TrayWords";
import { t } from "../messages";
import { say } from "../messages/sayings";
import { headline, kindOf } from "../kinds";
import type { Workspace } from "./workspace.svelte";
import type { ViewName } from "../messages";

/** What is left of an account, or what it cost, in a few words; without a figure, why there is none. */
function label(of: Standing): string {
  const words = t().tray;
  const { name } = of.account;
  const { figure, about } = headline(of);
  return figure === null ? words.without({ name, about }) : words[kindOf(of.kind).figure]({ name, figure });
}

/** Writes the tray's words; accounts that nothing is known of yet have their names only. */
export async function writeTray(workspace: Workspace, go: (view: ViewName) => void): Promise<void> {
  const accounts = workspace.accounts.all.filter((account) => !account.hidden);
  const shown = workspace.overview.shown;
  const labelOf = (id: number, name: string) => {
    const known = workspace.overview.of(id);
    return known ? label(known) : name;
  };
  const words: TrayWords = {
    title: shown ? label(shown) : "Headroom",
    verdict: shown ? say(shown.verdict.sentence) : "",
    reasons: shown ? [...shown.verdict.reasons, ...shown.verdict.ways].map(say).join(" ") : "",
    open: t().tray.open,
    refresh: workspace.overview.asking?.on ? t().tray.refresh : "",
    quit: t().tray.quit,
    accounts: accounts.map(({ id, name }) => ({ id, label: labelOf(id, name) })),
  };
  await workspace.backend
    .setTray(words, (choice) => {
      if (choice.kind === "refresh") void workspace.refresh();
      else void workspace.goTo(choice.account).then(() => go("overview"));
    })
    .catch(() => undefined);
}

function sentence({ says }: AlertView): string {
  const words = t().alerts;
  switch (says.kind) {
    case "used":
      return says.percent >= 100
        ? words.usedUp({ renews: day(says.renews_at) })
        : words.used({ percent: percent(says.percent * 10), left: credits(says.left), renews: day(says.renews_at) });
    case "run-out":
      return words.runOut({ at: moment(says.at) });
    case "little":
      return words.little({ left: money(says.left), below: money(says.below) });
    case "bonus":
      return words.bonus({ left: credits(says.left), at: moment(says.at) });
    case "overage":
      return words.overage({ charge: money(says.charge) });
    case "guard":
      return words.guard({ charge: money(says.charge), guard: money(says.guard) });
  }
}

/** Tells what is due; each alert once, whatever happens to it afterwards. */
export async function tellAlerts(workspace: Workspace): Promise<void> {
  try {
    for (const alert of await workspace.backend.alerts())
      await workspace.backend.tell(alert.key, t().alerts.title({ account: alert.account }), sentence(alert));
  } catch {
    // What can't be told now is still due the next time.
  }
}
