/** The views, and which of them a kind of account has. */
import type { Kind } from "../ipc/bindings/Kind";

export type ViewName = "overview" | "usage" | "plans" | "invoices" | "team" | "what-if" | "settings";

const views: Record<Kind, ViewName[]> = {
  "kiro-individual": ["overview", "usage", "plans", "invoices", "what-if", "settings"],
  "kiro-enterprise": ["overview", "usage", "invoices", "team", "settings"],
  "kilo-teams": ["overview", "usage", "invoices", "team", "settings"],
};

/** The views that a kind of account has, in their order: the digit of a shortcut is the place. */
export function viewsOf(billing: Kind | undefined): ViewName[] {
  return billing ? views[billing] : ["overview", "settings"];
}
