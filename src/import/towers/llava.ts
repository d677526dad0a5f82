/** LLaVA: the patches of a CLIP tower through two matrices into the language model. */
import type { Tower } from '../../architecture/schema.ts'
import { activation, block } from '../parts.ts'
import type { Reader } from '../reader.ts'
import type { TowerFamily } from './tower-family.ts'
import type { SeenBy } from './vision-kind.ts'
import { behind, visionOf } from './vision-kinds.ts'

/** CLIP ViT-L/14 at 336 pixels, where a config describes no tower. */
const large = {
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
const dropsFirst = (c: Reader): boolean =>
  c.text('vision_feature_select_strategy', 'default') === 'default'

/** One layer's output is read, or those of several side by side. */
const layersRead = (c: Reader): number => c.wholeNumbers('vision_feature_layer', -2).length

/** Two matrices that lead from what is read of the tower to the width of the language model. */
function projector(c: Reader, seen: SeenBy, drops: boolean): Tower {
  const d_in = seen.d_model * layersRead(c)
  return {
    role: 'projector',
    feeds: 'decoder',
    n_layers: 0,
    input: [
      ...(drops ? [{ block: 'drop-prefix' }] : []),
      block('mlp-projector', {
        d_in,
        ...(!c.flag('multimodal_projector_bias', true) && { bias: 0 }),
        activation: activation(c, 'gelu'),
      }),
    ],
    layer: [],
    output: [],
  }
}

export const llava: TowerFamily = {
  defaults: {
    vision_feature_layer: -2,
    vision_feature_select_strategy: 'default',
    multimodal_projector_bias: true,
    projector_hidden_act: 'gelu',
    image_seq_length: 576,
  },
  ties: 'either',
  build: (c) => {
    c.ignore('image_seq_length', 'projector_hidden_act')
    const seen = visionOf(c, large)
    const drops = dropsFirst(c)
    const n_rows = Math.floor(seen.image_size / seen.patch) ** 2 + seen.n_prefix
    const intake = block('fixed-size-image', {
      image_size: seen.image_size,
      patch: seen.patch,
      n_tokens: n_rows - Number(drops),
    })
    return [behind(intake, seen), projector(c, seen, drops)]
  },
}
