/** Computed beside stored, a row for every place. */
import type { Computed, ComputedLayer } from './computed.ts'
import { groups, type Group, type Place } from './place.ts'
import { byLayer, weightsIn, type Sorted } from './sorted.ts'

export interface Row {
  /** `embedding`, `layer 3`, `encoder layer 0`, `head`, `rest`. */
  place: string
  computed: number
  /** Of these parameters; what is stored beside them is explained. */
  stored: number
  /** Only of layers, and only where they differ. */
  by_group?: Record<Group, { computed: number; stored: number }>
}

/** The rows, and what stands behind each. */
export interface Rows {
  embedding: Row
  head: Row
  rest: Row
  layers: Map<ComputedLayer, Row>
  tensors: Map<Row, Sorted[]>
}

export function rowsOf(sorted: readonly Sorted[], computed: Computed): Rows {
  const counted = sorted.filter(({ extra }) => extra === null)
  const tensors = new Map<Row, Sorted[]>()
  const row = (place: string, expected: number, here: Sorted[]): Row => {
    const made = { place, computed: expected, stored: weightsIn(here) }
    tensors.set(made, here)
    return made
  }
  const at = (of: Place['of']): Sorted[] => counted.filter(({ place }) => place.of === of)
  const two = computed.layers_of.encoder > 0 && computed.layers_of.decoder > 0
  const layers = new Map<ComputedLayer, Row>()
  for (const [layer, here] of byLayer(counted, computed))
    layers.set(layer, row(`${two ? `${layer.stack} ` : ''}layer ${layer.layer}`, layer.total, here))
  return {
    embedding: row('embedding', computed.embedding, at('embedding')),
    head: row('head', computed.head, at('head')),
    rest: row('rest', computed.rest, at('rest')),
    layers,
    tensors,
  }
}

/** In the order of the model; layers that differ say where. */
export function listRows({ embedding, head, rest, layers, tensors }: Rows): Row[] {
  const inLayers = [...layers].map(([layer, row]) =>
    row.stored === row.computed ? row : { ...row, by_group: byGroup(layer, tensors.get(row)!) },
  )
  return [embedding, ...inLayers, head, rest]
}

function byGroup(
  { by_group }: ComputedLayer,
  here: readonly Sorted[],
): Record<Group, { computed: number; stored: number }> {
  const inGroup = (group: Group): Sorted[] =>
    here.filter(({ place }) => place.of === 'layer' && place.group === group)
  return Object.fromEntries(
    groups.map((group) => [
      group,
      { computed: by_group[group], stored: weightsIn(inGroup(group)) },
    ]),
  ) as Record<Group, { computed: number; stored: number }>
}
