/** What stands behind the page's address: which account and view are shown, so that a page which is loaded again shows them again. */
import type { AccountNumber } from "../ipc/bindings/AccountNumber";
import type { AppError } from "../ipc/bindings/AppError";
import { t, type ViewName } from "../messages";

/** What the shell has the address end with when the page's process ended again and again (`src-tauri/src/platform.rs`). */
const PAGE_ENDED = "#page-ended";

export interface Shown {
  account: AccountNumber;
  view: ViewName;
}

/** What was shown before the page was loaded. */
export function shownBefore(address: string): Shown | null {
  const [, account, view] = /^#(\d+)\/([a-z-]+)$/.exec(address) ?? [];
  if (account === undefined || view === undefined || !Object.hasOwn(t().views, view)) return null;
  return { account: Number(account), view: view as ViewName };
}

/** Notes what is shown. */
export function remember(account: AccountNumber | null, view: ViewName): void {
  history.replaceState(history.state, "", account === null ? "#" : `#${account}/${view}`);
}

/** Why the page is loaded without its view, if it is. */
export function whyNotShown(address: string): AppError | null {
  return address === PAGE_ENDED ? { code: "outside", saying: { code: "page-ended", values: {} } } : null;
}
