/** What stands on an axis of days. */

/** A day as the chart draws it and as its table writes it. Amounts are decimals, of all that was used by then. */
export interface AxisStop {
  /** YYYY-MM-DD. */
  date: string;
  /** As of when. */
  at: string;
  /** What it is, written out. */
  title: string;
  /** Used by then; null where that isn't known. */
  amount: string | null;
  /** Of that, what the lower layer holds; null where it isn't split. */
  part: string | null;
  /** Where it leads by then, and between what. */
  ahead: { even: string; low: string | null; high: string | null } | null;
  /** By the same day of the month before. */
  before: string | null;
  /** What there is to say of it, a line each. */
  words: string[];
  /** Its cells in the table, after the title. */
  cells: (string | number)[];
  /** The same as decimals. */
  plain: (string | null)[];
}

/** What stands at a height, with its name. */
export interface AxisLine {
  amount: string;
  label: string;
}

/** What a legend explains: all that was used, what this computer saw of it, where it leads, an even use, the month before,
 * something that happens. */
export type AxisSign = "all" | "here" | "course" | "even" | "before" | "mark";
