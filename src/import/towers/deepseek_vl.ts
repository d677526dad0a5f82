/** DeepSeek-VL: all patches of a SigLIP tower through two matrices. */
import { block } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, projectorOf, visionOf } from './vision-kinds.ts'

export const deepseek_vl: TowerFamily = {
  defaults: {},
  ties: 'outer, or tied',
  build: (c) => {
    c.ignore('num_image_tokens')
    const seen = visionOf(c, { kind: 'siglip_vision_model' })
    const { image_size, patch, tower } = seen
    return [
      behind(seen, block('fixed-size-image', { image_size, patch })),
      projectorOf(block('mlp-projector', { d_in: tower.d_model })),
    ]
  },
}
