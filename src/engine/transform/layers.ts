/** A sublayer as what it holds in each layer, and back to a rule with exceptions: changes are made layer by layer. */
import { picks } from '../../architecture/layers.ts'
import { overrule } from '../../architecture/prepare.ts'
import type { BlockUse, LayerPick, Norm, Sublayer } from '../../architecture/schema.ts'
import { structuralKeys } from '../../architecture/settings.ts'
import { blocks } from '../../formulas/index.ts'

/** What a sublayer holds in one layer: norms, and one block with its settings or several side by side. */
export interface Body {
  before?: Norm | undefined
  after?: Norm | undefined
  share?: string | undefined
  block?: string | null | undefined
  blocks?: BlockUse[] | undefined
  [setting: string]: unknown
}

/** What the sublayer holds in each layer; equal layers hold the same object. */
export function bodiesOf(sublayer: Sublayer, n_layers: number): Body[] {
  const { except = [] } = sublayer
  const bodies = new Map<number, Body>()
  return Array.from({ length: n_layers }, (_, layer) => {
    const match = except.findIndex(({ layers }) => picks(layers, layer, n_layers))
    const known = bodies.get(match)
    if (known) return known
    const body = match < 0 ? sublayer : overrule(sublayer, except[match]!)
    const said: Body =
      body.block === null ? { block: null } : without(body, 'name', 'except', 'layers')
    bodies.set(match, said)
    return said
  })
}

/**
 * The commonest body as the rule (the first of equals), the others as exceptions.
 * @param hints how layers were picked before, kept where it still says the same
 */
export function sublayerOf(
  name: string,
  bodies: readonly Body[],
  hints: readonly LayerPick[] = [],
): Sublayer {
  const kinds = new Map<string, number[]>()
  for (const [layer, body] of bodies.entries()) {
    const key = JSON.stringify(body)
    kinds.set(key, [...(kinds.get(key) ?? []), layer])
  }
  const ordered = [...kinds.values()].map((layers) => ({ layers, body: bodies[layers[0]!]! }))
  // An exception can add a share, but not take it back.
  const free = ordered.filter(({ body }) => body.share === undefined)
  const rule = (free.length > 0 ? free : ordered).reduce((most, each) =>
    each.layers.length > most.layers.length ? each : most,
  )
  const except = ordered
    .filter((each) => each !== rule)
    .map(({ layers, body }) => ({
      layers: pickOf(layers, bodies.length, hints),
      ...differing(rule.body, body),
    }))
  return { name, ...rule.body, ...(except.length > 0 ? { except } : {}) }
}

/** The shortest way to say which layers; `layers` is in order and not empty. */
export function pickOf(
  layers: readonly number[],
  n_layers: number,
  hints: readonly LayerPick[] = [],
): LayerPick {
  const fits = (pick: LayerPick): boolean => picked(pick, n_layers).join() === layers.join()
  const [first, second] = layers as [number, number | undefined]
  const candidates: LayerPick[] = [...hints, { first: layers.length }, { last: layers.length }]
  if (second !== undefined) candidates.push({ every: second - first, offset: first })
  return candidates.find(fits) ?? [...layers]
}

/** The layers that a pick means. */
export const picked = (pick: LayerPick, n_layers: number): number[] =>
  Array.from({ length: n_layers }, (_, layer) => layer).filter((layer) =>
    picks(pick, layer, n_layers),
  )

/** What an exception says to turn the rule into `other`: single settings where these can be said, else the whole block. */
function differing(rule: Body, other: Body): Partial<Body> {
  if (other.block === null) return { block: null }
  const keys = [...new Set([...Object.keys(rule), ...Object.keys(other)])]
  const changed = keys.filter((key) => JSON.stringify(rule[key]) !== JSON.stringify(other[key]))
  const sayable =
    rule.block === other.block &&
    other.blocks === undefined &&
    changed.every((key) => other[key] !== undefined || canBeNull(rule.block!, key))
  if (sayable) return Object.fromEntries(changed.map((key) => [key, other[key] ?? null]))
  // Norms and share are the rule's unless the exception says otherwise.
  const norms = (['before', 'after'] as const)
    .filter((key) => rule[key] !== undefined && other[key] === undefined)
    .map((key) => [key, null])
  return { ...Object.fromEntries(norms), ...other }
}

/** Whether null says the same as leaving the key out. */
function canBeNull(block: string, key: string): boolean {
  if (structuralKeys.has(key)) return key === 'before' || key === 'after'
  const meta = blocks[block]?.settings.find(({ name }) => name === key)
  return meta?.default_text === 'none' && (meta.none !== undefined || meta.type === 'block')
}

/** An object but for some keys. */
export const without = <Given extends object>(given: Given, ...keys: string[]): Given =>
  Object.fromEntries(Object.entries(given).filter(([key]) => !keys.includes(key))) as Given

/** Changes each block of a body; those that `change` hands back as they are stay. */
export function mapBody(body: Body, change: (use: BlockUse) => BlockUse): Body {
  if (body.blocks) {
    const blocksNow = body.blocks.map(change)
    return blocksNow.some((use, index) => use !== body.blocks![index])
      ? { ...body, blocks: blocksNow }
      : body
  }
  return body.block === null || body.block === undefined ? body : change(body as BlockUse)
}
