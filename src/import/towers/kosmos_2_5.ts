/** KOSMOS-2.5: patches of an image of any shape, each with its row and its column, that learned queries sum up. */
import { activation, block, gatedFfn, norms } from '../parts.ts'
import { steps } from '../stacks.ts'
import { summedUp } from './kosmos_2.ts'
import type { TowerFamily } from './tower-family.ts'

/** The processor's, which no config of the model says: an image is scaled to at most so many patches, and filled up to them. */
const patch = 16
const patches_along_a_side = 64

export const kosmos_2_5: TowerFamily = {
  defaults: { latent_query_num: 2048 },
  ties: 'text',
  build: (c, text) => {
    const v = c.part('vision_config', {
      hidden_size: 1536,
      patch_embed_hidden_size: 768,
      intermediate_size: 3968,
      head_dim: 64,
      num_hidden_layers: 18,
      num_attention_heads: 24,
      dense_act_fn: 'gelu_new',
      max_num_patches: 4096,
    })
    const d_model = v.count('hidden_size')
    const channels = v.count('patch_embed_hidden_size') / patch ** 2
    if (!Number.isInteger(channels))
      throw v.wrong(
        'patch_embed_hidden_size',
        `is ${channels * patch ** 2}; values of a patch of ${patch} by ${patch} pixels are expected`,
      )
    const max_positions = v.count('max_num_patches')
    const n_rows = c.count('latent_query_num')
    const n_heads = c.part('text_config', { num_attention_heads: 16 }).count('num_attention_heads')
    return [
      {
        role: 'vision',
        feeds: 'projector',
        n_layers: v.count('num_hidden_layers'),
        d_model,
        input: [
          // Two marks stand around the rows of an image.
          block('fixed-size-image', {
            image_size: patch * patches_along_a_side,
            patch,
            n_tokens: n_rows + 2,
          }),
          block('patch-embedding', { patch, ...(channels !== 3 && { channels }), bias: true }),
          { ...block('learned-positions', { max_positions }), name: 'rows' },
          { ...block('learned-positions', { max_positions }), name: 'columns' },
        ],
        layer: steps(norms.rms, 'before', {
          mixer: block('attention', {
            n_heads: v.count('num_attention_heads'),
            d_head: v.count('head_dim'),
          }),
          ffn: gatedFfn(v, { activation: activation(v, 'gelu') }),
        }),
        output: [{ block: 'rmsnorm' }],
      },
      summedUp({ d_in: d_model, d_model: text.d_model, n_rows, n_heads }),
    ]
  },
}
