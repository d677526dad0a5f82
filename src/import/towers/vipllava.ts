/** ViP-LLaVA: what several layers put out stands side by side, with a norm before the two matrices. */
import { activation, block } from '../parts.ts'
import { largeClip } from './llava.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, projectorOf, visionOf } from './vision-kinds.ts'
import { patchesOf } from './vit.ts'

export const vipllava: TowerFamily = {
  defaults: { vision_feature_layers: [-2, -5, -8, -11, 6] },
  ties: 'outer, or untied',
  build: (c) => {
    c.ignore('image_seq_length', 'projector_hidden_act', 'projector_layernorm_eps')
    const seen = visionOf(c, largeClip)
    const { image_size, patch, tower } = seen
    const width = tower.d_model * c.wholeNumbers('vision_feature_layers', -2).length
    const n_tokens = patchesOf(image_size, patch)
    return [
      behind(seen, block('fixed-size-image', { image_size, patch, n_tokens })),
      projectorOf(
        { block: 'drop-prefix' },
        block('layernorm', { width }),
        block('mlp-projector', { d_in: width, activation: activation(c, 'gelu') }),
      ),
    ]
  },
}
