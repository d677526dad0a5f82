/** The frontier: models that none beats, none with as much across and less up. */
interface Valued {
  x: number
  y: number
}

/** Those of the frontier, from the least across to the most; of equal ones the first. */
export function frontierOf<Item extends Valued>(items: readonly Item[]): Item[] {
  const frontier: Item[] = []
  for (const item of items.toSorted((a, b) => b.x - a.x || a.y - b.y))
    if (frontier.length === 0 || item.y < frontier.at(-1)!.y) frontier.push(item)
  return frontier.toReversed()
}
