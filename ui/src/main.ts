import { mount, tick } from "svelte";
import App from "./shell/App.svelte";
import type { Backend } from "./ipc/backend";
import { patient } from "./ipc/patience";
import { tauri } from "./ipc/tauri";
import { afterDrawing, firstFiguresDrawn } from "./primitives/drawn";
import { shownBefore, whyNotShown } from "./shell/address";
import { later } from "./shell/later.svelte";
import { Workspace } from "./shell/workspace.svelte";
import { headline } from "./kinds";
import { phrasesFrom, speak, t } from "./messages";
import { say } from "./messages/sayings";

async function chosenBackend(): Promise<Backend> {
  if (!__MOCK__) return patient(tauri);
  const { backendOfAddress } = await import("./ipc/fixtures");
  return patient(await backendOfAddress(new URL(location.href)));
}

/** What the first screen says, for the log and for whoever waits for it. */
function summary({ failure, overview, view }: Workspace): string {
  if (failure) return say(failure.saying);
  if (!overview.shown) return "welcome: no account yet";
  const { figure, about } = headline(overview.shown);
  const { name, sample } = overview.shown.account;
  const shown = view === "overview" ? "" : `${t().views[view]}, `;
  return [`${shown}${name}${sample ? " (sample)" : ""}:`, figure, about].filter(Boolean).join(" ");
}

// A function, and not the file itself: other files need this one whole while it waits for them.
async function start() {
  const backend = await chosenBackend();
  const workspace = new Workspace(backend, shownBefore(location.hash));
  workspace.failure = whyNotShown(location.search);
  // The question is on its way while the page is put together.
  phrasesFrom(backend);
  const opening = workspace.failure ? speak(null, null).catch(() => undefined) : workspace.open();
  const target = document.getElementById("app");
  const starting = target?.firstElementChild;
  if (target) mount(App, { target, props: { workspace } });
  await opening;
  if (!workspace.failure && workspace.welcome) await later.come();
  starting?.remove();
  await tick();
  // The window draws already, out of sight: asking for frames first costs none of them.
  afterDrawing(() => {
    // The figures are on the screen, not only in the page: pictures wait for this mark.
    document.documentElement.setAttribute("data-painted", "yes");
    void workspace.backend.painted(summary(workspace)).finally(firstFiguresDrawn);
  });
  void workspace.backend.reveal();
}

void start();
