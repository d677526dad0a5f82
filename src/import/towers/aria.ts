/** Aria: learned queries read the patches of a SigLIP tower, more of them for a larger image. */
import type { Tower } from '../../architecture/schema.ts'
import { block, norms } from '../parts.ts'
import { follows } from '../reader.ts'
import { headless } from './siglip.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, seenBy } from './vision-kinds.ts'
import { patchesOf } from './vit.ts'

const vision = { hidden_size: 1152, num_attention_heads: 16, patch_size: 32 }

export const aria: TowerFamily = {
  defaults: { projector_patch_to_query_dict: { 1225: 128, 4900: 256 } },
  ties: 'outer, or untied',
  build: (c, text): Tower[] => {
    c.ignore('vision_feature_layer')
    const kind = { ...headless, defaults: { ...headless.defaults, ...vision } }
    const seen = seenBy(c, kind)
    const { image_size, patch, tower } = seen
    const table = c.object('projector_patch_to_query_dict')!
    const counts = new Map(table.keys().map((key) => [Number(key), table.count(key)]))
    const most = c.count(
      'max_value_projector_patch_to_query_dict',
      follows('projector_patch_to_query_dict', Math.max(...counts.values())),
    )
    const n_tokens = counts.get(patchesOf(image_size, patch))
    const d_model = tower.d_model
    return [
      n_tokens === undefined
        ? { ...tower, role: 'vision', feeds: 'projector' }
        : behind(seen, block('fixed-size-image', { image_size, patch, n_tokens })),
      {
        role: 'projector',
        feeds: 'decoder',
        n_layers: 0,
        d_model,
        input: [
          block('learned-rows', { n_rows: most }),
          { block: norms.layer, name: 'of-queries' },
          { block: 'query-reader' },
          { block: norms.layer, name: 'of-what-is-read' },
          block('mlp-projector', {
            d_in: d_model,
            d_hidden: text.d_model,
            d_out: text.d_model,
            bias: 0,
          }),
        ],
        layer: [],
        output: [],
      },
    ]
  },
}
