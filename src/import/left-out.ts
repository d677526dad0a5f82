/** What an import left out, by reason, short enough to be read. */
import type { LeftOut } from './report.ts'

/** Above these, the keys of one object are told by their number. */
const most_of_one_object = 3

/** Reason -> keys; many of one object as `vision_config.* (12 keys)`. */
export function byReason(left_out: readonly LeftOut[]): [why: string, names: string[]][] {
  return [...groupsOf(left_out, ({ why }) => why)].map(([why, list]) => [
    why,
    [...groupsOf(list, ({ name }) => objectOf(name))].flatMap(([object, inside]) =>
      object !== '' && inside.length > most_of_one_object
        ? [`${object}.* (${inside.length} keys)`]
        : inside.map(({ name }) => name),
    ),
  ])
}

const objectOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')))

function groupsOf<Item>(items: readonly Item[], by: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(by(item), [...(groups.get(by(item)) ?? []), item])
  return groups
}
