/** Idefics 3 and SmolVLM: squares of patches side by side through one matrix. */
import { block } from '../parts.ts'
import { headless } from './siglip.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf, seenBy } from './vision-kinds.ts'

const vision = { hidden_size: 1152, num_attention_heads: 16, patch_size: 32 }

export const idefics3: TowerFamily = {
  defaults: { scale_factor: 2 },
  ties: 'outer, or untied',
  build: (c) => {
    const kind = { ...headless, defaults: { ...headless.defaults, ...vision } }
    const { tower } = seenBy(c, kind)
    const side = c.count('scale_factor')
    return [
      { ...tower, role: 'vision', feeds: 'projector' },
      projectorOf(
        block('merge-patches', { side }),
        block('projection', { d_in: tower.d_model * side ** 2 }),
      ),
    ]
  },
}
