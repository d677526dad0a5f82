/** BLIP's text: BERT's layers as a decoder, with cross-attention to the patches of an image after each attention. */
import { nameOf } from '../decoder.ts'
import type { Family } from '../family.ts'
import { activation, block, norms } from '../parts.ts'
import { plainAttention, plainCrossAttention, steps } from '../stacks.ts'
import { bertDefaults } from './bert.ts'

export const blip_text: Family = {
  types: ['blip_text_model'],
  defaults: {
    ...bertDefaults,
    vocab_size: 30524,
    num_attention_heads: 8,
    encoder_hidden_size: 768,
    is_decoder: true,
  },
  build: (c) => {
    c.ignore('label_smoothing', 'projection_dim')
    if (!c.flag('is_decoder'))
      throw c.unsupported(
        'is_decoder',
        'is false; the encoder that images and texts are matched by is not modelled',
      )
    const n_heads = c.count('num_attention_heads')
    const head = block('masked-lm-head', {
      ...(!c.flag('tie_word_embeddings') && { tied: 0, idle_bias: true }),
    })
    return {
      name: nameOf(c),
      model_type: c.text('model_type', 'blip_text_model'),
      d_model: c.count('hidden_size'),
      max_context: c.count('max_position_embeddings'),
      stacks: [
        {
          role: 'decoder',
          n_layers: c.count('num_hidden_layers'),
          input: [
            block('token-embedding', { vocab_size: c.count('vocab_size') }),
            block('learned-positions', {}),
            { block: 'layernorm' },
          ],
          layer: steps(norms.layer, 'after', {
            mixer: plainAttention(n_heads),
            cross: plainCrossAttention(n_heads, { d_source: c.count('encoder_hidden_size') }),
            ffn: block('ffn', {
              d_ff: c.count('intermediate_size'),
              ffn_bias: true,
              activation: activation(c, 'gelu'),
            }),
          }),
          output: [head],
        },
      ],
    }
  },
}
