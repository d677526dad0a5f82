/** The blocks of a prepared model as settings are shown: each address once, with the layers that hold it. */
import type { LayerGroup, Model, PlacedBlock, PreparedStack } from '../../engine/index.ts'

export interface Shelf {
  block: PlacedBlock
  /** Null for input and output blocks. */
  layers: readonly number[] | null
}

export interface Section {
  /** A sublayer's name, `input` or `output`. */
  name: string
  shelves: readonly Shelf[]
}

export function sectionsOf({ input, groups, output }: PreparedStack): Section[] {
  const shelves = [
    ...input.map((block): Shelf => ({ block, layers: null })),
    ...groups.flatMap(({ blocks, layers }) => blocks.map((block): Shelf => ({ block, layers }))),
    ...output.map((block): Shelf => ({ block, layers: null })),
  ]
  const merged = new Map<string, Shelf>()
  for (const shelf of shelves) {
    const same = merged.get(shelf.block.address)
    const layers = [...(same?.layers ?? []), ...(shelf.layers ?? [])].toSorted((a, b) => a - b)
    merged.set(shelf.block.address, same?.layers ? { ...same, layers } : shelf)
  }
  const names = [...new Set([...merged.values()].map(({ block }) => block.sublayer))]
  const inOrder = [
    'input',
    ...names.filter((name) => name !== 'input' && name !== 'output'),
    'output',
  ]
  return inOrder
    .map((name) => ({
      name,
      shelves: [...merged.values()].filter(({ block }) => block.sublayer === name),
    }))
    .filter((section) => section.shelves.length > 0)
}

/** `mixer.` of `mixer.n_heads`; of two stacks, the role stands before. */
export const prefixOf = (model: Model, stack: PreparedStack): string =>
  model.stacks.length > 1 ? `${stack.role}.` : ''

/** A kind of layer, for the strip: which blocks it holds, and which layers are of this kind. */
export interface LayerKind {
  title: string
  layers: readonly number[]
}

export function layerKinds({ groups }: PreparedStack): LayerKind[] {
  const kinds = new Map<string, number[]>()
  for (const group of groups) {
    const title = titleOfLayer(group)
    kinds.set(title, [...(kinds.get(title) ?? []), ...group.layers])
  }
  return [...kinds].map(([title, layers]) => ({ title, layers }))
}

/** Blocks of a layer without norms and positions, with what distinguishes attention from attention. */
function titleOfLayer({ blocks }: LayerGroup): string {
  return blocks
    .filter(({ formulas }) => formulas.folder !== 'norms' && formulas.folder !== 'positions')
    .map(({ formulas, settings }) => {
      const window = settings['window'] ?? settings['chunk']
      const bounded = typeof window === 'number' && Number.isFinite(window)
      return bounded
        ? `${formulas.title}, window ${window.toLocaleString('en-US')}`
        : formulas.title
    })
    .join(' + ')
}

/** `0–2, 5, 11 …`: a list of layers in a few words. */
export function layersText(layers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const layer of layers) {
    const last = runs.at(-1)
    if (last && layer === last[1] + 1) last[1] = layer
    else runs.push([layer, layer])
  }
  const words = runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`))
  return words.length > 6
    ? `${words.slice(0, 5).join(', ')}, … (${layers.length} layers)`
    : words.join(', ')
}
