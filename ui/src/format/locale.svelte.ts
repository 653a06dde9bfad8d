/** In which locale amounts and dates are written, and whether amounts are shown at all. */

class Locale {
  /** The BCP 47 tag of numbers and amounts. */
  numbers = $state("en-US");
  /** The tag of dates and times. */
  dates = $state("en-GB");
  /** Amounts are hidden, for showing the screen to others. */
  hidden = $state(false);
}

export const locale = new Locale();

/** Makes a formatter when it is first asked for, and again when the locale has changed: Intl's are dear. */
export function perLocale<T>(of: "numbers" | "dates", make: (tag: string) => T): () => T {
  let made: T | undefined;
  let madeFor = "";
  return () => {
    const tag = locale[of];
    if (made === undefined || madeFor !== tag) {
      made = make(tag);
      madeFor = tag;
    }
    return made;
  };
}
