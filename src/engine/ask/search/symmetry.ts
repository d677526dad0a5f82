/** Settings that may be exchanged for each other: two alike blocks in one layer cost the same whichever has which. */
import { readAt, replaceAt, startsWith, type Path } from '../../vary/path.ts'
import type { SettingValue } from '../../vary/setting.ts'
import type { Variation } from '../../vary/variation.ts'
import type { Measure } from '../quantity/measures.ts'

/** The settings of two alike blocks, one by one: exchanged, they are the same design. */
export interface Symmetry {
  left: readonly number[]
  right: readonly number[]
}

/** Whether the second block comes before the first: the same design was met with both exchanged. */
export function isDuplicate({ left, right }: Symmetry, digits: ArrayLike<number>): boolean {
  for (let index = 0; index < left.length; index++) {
    const difference = digits[left[index]!]! - digits[right[index]!]!
    if (difference !== 0) return difference > 0
  }
  return false
}

/** What varies in one block of a layer. */
interface Varied {
  /** Of the block, or of its sublayer. */
  path: Path
  settings: number[]
}

/**
 * @param order the settings from the outermost loop to the innermost
 * @param lists the values of each setting
 * @param measures what is asked: a setting of a block, and a scenario, which reads the first block of its kind, tell blocks apart
 */
export function symmetriesOf(
  { base, settings }: Variation,
  order: readonly number[],
  lists: readonly (readonly SettingValue[])[],
  measures: readonly Measure[],
): Symmetry[] {
  if (measures.some(({ of }) => of === 'scenario')) return []
  const asked = measures.flatMap((each) =>
    each.of === 'setting' && each.setting.place.of === 'block' ? [each.setting.place.path] : [],
  )
  const pathOf = (setting: number): Path => {
    const { place } = settings[setting]!
    return place.of === 'workload' ? [] : place.path
  }
  /** What stands at the block beside what varies, the name aside, and how that varies. */
  const keyOf = ({ path, settings: own }: Varied): string => {
    const below = own.map((setting) => pathOf(setting).slice(path.length))
    const rest = below.reduce(
      (node: unknown, each) => replaceAt(node, each, null),
      readAt(base, path),
    )
    const varied = own.map((setting, index) => [below[index]!.join('.'), lists[setting]])
    return JSON.stringify([
      path.slice(0, -1),
      sortedKeys(replaceAt(rest, ['name'], '')),
      varied.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    ])
  }
  const all = blocksIn(order, pathOf).filter(
    ({ path }) => !asked.some((each) => startsWith(each, path)),
  )
  const keys = all.map(keyOf)
  return all.flatMap((block, index) => {
    // With the next of its kind only: three are put in order by two comparisons.
    const other = all[keys.indexOf(keys[index]!, index + 1)]
    return other ? [{ left: block.settings, right: inOrderOf(block, other, pathOf) }] : []
  })
}

/** The blocks of layers of which something varies. */
function blocksIn(order: readonly number[], pathOf: (setting: number) => Path): Varied[] {
  const found = new Map<string, Varied>()
  for (const setting of order) {
    const whole = pathOf(setting)
    if (whole[2] !== 'layer') continue
    // The block side by side with others, else the sublayer.
    const path = whole.slice(0, whole[4] === 'blocks' ? 6 : 4)
    const known = found.get(path.join('.')) ?? { path, settings: [] }
    known.settings.push(setting)
    found.set(path.join('.'), known)
  }
  return [...found.values()]
}

/** The settings of b that stand where those of a stand. */
function inOrderOf(a: Varied, b: Varied, pathOf: (setting: number) => Path): number[] {
  const below = (setting: number, { path }: Varied): string =>
    pathOf(setting).slice(path.length).join('.')
  return a.settings.map((setting) =>
    b.settings.find((other) => below(other, b) === below(setting, a))!,
  )
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
