/** LLaVA: the patches of a CLIP tower through two matrices into the language model. */
import type { Tower } from '../../architecture/schema.ts'
import { activation, block } from '../parts.ts'
import type { Reader } from '../reader.ts'
import type { TowerFamily } from './tower-family.ts'
import type { SeenBy } from './vision-kind.ts'
import { behind, projectorOf, visionOf } from './vision-kinds.ts'
import { patchesOf } from './vit.ts'

/** CLIP ViT-L/14 at 336 pixels, where a config describes no tower. */
export const largeClip = {
  kind: 'clip_vision_model',
  defaults: {
    hidden_size: 1024,
    intermediate_size: 4096,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    image_size: 336,
    patch_size: 14,
  },
}

/** Whether the class token is left behind; the first patch of a tower without one is, too. */
export const dropsFirst = (c: Reader, otherwise = 'default'): boolean =>
  c.text('vision_feature_select_strategy', otherwise) === 'default'

/** Two matrices that lead from what is read of the tower to the width of the language model. */
export function projector(c: Reader, { tower }: SeenBy, drops: boolean): Tower {
  // One layer's output is read, or those of several side by side.
  const layersRead = c.wholeNumbers('vision_feature_layer', -2).length
  return projectorOf(
    ...(drops ? [{ block: 'drop-prefix' }] : []),
    block('mlp-projector', {
      d_in: tower.d_model * layersRead,
      ...(!c.flag('multimodal_projector_bias', true) && { bias: 0 }),
      activation: activation(c, 'gelu'),
    }),
  )
}

export const llava: TowerFamily = {
  defaults: {
    vision_feature_layer: -2,
    vision_feature_select_strategy: 'default',
    multimodal_projector_bias: true,
  },
  ties: 'either',
  build: (c) => {
    c.ignore('image_seq_length', 'projector_hidden_act')
    const seen = visionOf(c, largeClip)
    const drops = dropsFirst(c)
    const { image_size, patch, n_prefix, intake } = seen
    const n_tokens = patchesOf(image_size, patch) + n_prefix - Number(drops)
    return [
      behind(seen, intake ?? block('fixed-size-image', { image_size, patch, n_tokens })),
      projector(c, seen, drops),
    ]
  },
}
