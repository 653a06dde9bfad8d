/** Whether anything can be saved: where not, what changes something can't be used, and says why. */
import type { Saying } from "../ipc/bindings/Saying";

class Saving {
  /** Why nothing can be saved; null where something can. */
  refused = $state.raw<Saying | null>(null);
}

export const saving = new Saving();

/** The id of what says why. */
export const REFUSED = "nothing-can-be-saved";
