/** NV-Embed: Mistral whose tokens see each other both ways, and a head that looks every token up in a learned dictionary. */
import { countLayers, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, block, gatedFfn, norms } from '../parts.ts'
import { encoderOnly } from '../stacks.ts'
import { mistral } from './mistral.ts'

export const nvembed: Family = {
  whole: true,
  bare: 'language',
  defaults: {},
  build: (c) => {
    c.ignore('hidden_size', 'is_mask_instruction', 'mask_type', 'padding_side', 'add_eos')
    c.ignore('add_pad_token')
    const text = c.part('text_config', mistral.defaults)
    // No mask is left, so none of a window either; and nothing scores the vocabulary.
    text.ignore('sliding_window', 'tie_word_embeddings', 'model_type', 'architectures')
    const pooled = c.part('latent_attention_config', {
      num_latents_value: 512,
      num_cross_heads: 8,
      hidden_dim: 4096,
      latent_dim: 4096,
      cross_dim_head: 4096,
    })
    pooled.ignore('model_type', 'output_normalize')
    const d_model = text.count('hidden_size')
    for (const key of ['hidden_dim', 'latent_dim'])
      if (pooled.count(key) !== d_model)
        throw pooled.wrong(key, `is ${pooled.count(key)}; what it reads is ${d_model} wide`)
    return encoderOnly(
      text,
      {
        n_layers: countLayers(text),
        input: [block('token-embedding', { vocab_size: text.count('vocab_size') })],
        layer: preNorm(norms.rms, attention(text), gatedFfn(text)),
        output: [
          { block: 'rmsnorm' },
          block('dictionary-attention', {
            n_rows: pooled.count('num_latents_value'),
            n_heads: pooled.count('num_cross_heads'),
            d_head: pooled.count('cross_dim_head'),
            before: norms.layer,
          }),
          block('gated-ffn', {
            d_ff: 4 * d_model,
            ffn_bias: true,
            activation: 'gelu',
            before: norms.layer,
          }),
        ],
      },
      text.count('max_position_embeddings'),
    )
  },
}
