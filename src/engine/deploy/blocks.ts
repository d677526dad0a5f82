/** A cache in blocks of one size that kinds of layers share, as vLLM's `kv_cache_utils` groups them. */
import { noParts, addTo, sumOf, type CacheLayers, type Kept, type Parts } from './cache-layers.ts'

/** What is kept of a sequence, the tokens of a block, of which hybrids take a multiple, and columns that convolutions have more. */
export type KeptInBlocks = Required<Kept> & { block: number; columns_added: number }

export interface BlockCache {
  /** Tokens of a block of the layers with the longest entries. */
  block_tokens: number
  /** Bytes of a block. */
  block_bytes: number
  /** Blocks that a sequence takes. */
  blocks: number
  /** Layers that share a block: the bytes that they fill of it, and the blocks that a sequence takes in them. */
  groups: readonly { bytes: number; blocks: number }[]
  /** Bytes of those blocks, by what they hold. */
  parts: Parts
}

/** Layers with pages of one size. */
interface Kind {
  layers: number
  /** Blocks of a sequence in each group of such layers. */
  blocks: (tokens_of_a_page: number) => number
  /** Bytes of a token, or of a state. */
  entry: number
  is_state: boolean
  window: number
  parts: Parts
}

/**
 * Several kinds of layers get pages of one size: a page of attention is made as long as a state, which is padded to it.
 * Layers of a kind stand in groups of equally many, the last filled up; a block is a page of each layer of a group, and all
 * groups draw from the same blocks. Where all layers see everything they are one group, whatever their widths.
 */
export function blockCache(layers: readonly CacheLayers[], kept: KeptInBlocks): BlockCache {
  const kinds = kindsOf(layers, kept)
  const states = kinds.filter(({ is_state }) => is_state)
  const attending = kinds.filter(({ is_state }) => !is_state)
  const longest = Math.max(0, ...attending.map(({ entry }) => entry))
  const state = Math.max(0, ...states.map(({ entry }) => entry))
  const tokens =
    longest === 0 || state === 0
      ? kept.block
      : kept.block * Math.max(1, Math.ceil(state / (kept.block * longest)))
  const isOne = kinds.every(({ is_state, window }) => !is_state && window === Infinity)
  if (isOne) return oneGroup(kinds, tokens)
  const page = Math.max(tokens * longest, state)
  const counts = kinds.map((kind) => kind.layers)
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  const of_group = most < 1.5 * least ? most : least
  const block_bytes = of_group * page
  const parts = noParts()
  const groups = kinds.flatMap((kind) => {
    const [count, blocks] = [Math.ceil(kind.layers / of_group), kind.blocks(Math.floor(page / kind.entry))] // prettier-ignore
    addTo(parts, kind.parts, (count * blocks * block_bytes) / sumOf(kind.parts))
    return Array.from({ length: count }, (_, place) => ({
      bytes: Math.ceil((kind.layers - place) / count) * page,
      blocks,
    }))
  })
  const blocks = groups.reduce((sum, group) => sum + group.blocks, 0)
  return { block_tokens: tokens, block_bytes, blocks, groups, parts }
}

function oneGroup(kinds: readonly Kind[], tokens: number): BlockCache {
  const block_bytes = kinds.reduce((sum, { layers, entry }) => sum + layers * entry * tokens, 0)
  const blocks = kinds[0]?.blocks(tokens) ?? 0
  const parts = noParts()
  for (const kind of kinds)
    addTo(parts, kind.parts, (kind.layers * blocks * tokens * kind.entry) / sumOf(kind.parts))
  return { block_tokens: tokens, block_bytes, blocks, groups: [{ bytes: block_bytes, blocks }], parts } // prettier-ignore
}

function kindsOf(layers: readonly CacheLayers[], kept: KeptInBlocks): Kind[] {
  const kinds = new Map<string, Kind>()
  for (const each of layers) {
    const { window, grows, columns } = each
    const is_state = grows.has('fixed')
    const parts = each.bytes(1, is_state ? 'fixed' : grows.has('growing') ? 'growing' : 'bounded')
    if (columns > 0) parts.convolution *= 1 + kept.columns_added / columns
    const entry = sumOf(parts)
    const same = kinds.get(JSON.stringify([is_state, window, entry]))
    if (same) {
      same.layers += each.layers
      continue
    }
    const blocks = (tokens: number): number =>
      is_state
        ? kept.state_copies
        : window === Infinity
          ? Math.ceil(kept.full_tokens / tokens)
          : // One more, since a window begins anywhere in a block.
            Math.ceil(kept.window_tokens!(window) / tokens) + 1
    kinds.set(JSON.stringify([is_state, window, entry]), {
      layers: each.layers, blocks, entry, is_state, window, parts,
    }) // prettier-ignore
  }
  return [...kinds.values()]
}
