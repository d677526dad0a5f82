/** Which layers slide: by `layer_types`, else by the family's rule; and attention that differs by it. */
import type { BlockUse, LayerPick } from '../architecture/schema.ts'
import { countLayers } from './decoder.ts'
import { byKind, type Layered } from './layers.ts'
import { attention, heads, type AttentionOptions } from './parts.ts'
import type { Reader } from './reader.ts'
import { layerKinds, rotary, type LayerKind } from './rope.ts'
import { show } from './values.ts'

/** A window in tokens, or null for none; 0 says none as well. */
export function windowSize(c: Reader, key = 'sliding_window'): number | null {
  const window = c.optionalCount(key, 0)
  return window === 0 ? null : window
}

/**
 * The kind of each layer: as `layer_types` lists them, else as `slides` says for a layer's index.
 * @param from the keys that `slides` follows, beside the number of layers
 */
export function kindsOf(
  c: Reader,
  slides: (layer: number) => boolean,
  { from = 'num_hidden_layers', other = 'sliding_attention' }: KindOptions = {},
): LayerKind[] {
  const kind = (layer: number): LayerKind => (slides(layer) ? other : 'full_attention')
  return c.kinds('layer_types', countLayers(c), { from, kind }).map((each) => knownKind(c, each))
}

interface KindOptions {
  from?: string
  /** What the layers are that are not full. */
  other?: LayerKind
}

function knownKind(c: Reader, kind: string): LayerKind {
  const known = layerKinds.find((each) => each === kind)
  if (known !== undefined) return known
  throw c.unsupported(
    'layer_types',
    `has layers of the kind ${show(kind)}, which is not modelled for this family; known are ${layerKinds.join(', ')}`,
  )
}

/** All but every n-th slide. */
export const allButEvery =
  (every: number) =>
  (layer: number): boolean =>
    (layer + 1) % every !== 0

/** The last of every n layers. */
export const everyLast = (every: number): LayerPick => ({ every, offset: every - 1 })

/** Which layers slide: all but every n-th, or as a function of the layer's index says. */
export type Slides = { all_but_every: number } | ((layer: number) => boolean)

export interface SlidingOptions extends AttentionOptions {
  /** The keys that say which layers slide, beside the number of layers. */
  from?: string
  /** Whether half of the window lies to each side, as in an encoder. */
  both_sides?: boolean
  /** What a kind of layers turns by; the whole head unless said otherwise. */
  position_of?: (kind: LayerKind, d_head: number) => BlockUse | null
}

/** Attention that slides in some layers and sees everything in the others. */
export function sliding(c: Reader, slides: Slides, options: SlidingOptions = {}): Layered {
  const {
    position_of = (kind, d_head) => rotary(c, d_head, { kind }),
    both_sides = false,
    from,
    ...settings
  } = options
  const window = windowSize(c)
  const shape = settings.heads ?? heads(c)
  const by_rule = typeof slides === 'function' ? slides : allButEvery(slides.all_but_every)
  const kinds = kindsOf(
    c,
    (layer) => window !== null && by_rule(layer),
    from === undefined ? {} : { from },
  )
  const hints =
    typeof slides === 'function' || window === null
      ? {}
      : { full_attention: everyLast(slides.all_but_every) }
  return byKind(
    kinds,
    (kind) => {
      const own = kind === 'full_attention' ? null : window
      const seen = both_sides ? { reach: own && Math.floor(own / 2) } : { window: own }
      const position = position_of(kind, shape.d_head)
      return attention(c, {
        ...settings,
        heads: shape,
        ...(window !== null && seen),
        position,
      })
    },
    hints,
  )
}

/** Attention that slides in all layers where the config has a window. */
export const slidingEverywhere = (c: Reader, options: SlidingOptions = {}): Layered => {
  c.ignore('layer_types')
  const window = windowSize(c)
  const shape = options.heads ?? heads(c)
  const kind = window === null ? 'full_attention' : 'sliding_attention'
  return attention(c, {
    ...options,
    heads: shape,
    ...(window !== null && { window }),
    position: rotary(c, shape.d_head, { kind }),
  })
}
