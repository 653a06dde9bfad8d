/** Who says a number, in a word. */
import { sinceThen } from "../format/moments";
import type { WhyView } from "../ipc/bindings/WhyView";
import { t } from "./language.svelte";

/** "Kiro · 2 min ago", "calculated". */
export function chip({ from, at }: Pick<WhyView, "from" | "at">, asOf: string): string {
  const who = t().why.chip[from];
  return at === null ? who : t().why.ago(who, sinceThen(at, asOf));
}
