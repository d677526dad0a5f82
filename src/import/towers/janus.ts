/** Janus: patches of an image through a vision transformer and a few matrices. What draws images is beside it. */
import { block, norms, plainFfn } from '../parts.ts'
import { plainAttention, steps } from '../stacks.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { entrance, patchesOf, side } from './vit.ts'

export const janus: TowerFamily = {
  defaults: {},
  ties: 'outer, or tied',
  unmodelled: () => ['codec'],
  build: (c, text) => {
    const v = c.part('vision_config', {
      hidden_size: 1024,
      num_hidden_layers: 24,
      num_attention_heads: 16,
      num_channels: 3,
      image_size: 384,
      patch_size: 16,
      hidden_act: 'gelu',
      mlp_ratio: 4,
      attention_bias: true,
      projection_dim: 2048,
      depth: 2,
    })
    v.ignore('num_image_tokens', 'projection_dropout', 'hidden_dropout_rate')
    const [image_size, patch] = [side(v, 'image_size'), side(v, 'patch_size')]
    const d_model = v.count('hidden_size')
    const d_out = v.count('projection_dim')
    if (d_out !== text.d_model)
      throw v.wrong('projection_dim', `is ${d_out}; the text is ${text.d_model} wide`)
    const bias = v.flag('attention_bias')
    const width = Math.trunc(d_model * v.number('mlp_ratio'))
    const n_matrices = v.count('depth')
    return [
      {
        role: 'vision',
        feeds: 'projector',
        n_layers: v.count('num_hidden_layers'),
        d_model,
        input: [
          block('fixed-size-image', { image_size, patch }),
          ...entrance({
            patch,
            channels: v.count('num_channels'),
            bias: true,
            rows: patchesOf(image_size, patch),
          }),
        ],
        layer: steps(norms.layer, 'before', {
          mixer: plainAttention(v.count('num_attention_heads'), {
            ...(!bias && { q_bias: 0, k_bias: 0, v_bias: 0 }),
            ...(v.flag('use_qk_norm') && { qk_norm: 'full', qk_norm_bias: 1 }),
          }),
          ffn: plainFfn(v, { bias: true, width }),
        }),
        output: [{ block: 'layernorm' }],
      },
      projectorOf(
        ...Array.from({ length: n_matrices }, (_, index) =>
          block('projection', {
            name: `matrix-${index + 1}`,
            ...(index === 0 && { d_in: d_model }),
            bias: true,
          }),
        ),
      ),
    ]
  },
}
