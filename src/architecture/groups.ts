/** Puts equal layers together, so that a block is computed once for all layers that hold it. */
import { ArchcostError } from './errors.ts'
import { picks } from './layers.ts'
import type { LayerGroup, PlacedBlock } from './model.ts'
import { placeBlock } from './place.ts'
import type { Layers, Sublayer } from './schema.ts'
import { placeSublayer, type PlaceAt } from './sublayer.ts'

type Group = LayerGroup & { layers: number[] }

/** Layers are equal where the same exceptions hold, and where none stores what another shares. */
export function groupLayers(stack: Layers, placeAt: PlaceAt): LayerGroup[] {
  const { n_layers, layer, depth_routing: routing } = stack
  const groups: Group[] = []
  const open = new Map<string, Group>()
  const { shares } = placeAt('', '')
  const matched = layer.map(() => new Set<number>())
  for (let index = 0; index < n_layers; index++) {
    const matches = layer.map(({ except = [] }) =>
      except.findIndex(({ layers }) => picks(layers, index, n_layers)),
    )
    const routed = routing !== undefined && picks(routing, index, n_layers)
    const key = `${matches.join()} ${routed}`
    const same = open.get(key)
    if (same) {
      same.layers.push(index)
      continue
    }
    matches.forEach((match, place) => matched[place]!.add(match))
    const sharedBefore = shares.size
    const group = {
      layers: [index],
      blocks: distinct(
        layer.flatMap((sublayer, place) => placeBlaming(sublayer, matches[place]!, placeAt)),
      ),
      routed: routed ? { capacity: routing.capacity, router: placeRouter(placeAt) } : undefined,
    }
    groups.push(group)
    // A layer that stores shared blocks is no model for the next: that one only uses them.
    if (shares.size === sharedBefore) open.set(key, group)
  }
  checkUnmatched(layer, matched, n_layers, placeAt)
  return groups
}

const placeRouter = (placeAt: PlaceAt): PlacedBlock =>
  placeBlock({ block: 'depth-router' }, placeAt('depth-router', 'depth-router'))[0]!

/** What an exception takes over from its rule is the rule's mistake, and is said with the rule's address. */
function placeBlaming(sublayer: Sublayer, match: number, placeAt: PlaceAt): PlacedBlock[] {
  try {
    return placeSublayer(sublayer, match, placeAt)
  } catch (error) {
    if (match >= 0) placeSublayer(sublayer, -1, forTrial(placeAt))
    throw error
  }
}

/** Places blocks without a trace in what is shared. */
const forTrial =
  (placeAt: PlaceAt): PlaceAt =>
  (address, sublayer) => {
    const place = placeAt(address, sublayer)
    return { ...place, shares: new Map(place.shares) }
  }

/** An exception that holds in no layer must be right all the same, and so must a rule where there are no layers. */
function checkUnmatched(
  layer: readonly Sublayer[],
  matched: readonly ReadonlySet<number>[],
  n_layers: number,
  placeAt: PlaceAt,
): void {
  layer.forEach((sublayer, place) => {
    const rules = [...(n_layers === 0 ? [-1] : []), ...(sublayer.except ?? []).keys()]
    for (const match of rules)
      if (!matched[place]!.has(match)) placeBlaming(sublayer, match, forTrial(placeAt))
  })
}

/** @throws ArchcostError where two blocks would have one address */
export function distinct(blocks: readonly PlacedBlock[]): readonly PlacedBlock[] {
  const seen = new Set<string>()
  for (const { address } of blocks) {
    if (seen.has(address))
      throw new ArchcostError(
        'invalid_architecture',
        'two blocks stand here; give each a name of its own',
        address,
      )
    seen.add(address)
  }
  return blocks
}
