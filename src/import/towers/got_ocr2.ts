/** GOT-OCR 2: SAM's tower, two convolutions that halve its grid, one matrix to the language model. */
import { block } from '../parts.ts'
import { halvings, samDefaults, samTower } from './sam.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'

export const got_ocr2: TowerFamily = {
  defaults: {},
  ties: 'outer, or tied',
  build: (c, text) => {
    c.ignore('image_seq_length')
    const { image_size, patch, d_out, ...tower } = samTower(c.part('vision_config', samDefaults))
    const n_tokens = Math.ceil(Math.floor(image_size / patch) / 4) ** 2
    const intake = block('fixed-size-image', { image_size, patch, n_tokens })
    return [
      { ...tower, role: 'vision', feeds: 'projector', input: [intake, ...tower.input] },
      projectorOf(...halvings(d_out, text.d_model), block('projection', { bias: true })),
    ]
  },
}
