/** The parts of the window that come later, once they are here. */
type Parts = typeof import("./later-parts");

let here = $state.raw<Parts | null>(null);
let coming: Promise<void> | null = null;

export const later = {
  get parts(): Parts | null {
    return here;
  },

  /** Has them come, once. */
  come(): Promise<void> {
    coming ??= import("./later-parts").then((parts) => void (here = parts));
    return coming;
  },
};
