/**
 * What follows when a setting is varied or held, by the defaults of formula files: a held ratio keeps its present value and
 * the width that it determines follows; a held size of pieces keeps, and their number follows.
 */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Model, PlacedBlock } from '../../architecture/model.ts'
import { distinctNames, isOperation } from '../../formulas/expression.ts'
import { blocks, type SettingMeta, type Value } from '../../formulas/index.ts'
import { samePath, type Path } from './path.ts'
import { findSettings, type Setting, type SettingValue } from './setting.ts'
import { usesOf, type Use } from './uses.ts'

/** A change that is made once, before any setting is varied; undefined takes the key away. */
export interface Edit {
  path: Path
  value: unknown
}
/** A number of pieces that grows with what they are pieces of. */
export interface Follower {
  address: string
  path: Path
  /** `d_model`, or another name of the stack. */
  of: string
  present: number
  /** What is held while it follows. */
  held: string
}
export interface Held {
  edits: readonly Edit[]
  followers: readonly Follower[]
}

/** All blocks of a model, by address. */
export function blocksByAddress({ stacks }: Model): Map<string, PlacedBlock> {
  const all = stacks.flatMap(({ input, groups, output }) => [
    ...input,
    ...groups.flatMap((group) => [...group.blocks, ...(group.routed ? [group.routed.router] : [])]),
    ...output,
  ])
  return new Map(all.toReversed().map((block) => [block.address, block]))
}

type BlockSetting = Setting & { place: { of: 'block' } }
const isOfBlock = (setting: Setting): setting is BlockSetting => setting.place.of === 'block'

/**
 * What holding a setting means while others are varied.
 * @throws ArchcostError where there is no such setting, or where it or what must follow it is itself varied
 */
export function hold(model: Model, name: string, varied: readonly Setting[]): Held {
  const settings = findSettings(model.architecture, name)
  const clash = settings.find(({ address }) => varied.some((each) => each.address === address))
  if (clash)
    throw new ArchcostError('invalid_workload', 'is varied, so it cannot be held', clash.address)
  const held = settings.filter(isOfBlock).map((setting) => holdInBlock(model, setting, varied))
  return {
    edits: held.flatMap(({ edits }) => edits),
    // What is varied itself has the value that it is given.
    followers: held
      .flatMap(({ followers }) => followers)
      .filter(({ address }) => !varied.some((each) => each.address === address)),
  }
}

function holdInBlock(model: Model, setting: BlockSetting, varied: readonly Setting[]): Held {
  const { use, meta, path } = setting.place
  const block = blocksByAddress(model).get(use.address)
  if (!block) return { edits: [], followers: [] }
  const hidden = hiddenBy(use, meta, block)
  if (hidden) {
    const [other] = varied.filter(
      ({ place }) =>
        place.of === 'block' && hidden.edits.some((edit) => samePath(edit.path, place.path)),
    )
    if (other)
      throw new ArchcostError(
        'invalid_workload',
        `is held, so ${other.address} follows and cannot be varied`,
        setting.address,
      )
    return { edits: hidden.edits.concat({ path, value: hidden.value }), followers: [] }
  }
  const [whole, count] = partsOf(meta.follows)
  const edits = [{ path, value: asWritten(block.settings[meta.name]!, meta) }]
  const counted = varied.some(
    ({ place }) =>
      place.of === 'block' && place.use.address === use.address && place.meta.name === count,
  )
  if (whole === undefined || count === undefined) return { edits, followers: [] }
  if (counted || block.formulas.settings.some(({ name }) => name === whole))
    return { edits, followers: [] }
  return { edits, followers: followersOf(model, use, setting.address, count, whole) }
}

/** The number of pieces, and what is stated in proportion to it: of the use, and of exceptions that overrule single settings of it. */
function followersOf(model: Model, use: Use, held: string, count: string, of: string): Follower[] {
  const metas = blocks[use.block]!.settings
  const proportional = new Set([count])
  for (const { name, follows } of metas)
    if (typeof follows === 'string' && proportional.has(follows)) proportional.add(name)
  const exceptions = usesOf(model.architecture).filter(({ rule }) => rule?.address === use.address)
  const placed = blocksByAddress(model)
  return [use, ...exceptions].flatMap(({ address, path, stated }) =>
    [...proportional].flatMap((name): Follower[] => {
      const present = placed.get(address)?.settings[name]
      const stays =
        name === count
          ? stated[name] === undefined && address !== use.address
          : stated[name] === undefined || present === 1
      return typeof present !== 'number' || stays
        ? []
        : [{ address: `${address}.${name}`, path: [...path, name], of, present, held }]
    }),
  )
}

interface Hidden {
  /** Takes the stated settings away that would otherwise hide the value. */
  edits: Edit[]
  /** The value that the stated settings amount to. */
  value: number
}

/**
 * A setting whose only work is in the default of another that is stated (a ratio beside the width it would determine), with
 * the value that the stated one amounts to; undefined where it is not so.
 */
export function hiddenBy(
  { stated, path }: Pick<Use, 'stated' | 'path'>,
  meta: SettingMeta,
  { formulas, settings }: PlacedBlock,
): Hidden | undefined {
  for (const { name, follows: reads } of formulas.settings) {
    // A default that is the other setting itself, as key-value heads are query heads, determines nothing by it.
    if (
      stated[name] === undefined ||
      reads === undefined ||
      reads === meta.name ||
      !distinctNames(reads).includes(meta.name)
    )
      continue
    const wanted = settings[name]!
    const follows = (value: number): Value | undefined =>
      formulas.resolve({ ...settings, [meta.name]: value, [name]: undefined }, settings as never)[
        name
      ]
    const present = settings[meta.name]!
    if (typeof wanted !== 'number' || typeof present !== 'number') continue
    const value =
      follows(present) === wanted
        ? present
        : meta.type === 'number'
          ? invert((x) => Number(follows(x)), wanted, present)
          : undefined
    if (value !== undefined) return { edits: [{ path: [...path, name], value: undefined }], value }
  }
  return undefined
}

/** Of the size of a piece, `d_model / n_heads`, the whole and the number of pieces. */
function partsOf(follows: SettingMeta['follows']): [string?, string?] {
  if (follows === undefined || !isOperation(follows) || follows.op !== '/') return []
  const [whole, count] = follows.args
  return typeof whole === 'string' && typeof count === 'string' ? [whole, count] : []
}

/** The x at which a growing function is `wanted`, the shortest number where several do; undefined where none does. */
function invert(f: (x: number) => number, wanted: number, start: number): number | undefined {
  let [low, high] = [start || 1, start || 1]
  for (let i = 0; i < 64 && f(low) >= wanted; i++) low /= 2
  for (let i = 0; i < 64 && f(high) <= wanted; i++) high *= 2
  // Rounding makes steps: the value is taken from the middle of its step.
  const first = edge(low, high, (x) => f(x) >= wanted)
  const last = edge(low, high, (x) => f(x) > wanted)
  const middle = (first + last) / 2
  for (let digits = 3; digits <= 17; digits++) {
    const short = Number(middle.toPrecision(digits))
    if (f(short) === wanted && Math.abs(short - middle) <= 1e-12 * middle) return short
  }
  return f(middle) === wanted ? middle : undefined
}

/** Where between `low` and `high` a condition begins to hold. */
function edge(low: number, high: number, holds: (x: number) => boolean): number {
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

/** A value of a formula as documents write it. */
export function asWritten(value: Value, { type, none, of }: SettingMeta): SettingValue {
  if (type === 'flag') return value === 1
  if (typeof value === 'string') return value === 'none' && of?.includes('none') ? null : value
  if (value === Infinity || (value === 0 && none === '0')) return null
  return value as number
}
