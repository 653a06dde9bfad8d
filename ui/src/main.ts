import "./styles/tokens.css";
import "./styles/base.css";
import { mount, tick } from "svelte";
import App from "./App.svelte";
import type { Backend } from "./ipc/backend";
import type { Standing } from "./ipc/bindings/Standing";
import { tauri } from "./ipc/tauri";
import { credits, money } from "./format/amounts";
import { Session } from "./state/session.svelte";

async function chosenBackend(): Promise<Backend> {
  if (!__MOCK__) return tauri;
  const { backendOfAddress } = await import("./ipc/fixtures");
  return backendOfAddress(new URL(location.href));
}

/** What the first screen says, for the log and for whoever waits for it. */
function summary(session: Session): string {
  if (session.failure) return session.failure.message;
  const overview = session.overview;
  if (!overview) return "welcome: no account yet";
  const sample = overview.account.sample ? " (sample)" : "";
  return `${overview.account.name}${sample}, ${standing(overview)}`;
}

function standing(overview: Standing): string {
  switch (overview.kind) {
    case "kiro-individual":
      return `${overview.plan}: ${overview.left === null ? "no usage recorded" : `${credits(overview.left)} credits left`}`;
    case "kiro-enterprise":
      return overview.month_to_date === null ? "no reports" : `${money(overview.month_to_date)} this month`;
    case "kilo-teams":
      return overview.balance === null ? "balance not known" : `${money(overview.balance)} left`;
  }
}

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
requestAnimationFrame(() =>
  requestAnimationFrame(() => {
    // The figures are on the screen, not only in the page: pictures wait for this mark.
    document.documentElement.setAttribute("data-painted", "yes");
    void session.backend.painted(summary(session));
  }),
);
void session.backend.reveal();
