/**
 * The present moment, going on from that of an answer by how long the window has had it: this machine's clock, which may
 * be wrong or set meanwhile, has no part in it.
 */
import { ticking } from "./ticks.svelte";

/** Answers that are shown beside each other are fewer. */
const REMEMBERED = 50;

/** When each answer's moment was seen first, in the page's own time. */
const seen = new Map<string, number>();

/** The moment it is now, where it was `asOf` when the answer came. */
export function present(asOf: string): string {
  ticking();
  const now = performance.now();
  let since = seen.get(asOf);
  if (since === undefined) {
    since = now;
    if (seen.size >= REMEMBERED) seen.delete(seen.keys().next().value!);
    seen.set(asOf, since);
  }
  return new Date(Date.parse(asOf) + now - since).toISOString();
}
