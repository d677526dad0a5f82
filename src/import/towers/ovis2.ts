/** Ovis 2: patches become probabilities of visual words, and those a mixture of the words' vectors. */
import { block, gatedFfn, norms } from '../parts.ts'
import { steps } from '../stacks.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { entrance, patchesOf } from './vit.ts'

export const ovis2: TowerFamily = {
  defaults: { hidden_size: 1536, vocab_size: 151643, tie_word_embeddings: true },
  ties: 'outer, or tied',
  // Untied, it is as large as the outer config says.
  head: (c, text) => {
    const vocab_size = c.count('vocab_size')
    if (c.flag('tie_word_embeddings')) return {}
    const width = c.count('hidden_size')
    if (width !== text.d_model)
      throw c.wrong(
        'hidden_size',
        `is ${width}, by which the head goes; the text is ${text.d_model} wide`,
      )
    return { vocab_size }
  },
  build: (c) => {
    c.ignore('visual_indicator_token_ids')
    const v = c.part('vision_config', {
      hidden_size: 1024,
      intermediate_size: 2816,
      num_hidden_layers: 24,
      num_attention_heads: 8,
      num_channels: 3,
      image_size: 224,
      patch_size: 14,
      qkv_bias: false,
      mlp_bias: false,
      hidden_act: 'silu',
      vocab_size: 16384,
      hidden_stride: 1,
      num_visual_indicator_tokens: 5,
    })
    v.ignore('tokenize_function')
    const [patch, d_model] = [v.count('patch_size'), v.count('hidden_size')]
    const [side, words] = [v.count('hidden_stride'), v.count('vocab_size')]
    const bias = v.flag('qkv_bias')
    const told = words - v.count('num_visual_indicator_tokens', 0, 0)
    return [
      {
        role: 'vision',
        feeds: 'projector',
        n_layers: v.count('num_hidden_layers'),
        d_model,
        input: entrance({
          patch,
          channels: v.count('num_channels'),
          bias: true,
          rows: patchesOf(v.count('image_size'), patch),
          norm: norms.rms,
        }),
        layer: steps(norms.rms, 'before', {
          mixer: block('attention', {
            n_heads: v.count('num_attention_heads'),
            q_bias: bias,
            k_bias: bias,
            v_bias: bias,
            o_bias: bias,
          }),
          ffn: gatedFfn(v, { bias: v.flag('mlp_bias') }),
        }),
        output: [
          { block: 'rmsnorm' },
          block('merge-patches', { side }),
          block('projection', { d_in: d_model * side ** 2, d_out: told }),
          block('layernorm', { name: 'words', width: told }),
        ],
      },
      projectorOf(block('projection', { d_in: words, d_out: c.count('hidden_size') })),
    ]
  },
}
