/** Gemma 3: a SigLIP tower whose patches are pooled to as many tokens for every image. */
import { block } from '../parts.ts'
import { decodes } from '../stacks.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, feedingEncoder, projectorOf, visionOf } from './vision-kinds.ts'

export const gemma3: TowerFamily = {
  defaults: { mm_tokens_per_image: 256 },
  ties: 'outer, or tied',
  two_way: { what: 'images' },
  build: (c, text) => {
    const seen = visionOf(c, { kind: 'siglip_vision_model' })
    const n_tokens = c.count('mm_tokens_per_image')
    const { image_size, patch, tower } = seen
    const along = Math.floor(image_size / patch) / Math.floor(Math.sqrt(n_tokens))
    const side = Math.max(1, Math.floor(along))
    const towers = [
      behind(seen, block('fixed-size-image', { image_size, patch, n_tokens })),
      projectorOf(
        block('pool-patches', { side }),
        block('rmsnorm', { width: tower.d_model }),
        block('projection', { d_in: tower.d_model }),
      ),
    ]
    return decodes(text) ? towers : feedingEncoder(towers, text.d_model)
  },
}
