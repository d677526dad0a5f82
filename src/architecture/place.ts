/** Finds the blocks of a use: norms around it, the block, and what is attached to it. */
import { didYouMean, type BlockFormulas, type Names, type Settings } from '../formulas/index.ts'
import { knownBlocks } from '../formulas/registry.ts'
import { ArchcostError } from './errors.ts'
import type { PlacedBlock } from './model.ts'
import type { BlockUse, Norm } from './schema.ts'
import { readSettings, resolveSettings } from './settings.ts'

/** Shared blocks seen so far, by the id of the share and the block's place in it -> their settings. */
export type Shares = Map<string, string>

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

/** The norm before or after what stands at `place`. */
export function placeNorm(
  norm: Norm | undefined,
  place: Place,
  key: 'before' | 'after',
): PlacedBlock[] {
  if (norm === null || norm === undefined) return []
  return placeBlock(typeof norm === 'string' ? { block: norm } : norm, below(place, key))
}

/** A use of a block: norm before, block, attached blocks, norm after. `host` hands settings down to it. */
export function placeBlock(use: BlockUse, at: Place, host?: Settings): PlacedBlock[] {
  const place = use.share === undefined ? at : { ...at, share: { id: use.share, path: '' } }
  const { address, sublayer } = place
  const formulas = formulasOf(use.block, address)
  const given = readSettings(formulas, use, address)
  const settings = resolveSettings(formulas, given, place.names, address, host)
  const placed = {
    address,
    sublayer,
    name: use.name,
    formulas,
    given,
    settings,
    stored_elsewhere: isStored(settings, use.block, place),
  }
  return [
    ...placeNorm(use.before, place, 'before'),
    placed,
    ...attached(formulas, use, place, settings),
    ...placeNorm(use.after, place, 'after'),
  ]
}

/** Whether a shared block has been seen already; the first use stores it. */
function isStored(
  settings: Settings,
  block: string,
  { share, shares, names, address }: Place,
): boolean {
  if (share === undefined) return false
  const id = JSON.stringify([share.id, share.path])
  // Blocks of one share may stand in stacks of different lengths, but must be as wide.
  const compared = Object.entries(settings).filter(
    ([name]) => name === 'd_model' || !(name in names),
  )
  const own = JSON.stringify([block, compared])
  const first = shares.get(id)
  shares.set(id, first ?? own)
  if (first !== undefined && first !== own)
    fail(
      address,
      `shares ${share.id.slice(0, 60)} with a block of other settings; blocks of one share must be equal`,
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

function attached(
  formulas: BlockFormulas,
  use: BlockUse,
  place: Place,
  host: Settings,
): PlacedBlock[] {
  return formulas.settings.flatMap(({ name, type, kind }) => {
    const raw = use[name]
    if (type !== 'block' || raw === undefined || raw === null) return []
    const attachedUse = typeof raw === 'string' ? { block: raw } : raw
    if (!isBlockUse(attachedUse))
      return fail(`${place.address}.${name}`, 'a block is expected, such as {"block": "rotary"}')
    const inner = placeBlock(attachedUse, below(place, name), host)
    if (!inner.some((block) => block.formulas.folder === kind))
      fail(
        `${place.address}.${name}`,
        `${attachedUse.block} cannot attach here; a block of formulas/${kind} is expected`,
      )
    return inner
  })
}
