import { mount, tick } from "svelte";
import App from "./App.svelte";
import type { Backend } from "./ipc/backend";
import { tauri } from "./ipc/tauri";
import { afterDrawing, firstFiguresDrawn } from "./state/drawn";
import { Session } from "./state/session.svelte";
import { headline } from "./state/standing";
import { say } from "./messages/sayings";

async function chosenBackend(): Promise<Backend> {
  if (!__MOCK__) return tauri;
  const { backendOfAddress } = await import("./ipc/fixtures");
  return backendOfAddress(new URL(location.href));
}

/** What the first screen says, for the log and for whoever waits for it. */
function summary(session: Session): string {
  if (session.failure) return say(session.failure.saying);
  const overview = session.overview;
  if (!overview) return "welcome: no account yet";
  const { figure, about } = headline(overview);
  const { name, sample } = overview.account;
  return [`${name}${sample ? " (sample)" : ""}:`, figure, about].filter(Boolean).join(" ");
}

// A function, and not the file itself: other files need this one whole while it waits for them.
async function start() {
  const session = new Session(await chosenBackend());
  // The question is on its way while the page is put together.
  const opening = session.open();
  const target = document.getElementById("app");
  const starting = target?.firstElementChild;
  if (target) mount(App, { target, props: { session } });
  await opening;
  starting?.remove();
  await tick();
  // The window draws already, out of sight: asking for frames first costs none of them.
  afterDrawing(() => {
    // The figures are on the screen, not only in the page: pictures wait for this mark.
    document.documentElement.setAttribute("data-painted", "yes");
    void session.backend.painted(summary(session)).finally(firstFiguresDrawn);
  });
  void session.backend.reveal();
}

void start();
