/** Who says a number, in a word. */
import { date, sinceThen } from "../format/moments";
import type { WhyView } from "../ipc/bindings/WhyView";
import { t } from "./language.svelte";

/** "Kiro · 2 min ago", "from your reports · up to 24 Nov", "calculated". */
export function chip({ from, at, last_day }: Pick<WhyView, "from" | "at" | "last_day">, asOf: string): string {
  const who = t().why.chip[from];
  if (last_day !== null) return t().why.upTo({ who, day: date(last_day) });
  return at === null ? who : t().why.ago({ who, age: sinceThen(at, asOf) });
}
