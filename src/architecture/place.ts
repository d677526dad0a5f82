/** Finds the blocks of a use: norms around it, the block, and what is attached to it. */
import {
  didYouMean,
  type BlockFormulas,
  type Given,
  type Names,
  type Settings,
} from '../formulas/index.ts'
import { knownBlocks } from '../formulas/registry.ts'
import { ArchcostError } from './errors.ts'
import type { PlacedBlock } from './model.ts'
import { storesTheSame, type Storing } from './same-weights.ts'
import type { BlockUse, Norm } from './schema.ts'
import { readSettings, resolveSettings } from './settings.ts'

/** Shared blocks seen so far, by the id of the share and the block's place in it. */
export type Shares = Map<string, Storing>

export interface Place {
  address: string
  names: Names
  sublayer: string
  shares: Shares
  /** The share that it belongs to, and its place in there. */
  share: { id: string; path: string } | undefined
}

const below = (place: Place, key: string): Place => ({
  ...place,
  address: `${place.address}.${key}`,
  share: place.share && { id: place.share.id, path: `${place.share.path}.${key}` },
})

const fail = (address: string, message: string): never => {
  throw new ArchcostError('invalid_architecture', message, address)
}

function formulasOf(name: string, address: string): BlockFormulas {
  return (
    (Object.hasOwn(knownBlocks, name) ? knownBlocks[name] : undefined) ??
    fail(
      address,
      `there is no block ${name.slice(0, 60)}${didYouMean(name, Object.keys(knownBlocks))}`,
    )
  )
}

/** A use of a block that has been read: what it is and what it gives, before anything follows from that. */
export interface PlannedBlock {
  place: Place
  name: string | undefined
  formulas: BlockFormulas
  given: Given
  before: readonly PlannedBlock[]
  attached: readonly PlannedBlock[]
  after: readonly PlannedBlock[]
}

/** The norm before or after what stands at `place`. */
export function planNorm(
  norm: Norm | undefined,
  place: Place,
  key: 'before' | 'after',
): PlannedBlock[] {
  if (norm === null || norm === undefined) return []
  return [planBlock(typeof norm === 'string' ? { block: norm } : norm, below(place, key))]
}

/** Reads a use of a block, with the norms around it and what is attached to it. */
export function planBlock(use: BlockUse, at: Place): PlannedBlock {
  const place = use.share === undefined ? at : { ...at, share: { id: use.share, path: '' } }
  const formulas = formulasOf(use.block, place.address)
  return {
    place,
    name: use.name,
    formulas,
    given: readSettings(formulas, use, place.address),
    before: planNorm(use.before, place, 'before'),
    attached: attached(formulas, use, place),
    after: planNorm(use.after, place, 'after'),
  }
}

/** The blocks of a plan in a stack that says `names`: norm before, block, attached blocks, norm after. `host` hands settings down. */
export function placePlan(plan: PlannedBlock, names: Names, host?: Settings): PlacedBlock[] {
  const before = plan.before.flatMap((each) => placePlan(each, names))
  const block = placeAlone(plan, names, host)
  return [
    ...before,
    block,
    ...plan.attached.flatMap((each) => placePlan(each, names, block.settings)),
    ...plan.after.flatMap((each) => placePlan(each, names)),
  ]
}

/** The block of a plan without what stands around it. */
export function placeAlone(
  { place, name, formulas, given }: PlannedBlock,
  names: Names,
  host?: Settings,
): PlacedBlock {
  const { address, sublayer } = place
  const settings = resolveSettings(formulas, given, names, address, host)
  const stored_elsewhere = isStored(settings, formulas, place, names)
  return { address, sublayer, name, formulas, given, settings, stored_elsewhere }
}

/** Reads a use of a block and places it. */
export const placeBlock = (use: BlockUse, at: Place, host?: Settings): PlacedBlock[] =>
  placePlan(planBlock(use, at), at.names, host)

/** Whether a shared block has been seen already; the first use stores it. */
function isStored(
  settings: Settings,
  formulas: BlockFormulas,
  { share, shares, address }: Place,
  names: Names,
): boolean {
  if (share === undefined) return false
  const id = JSON.stringify([share.id, share.path])
  const own = { formulas, settings }
  const first = shares.get(id)
  shares.set(id, first ?? own)
  if (first !== undefined && !storesTheSame(first, own, names))
    fail(
      address,
      `shares ${share.id.slice(0, 60)} with a block that stores something else; blocks of one share must store the same`,
    )
  return first !== undefined
}

/** Settings that hold blocks are not the schema's to check, since it does not know which these are. */
function isBlockUse(raw: unknown): raw is BlockUse {
  if (typeof raw !== 'object' || raw === null) return false
  const { block, name, share, before, after } = raw as Record<string, unknown>
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
  const isNorm = (value: unknown): boolean =>
    value === undefined || value === null || isText(value) || isBlockUse(value)
  return (
    isText(block) &&
    [name, share].every((value) => value === undefined || isText(value)) &&
    isNorm(before) &&
    isNorm(after)
  )
}

function attached(formulas: BlockFormulas, use: BlockUse, place: Place): PlannedBlock[] {
  return formulas.settings.flatMap(({ name, type, kind }) => {
    const raw = type === 'block' ? use[name] : undefined
    if (raw === undefined || raw === null) return []
    const attachedUse = typeof raw === 'string' ? { block: raw } : raw
    if (!isBlockUse(attachedUse))
      return fail(`${place.address}.${name}`, 'a block is expected, such as {"block": "rotary"}')
    const inner = planBlock(attachedUse, below(place, name))
    if (inner.formulas.folder !== kind)
      fail(
        `${place.address}.${name}`,
        `${attachedUse.block} cannot attach here; a block of formulas/${kind} is expected`,
      )
    return [inner]
  })
}
