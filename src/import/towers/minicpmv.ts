/** MiniCPM-V 4.6: patches are merged four to one within the tower, and once more on the way to the language model. */
import type { Tower } from '../../architecture/schema.ts'
import { block } from '../parts.ts'
import { plainAttention } from '../stacks.ts'
import { headless } from './siglip.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf, seenBy } from './vision-kinds.ts'

export const minicpmv4_6: TowerFamily = {
  defaults: {
    insert_layer_id: 6,
    merger_times: 1,
    merge_kernel_size: [2, 2],
    downsample_mode: '16x',
  },
  ties: 'outer, or untied',
  build: (c): Tower[] => {
    c.ignore('image_size', 'patch_size', 'drop_vision_last_layer')
    if (c.count('merger_times') !== 1)
      throw c.unsupported('merger_times', 'is more than 1, which is not modelled')
    const { tower, patch } = seenBy(c, headless)
    const v = c.part('vision_config', headless.defaults)
    v.ignore('insert_layer_id', 'window_kernel_size')
    const { d_model, n_layers } = tower
    const first = Math.min(c.count('insert_layer_id', undefined, 0) + 1, n_layers)
    const [down = 2, across = down] = c.wholeNumbers('merge_kernel_size', 2)
    const merged = d_model * down * across
    const n_heads = v.count('num_attention_heads')
    // Attention within each square that is merged, unless fewer merges are chosen.
    const merges = c.text('downsample_mode', '16x') === '16x'
    // Two marks around each slice, and a new line between rows of them; three that number the image.
    const intake = block('sliced-image', {
      patch,
      merge: merges ? down * down : down,
      step: down * down,
      marks: 2,
      row_marks: 1,
      around: 3,
    })
    const d_hidden = down * across * v.count('intermediate_size')
    const insert = merges
      ? [
          { ...plainAttention(n_heads, { window_side: down }), before: 'layernorm' },
          block('merge-patches', { side: down }),
          block('layernorm', { name: 'of-merged', width: merged }),
          block('mlp-projector', { d_in: merged, d_hidden, d_out: d_model }),
        ]
      : // Its attention with a norm, a norm of what is merged, and two matrices stand in the file all the same.
        [
          block('idle-weights', {
            values:
              4 * d_model ** 2 +
              6 * d_model +
              (2 + d_hidden) * merged +
              d_hidden * (1 + d_model) +
              d_model,
          }),
        ]
    return [
      {
        ...tower,
        role: 'vision',
        feeds: 'merged',
        n_layers: first,
        input: [intake, ...tower.input],
        output: [],
      },
      {
        ...tower,
        role: 'vision',
        name: 'merged',
        feeds: 'projector',
        n_layers: n_layers - first,
        input: insert,
      },
      projectorOf(
        block('merge-patches', { side: down }),
        block('layernorm', { width: merged }),
        block('mlp-projector', { d_in: merged, d_hidden: merged }),
      ),
    ]
  },
}
