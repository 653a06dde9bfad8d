/** What the palette can do: one table of everything that the window can, by its name and by other words for it. */
import { viewsOf } from "../kinds";
import { languages, t, type ViewName } from "../messages";
import type { ActionName, SectionName } from "../messages";
import { taking } from "../primitives/taking.svelte";
import type { Action } from "./Palette.svelte";
import { lookAtTheSwitch } from "./switch";
import type { Workspace } from "./workspace.svelte";

/** What actions need of the window beside what it shows. */
export interface Going {
  go: (view: ViewName, section?: SectionName) => Promise<void>;
  shortcuts: () => void;
}

/** What one of them does now. */
type Does = Omit<Action, "also" | "name"> & { name?: string };

/** Each action by its name; null where it can't be done now. */
type Table = Record<Exclude<ActionName, "language">, Does | null>;

/** What is done to the account that is looked at, and to its usage. */
function ofAccount(workspace: Workspace, { go }: Going) {
  const { accounts, overview, months, invoices, imports } = workspace;
  const account = accounts.current;
  const views = viewsOf(account?.billing);
  const ready = account?.ready ?? false;
  const own = account && !account.sample ? account.id : null;
  const standing = overview.shown;
  const hasSwitch = standing && "overage" in standing && typeof standing.overage === "object";
  const toMonth = (by: 1 | -1) => {
    const month = months.beside(by);
    return month === null ? null : { run: () => void months.look(month) };
  };
  const saves = (form: "pdf" | "csv" | "json") => (ready ? { run: () => void invoices.saveLast(form) } : null);
  return {
    "all-accounts": accounts.shown.length > 1 ? { run: () => void go("accounts") } : null,
    "import-files": { run: () => void imports.look("file", null, own) },
    "import-folders": { run: () => void imports.look("folder", null, own) },
    "add-account": { run: () => void go("settings", "accounts") },
    samples: { run: () => void go("settings", "accounts") },
    "remove-account": account ? { run: () => void accounts.remove(account) } : null,
    "hide-account": account
      ? {
          name: account.hidden ? t().palette.showAccount : t().palette.actions["hide-account"],
          run: () => void accounts.hide(account, !account.hidden),
        }
      : null,
    refresh: overview.asking?.on ? { keys: "Ctrl R", run: () => void workspace.refresh() } : null,
    overage: hasSwitch ? { run: () => void go("overview").then(lookAtTheSwitch) } : null,
    upgrade: ready && views.includes("plans") ? { run: () => void go("plans") } : null,
    "month-before": toMonth(-1),
    "month-after": toMonth(1),
    pdf: saves("pdf"),
    csv: saves("csv"),
    json: saves("json"),
    scenario: !(ready && views.includes("plans"))
      ? null
      : {
          run: () => {
            void go("plans");
            void workspace.plans.open();
          },
        },
  } satisfies Partial<Table>;
}

/** What is chosen of how the window looks. */
function ofLooks({ settings: choices, start: { settings } }: Workspace, { go }: Going) {
  const look: Does = { run: () => void go("settings", "look") };
  const words = t().palette;
  const theme = (to: "light" | "dark" | "system") =>
    settings && to !== settings.theme ? { run: () => void choices.choose({ what: "theme", to }) } : null;
  const zoom = (keys: string, to: "in" | "out" | "reset") => ({ keys, run: () => void choices.zoom(to) });
  return {
    hide: settings && {
      name: settings.hide_numbers ? words.show : words.actions.hide,
      keys: "Ctrl Shift H",
      run: () => void choices.choose({ what: "hide-numbers", to: !settings.hide_numbers }),
    },
    light: theme("light"),
    dark: theme("dark"),
    system: theme("system"),
    density: look,
    "zoom-in": zoom("Ctrl +", "in"),
    "zoom-out": zoom("Ctrl −", "out"),
    "zoom-reset": zoom("Ctrl 0", "reset"),
    tray: look,
    autostart: look,
  } satisfies Partial<Table>;
}

/** What is around the accounts: data, vendors, help. */
function ofTheRest(workspace: Workspace, { go, shortcuts }: Going) {
  const hasChart = document.querySelector("main figure [data-copies]") !== null;
  const { settings, announcements } = workspace;
  const undo = announcements.latest?.undo;
  return {
    kiro: { run: () => workspace.openLink({ to: "account", vendor: "kiro" }) },
    kilo: { run: () => workspace.openLink({ to: "account", vendor: "kilo" }) },
    picture: hasChart ? { keys: "Ctrl Shift C", run: () => void taking.copyChart() } : null,
    "export-all": { run: () => void settings.exportAll() },
    "back-up": { run: () => void settings.backUp() },
    folder: { run: () => void settings.showDataFolder() },
    undo: { run: () => void (undo ? undo() : go("settings", "history")) },
    notifications: { run: () => void go("settings", "alerts") },
    battery: { run: () => void go("settings", "live") },
    "session-names": { run: () => void go("settings", "data") },
    "delete-all": { run: () => void go("settings", "danger") },
    shortcuts: { keys: "?", run: shortcuts },
    problem: { run: () => void go("settings", "reports") },
  } satisfies Partial<Table>;
}

/** The views of the account and the sections of Settings. */
function places(workspace: Workspace, { go }: Going): Action[] {
  const { accounts } = workspace;
  const words = t().palette;
  const account = accounts.current;
  const views = viewsOf(account?.billing);
  const open = account ? views.filter((view) => account.ready || view === "settings") : [];
  const sections = Object.entries(words.sections) as [SectionName, string][];
  return [
    ...open.map((view) => ({
      name: words.goTo({ view: t().views[view] }),
      also: t().synonyms.views[view],
      keys: `Ctrl ${views.indexOf(view) + 1}`,
      run: () => void go(view),
    })),
    ...accounts.all
      .filter(({ id }) => id !== accounts.selected)
      .map(({ id, name }) => ({ name: words.account({ name }), also: "", run: () => void workspace.goTo(id) })),
    ...(account
      ? sections.map(([section, name]) => ({
          name: words.section({ name }),
          also: t().synonyms.sections[section],
          run: () => void go("settings", section),
        }))
      : []),
  ];
}

export function actionsOf(workspace: Workspace, going: Going): Action[] {
  const words = t().palette;
  const table: Table = {
    ...ofAccount(workspace, going),
    ...ofLooks(workspace, going),
    ...ofTheRest(workspace, going),
  };
  const done = (Object.entries(table) as [keyof Table, Does | null][]).flatMap(([name, does]) =>
    does ? [{ name: words.actions[name], also: t().synonyms.actions[name], ...does }] : [],
  );
  const spoken = Object.entries(languages).map(([tag, { name }]) => ({
    name: words.language({ name }),
    also: `${t().synonyms.actions.language} ${tag}`,
    run: () => void workspace.settings.choose({ what: "language", to: tag }),
  }));
  return [...places(workspace, going), ...done, ...spoken];
}
