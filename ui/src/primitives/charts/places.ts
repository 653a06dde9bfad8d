/** Where what a chart draws stands. */

/** The runs of items that follow each other and of which something holds. */
export function runs<Item>(items: readonly Item[], holds: (item: Item) => boolean): Item[][] {
  const all: Item[][] = [];
  let open: Item[] = [];
  for (const item of items) {
    if (holds(item)) {
      if (open.length === 0) all.push(open);
      open.push(item);
    } else open = [];
  }
  return all;
}

/** Names at heights, moved so far that each is `least` from the next and all are within a room; in their order. */
export function apart<Name extends { y: number }>(
  names: readonly Name[],
  least: number,
  room: { from: number; to: number },
): Name[] {
  const placed = [...names].sort((a, b) => a.y - b.y).map((name) => ({ ...name }));
  let above = room.from - least;
  for (const name of placed) above = name.y = Math.max(name.y, above + least);
  let below = room.to + least;
  for (const name of placed.toReversed()) below = name.y = Math.min(name.y, below - least);
  return placed;
}
