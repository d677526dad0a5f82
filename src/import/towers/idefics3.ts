/** Idefics 3 and SmolVLM: tiles of an image, squares of their patches side by side through one matrix. */
import type { Tower } from '../../architecture/schema.ts'
import { block } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { headless, siglip } from './siglip.ts'
import type { TowerFamily } from './tower-family.ts'
import type { VisionKind } from './vision-kind.ts'
import { behind, feedingEncoder, projectorOf, seenBy } from './vision-kinds.ts'

const vision = { hidden_size: 1152, num_attention_heads: 16, patch_size: 32 }

/** @param side of the squares of patches that become one token */
const tiled = (c: Reader, kind: VisionKind, side: number): Tower[] => {
  const seen = seenBy(c, kind)
  const { image_size: tile, patch, tower } = seen
  const n_tokens = Math.floor(Math.floor(tile / patch) ** 2 / side ** 2)
  // A tile stands behind two marks, a row of them before a new line, and one mark ends an image.
  const marks = { marks: 2, row_marks: 1, around: 1 }
  return [
    behind(seen, block('grid-of-tiles-image', { tile, patch, n_tokens, ...marks })),
    projectorOf(
      block('merge-patches', { side }),
      block('projection', { d_in: tower.d_model * side ** 2 }),
    ),
  ]
}

export const idefics3: TowerFamily = {
  defaults: { scale_factor: 2 },
  ties: 'outer, or untied',
  build: (c) =>
    tiled(
      c,
      { ...headless, defaults: { ...headless.defaults, ...vision } },
      c.count('scale_factor'),
    ),
}

/** ModernVBERT, an encoder of text that sees as Idefics 3 does. */
export const modernvbert: TowerFamily = {
  defaults: { pixel_shuffle_factor: 4 },
  ties: 'outer, or untied',
  build: (c, text) =>
    feedingEncoder(tiled(c, siglip, c.count('pixel_shuffle_factor')), text.d_model),
}
