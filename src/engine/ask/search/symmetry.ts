/** Settings that may be exchanged for each other: two alike blocks in one layer cost the same whichever has which. */
import type { Setting, SettingValue } from '../../vary/setting.ts'
import { readAt, replaceAt, startsWith, type Path } from '../../vary/path.ts'
import type { Variation } from '../../vary/variation.ts'

/** Two groups of settings, by their places among those that vary: of two equal designs the one with the smaller first group counts. */
export interface Twins {
  left: readonly number[]
  right: readonly number[]
}

/**
 * @param lists the values of each setting
 * @param asked settings that are asked for by address, which tells twins apart
 */
export function twinsOf(
  { base, settings }: Variation,
  lists: readonly (readonly SettingValue[])[],
  asked: readonly Setting[],
): Twins[] {
  const paths = settings.map(({ place }) => (place.of === 'workload' ? [] : place.path))
  const groups = new Map<string, { path: Path; members: number[] }>()
  paths.forEach((path, index) => {
    const holder = holderOf(path)
    if (!holder) return
    const group = groups.get(holder.join('.'))
    if (group) group.members.push(index)
    else groups.set(holder.join('.'), { path: holder, members: [index] })
  })
  const all = [...groups.values()]
  return all.flatMap((a, place) => {
    // With the next of its kind only: a row of three is put in order by two comparisons.
    const b = all.slice(place + 1).find((other) => alike(a, other))
    return b ? [{ left: a.members, right: inOrderOf(a, b) }] : []
  })

  function alike(
    a: { path: Path; members: number[] },
    b: { path: Path; members: number[] },
  ): boolean {
    if (
      a.path.length !== b.path.length ||
      a.path.slice(0, -1).join('.') !== b.path.slice(0, -1).join('.') ||
      a.members.length !== b.members.length
    )
      return false
    if (
      asked.some(
        ({ place }) =>
          place.of === 'block' && [a, b].some(({ path }) => startsWith(place.path, path)),
      )
    )
      return false
    const order = inOrderOf(a, b)
    const same = a.members.every(
      (member, index) =>
        JSON.stringify(lists[member]) === JSON.stringify(lists[order[index] ?? -1]),
    )
    return same && blank(a) === blank(b)
  }

  /** The members of b that stand where those of a stand. */
  function inOrderOf(
    a: { path: Path; members: number[] },
    b: { path: Path; members: number[] },
  ): number[] {
    const below = (member: number, { path }: { path: Path }): string =>
      paths[member]!.slice(path.length).join('.')
    return a.members.map((member) =>
      b.members.find((other) => below(other, b) === below(member, a))!,
    )
  }

  /** What they state beside what varies, without the name. */
  function blank({ path, members }: { path: Path; members: number[] }): string {
    const own = members.reduce(
      (node: unknown, member) => replaceAt(node, paths[member]!.slice(path.length), null),
      readAt(base, path),
    )
    return JSON.stringify(sortedKeys(replaceAt(own, ['name'], '')))
  }
}

/** Of a setting inside a layer: the block side by side with others, else the sublayer. */
function holderOf(path: Path): Path | null {
  if (path[2] !== 'layer') return null
  return path[4] === 'blocks' ? path.slice(0, 6) : path.slice(0, 4)
}

function sortedKeys(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(sortedKeys)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, sortedKeys(value)]),
  )
}
