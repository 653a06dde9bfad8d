/** That time passes, for what is said of it. */

/** How often what depends on it is looked at again, seconds. */
const EVERY = 1;

let ticks = $state(0);

/** Has whoever shows something look again with each tick. */
export function ticking(): void {
  void ticks;
}

/** Has time go on while the window is seen. What it gives back stops that. */
export function goOn(): () => void {
  const clock = setInterval(() => {
    if (document.visibilityState !== "hidden") ticks += 1;
  }, EVERY * 1000);
  return () => clearInterval(clock);
}
