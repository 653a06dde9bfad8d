/** What stands behind the page's address: which account and view are shown, so that a page which is loaded again shows them again. */
import type { AccountNumber } from "../ipc/bindings/AccountNumber";
import type { AppError } from "../ipc/bindings/AppError";
import type { ViewName } from "../messages";

/** What the shell asks of the page when its process ended again and again (`src-tauri/src/platform.rs`). */
const PAGE_ENDED = "page-ended";

/** Every view, known before there are words. */
const VIEWS = Object.keys({
  overview: true,
  usage: true,
  plans: true,
  invoices: true,
  team: true,
  settings: true,
  accounts: true,
} satisfies Record<ViewName, true>);

export interface Shown {
  account: AccountNumber;
  view: ViewName;
}

/** What was shown before the page was loaded. */
export function shownBefore(address: string): Shown | null {
  const [, account, view] = /^#(\d+)\/([a-z-]+)$/.exec(address) ?? [];
  if (account === undefined || view === undefined || !VIEWS.includes(view)) return null;
  return { account: Number(account), view: view as ViewName };
}

/** Notes what is shown. */
export function remember(account: AccountNumber | null, view: ViewName): void {
  const address = new URL(location.href);
  // Whoever is shown something again has got over that.
  if (address.searchParams.has(PAGE_ENDED)) address.searchParams.delete(PAGE_ENDED);
  address.hash = account === null ? "" : `${account}/${view}`;
  history.replaceState(history.state, "", address);
}

/** Why the page is loaded without its view, if it is. */
export function whyNotShown(asked: string): AppError | null {
  return new URLSearchParams(asked).has(PAGE_ENDED)
    ? { code: "outside", saying: { code: "page-ended", values: {} } }
    : null;
}
