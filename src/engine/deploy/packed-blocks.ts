/**
 * A cache in blocks packed with pages of several sizes, as vLLM lays out what pools tokens into entries: entries, windows,
 * and what waits to be pooled have pages of their own, and groups of them take turns on the same blocks.
 */
import type { BlockCache } from './blocks.ts'
import { addTo, noParts, sumOf, scaled, type CacheLayers, type Parts } from './cache-layers.ts'

/** What a runtime says of such pages, in tokens and bytes. */
export interface Packing {
  /** Kept of a sequence by layers without a window. */
  full_tokens: number
  /** Kept by layers that look so far back. */
  window_tokens: (window: number) => number
  /** Tokens of a block of entries, of windows, and of those that wait, so many for one entry. */
  entry_block: number
  window_block: number
  pooling_block: (rate: number) => number
  /** Pages are filled up to a multiple of it. */
  page_multiple: number
  /** Each group is laid out by itself; otherwise a page of a size has a place that all groups share. */
  dense: boolean
}

/** Pages by their bytes: how many layers have one. */
type Pages = Map<number, number>

/** Layers whose blocks a sequence takes alike. */
interface Kind {
  grows: boolean
  /** Of a sequence. */
  blocks: number
  pages: Pages
  parts: Parts
}

export function packedBlocks(layers: readonly CacheLayers[], packing: Packing): BlockCache {
  const kinds = kindsOf(layers, packing)
  const groups = groupsOf(kinds)
  const growing = kinds.filter(({ grows }) => grows).flatMap(({ pages }) => [...pages.keys()])
  const block_bytes = packing.dense
    ? Math.max(...groups.map(({ pages }) => bytesOf(pages)))
    : bytesOfPlaces(groups.map(({ pages }) => pages), growing) // prettier-ignore
  const parts = noParts()
  for (const { kind } of groups)
    addTo(parts, kind.parts, (kind.blocks * block_bytes) / sumOf(kind.parts))
  return {
    block_tokens: packing.entry_block,
    block_bytes,
    blocks: groups.reduce((sum, { kind }) => sum + kind.blocks, 0),
    groups: groups.map(({ kind, pages }) => ({ bytes: bytesOf(pages), blocks: kind.blocks })),
    parts,
  }
}

function kindsOf(layers: readonly CacheLayers[], packing: Packing): Kind[] {
  const { entry_block, window_block, page_multiple, window_tokens } = packing
  const kinds = new Map<string, Kind>()
  const add = (key: string, blocks: number, bytes: Parts, count: number): void => {
    const kind = kinds.get(key) ?? { grows: key === 'grows', blocks, pages: new Map(), parts: noParts() } // prettier-ignore
    kinds.set(key, kind)
    addTo(kind.parts, bytes, count)
    for (const page of Object.values(bytes))
      if (page > 0) countPage(kind.pages, Math.ceil(page / page_multiple) * page_multiple, count)
  }
  // A window begins anywhere in a block.
  const past = (window: number, block: number): number =>
    Math.ceil(window_tokens(window) / block) + 1
  for (const { layers: count, reach, pools, bytes, grows } of layers) {
    if (grows.has('growing'))
      add('grows', Math.ceil(packing.full_tokens / entry_block), bytes(entry_block, 'growing'), count) // prettier-ignore
    if (!grows.has('bounded')) continue
    const [seen, waiting] = partPooling(bytes(1, 'bounded'))
    if (sumOf(seen) > 0)
      add(`${reach}`, past(reach, window_block), scaled(seen, window_block), count)
    if (!pools || sumOf(waiting) === 0) continue
    const block = packing.pooling_block(pools.rate)
    add(`${pools.span} in ${block}`, past(pools.span, block), scaled(waiting, block), count)
  }
  return [...kinds.values()]
}

const pooling = ['pooling', 'index_pooling'] as const

/** What is attended to, and what waits to be pooled. */
function partPooling(parts: Parts): [seen: Parts, waiting: Parts] {
  const [seen, waiting] = [{ ...parts }, noParts()]
  for (const held of pooling) [seen[held], waiting[held]] = [0, parts[held]]
  return [seen, waiting]
}

const countPage = (pages: Pages, bytes: number, count: number): void =>
  void pages.set(bytes, (pages.get(bytes) ?? 0) + count)

const bytesOf = (pages: Pages): number =>
  [...pages].reduce((sum, [bytes, count]) => sum + bytes * count, 0)

const most = ({ pages }: Kind): number => Math.max(...pages.values())

/** What grows is one group; other kinds are parted evenly into groups of at most as many layers as leave the fewest places empty. */
function groupsOf(kinds: readonly Kind[]): { kind: Kind; pages: Pages }[] {
  const counts = kinds.map(most)
  const [first = Math.min(...counts)] = kinds.filter(({ grows }) => grows).map(most)
  let [size, fewest] = [first, Infinity]
  for (let tried = first; tried <= Math.max(...counts); tried++) {
    const empty = counts.reduce((sum, count) => sum + Math.ceil(count / tried) * tried - count, 0)
    if (empty < fewest) [size, fewest] = [tried, empty]
  }
  return kinds.flatMap((kind) => {
    const parts = kind.grows ? 1 : Math.ceil(most(kind) / size)
    return Array.from({ length: parts }, (_, place) => ({
      kind,
      pages: new Map([...kind.pages].map(([bytes, count]) => [bytes, Math.ceil((count - place) / parts)])),
    }))
  }) // prettier-ignore
}

/** Pages take the smallest place of a growing page that is large enough, and a block has as many of a size as one group takes. */
function bytesOfPlaces(groups: readonly Pages[], growing: readonly number[]): number {
  const places: Pages = new Map()
  for (const pages of groups) {
    const taken: Pages = new Map()
    for (const [bytes, count] of pages) {
      const larger = growing.filter((place) => place >= bytes)
      countPage(taken, larger.length > 0 ? Math.min(...larger) : bytes, count)
    }
    for (const [bytes, count] of taken) places.set(bytes, Math.max(places.get(bytes) ?? 0, count))
  }
  return bytesOf(places)
}
