/** Places the blocks of a sublayer, as its rule or one of its exceptions says. */
import { ArchcostError } from './errors.ts'
import type { PlacedBlock } from './model.ts'
import { planBlock, planNorm, placePlan, type Place, type PlannedBlock } from './place.ts'
import type { Exception, Sublayer } from './schema.ts'
import { structuralKeys } from './settings.ts'

/** A place in a stack, by its address there and the sublayer's name. */
export type PlaceAt = (address: string, sublayer: string) => Place

/** The blocks of a sublayer in a layer where its exception `match` holds, or none (-1). */
export const placeSublayer = (sublayer: Sublayer, match: number, placeAt: PlaceAt): PlacedBlock[] =>
  planSublayer(sublayer, match, placeAt).flatMap((plan) => placePlan(plan, plan.place.names))

/** The same, read and not placed yet. */
export function planSublayer(sublayer: Sublayer, match: number, placeAt: PlaceAt): PlannedBlock[] {
  const exception = match < 0 ? undefined : sublayer.except![match]!
  const { name, before, after, share, block, blocks, ...others } = exception
    ? overrule(sublayer, exception)
    : sublayer
  const at: Place = {
    ...placeAt(exception ? `${name}.except[${match}]` : name, name),
    share: share === undefined ? undefined : { id: share, path: '' },
  }
  const settings = Object.entries(others).filter(([key]) => !structuralKeys.has(key))
  const fail = (problem: string): never => {
    throw new ArchcostError('invalid_architecture', problem, at.address)
  }
  if ((block === undefined) === (blocks === undefined))
    return fail('says either block or blocks, and not both')
  if (typeof block !== 'string' && settings.length > 0)
    return fail(
      `gives ${settings[0]![0].slice(0, 60)}, but a setting belongs to a block, and ${block === null ? 'there is none' : 'here are several'}; give it there`,
    )
  if (block === null) return []
  const inner =
    blocks === undefined
      ? [planBlock({ ...Object.fromEntries(settings), block: block! }, at)]
      : blocks.map((use, index) => {
          const key = use.name ?? `blocks[${index}]`
          const share_of_block = at.share && { id: at.share.id, path: `.${key}` }
          return planBlock(use, { ...at, address: `${at.address}.${key}`, share: share_of_block })
        })
  return [...planNorm(before, at, 'before'), ...inner, ...planNorm(after, at, 'after')]
}

/** An exception with a block of its own replaces the rule's and its settings; without one it overrules single settings. */
export function overrule(rule: Sublayer, exception: Exception): Sublayer {
  if (exception.block === undefined && exception.blocks === undefined)
    return { ...rule, ...exception }
  const { name, before, after, share } = rule
  return { name, before, after, share, ...exception }
}
