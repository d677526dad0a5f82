/** What a model has by computation, in the places that a checkpoint's tensors are sorted into. */
import type { Model, PlacedBlock } from '../../engine/index.ts'
import { addUp } from './add-up.ts'
import type { Group } from './place.ts'

export interface ComputedLayer {
  stack: 'encoder' | 'decoder'
  layer: number
  total: number
  by_group: Record<Group, number>
  /** It attends with keys and values of an earlier layer. */
  shares_kv: boolean
}

export interface Computed {
  total: number
  embedding: number
  head: number
  /** Neither in a layer nor embedding or head: final norms, positions, front ends. */
  rest: number
  /** Encoder layers first. */
  layers: ComputedLayer[]
  /** Layers use blocks of other layers. */
  shares: boolean
  layers_of: { encoder: number; decoder: number }
}

const folderGroup: Readonly<Record<string, Group>> = {
  mixers: 'mixer',
  positions: 'mixer',
  ffn: 'ffn',
  norms: 'norms',
}

export function compute(model: Model): Computed {
  const layers: ComputedLayer[] = []
  let ends = { total: 0, embedding: 0, head: 0 }
  for (const { role, input, groups, output } of model.stacks) {
    for (const block of [...input, ...output]) {
      const { total, embedding, head } = addUp([block])
      ends = {
        total: ends.total + total,
        embedding: ends.embedding + embedding,
        head: ends.head + head,
      }
    }
    const found = groups.flatMap(({ blocks, layers: numbers, routed }) => {
      const all = routed ? [...blocks, routed.router] : blocks
      return numbers.map((layer) => layerOf(all, role, layer))
    })
    layers.push(...found.toSorted((a, b) => a.layer - b.layer))
  }
  const { total, embedding, head } = ends
  return {
    total: total + layers.reduce((sum, layer) => sum + layer.total, 0),
    embedding,
    head,
    rest: total - embedding - head,
    layers,
    shares: model.stacks
      .flatMap(({ groups }) => groups.flatMap(({ blocks }) => blocks))
      .some(({ stored_elsewhere }) => stored_elsewhere),
    layers_of: { encoder: model.encoder?.n_layers ?? 0, decoder: model.decoder?.n_layers ?? 0 },
  }
}

function layerOf(
  blocks: readonly PlacedBlock[],
  stack: 'encoder' | 'decoder',
  layer: number,
): ComputedLayer {
  const by_group: Record<Group, number> = { mixer: 0, ffn: 0, norms: 0, other: 0 }
  for (const block of blocks)
    by_group[folderGroup[block.formulas.folder] ?? 'other'] += addUp([block]).total
  return {
    stack,
    layer,
    total: Object.values(by_group).reduce((sum, each) => sum + each, 0),
    by_group,
    shares_kv: blocks.some(({ settings }) => settings['kv_shared'] === 1),
  }
}
