/** Moonshine: sound as a waveform through three convolutions, rotary positions on both sides. */
import type { BlockUse } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { block, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { encoderDecoder, steps } from '../stacks.ts'

/** Samples of the second of sound that the model is measured on. */
const second = 16_000

/** The model code gives the decoder the encoder's heads, whatever its own keys say. */
function headsOf(c: Reader) {
  const n_heads = c.count('encoder_num_attention_heads')
  const n_kv_heads = c.count(
    'encoder_num_key_value_heads',
    follows('encoder_num_attention_heads', n_heads),
  )
  const bias = c.flag('attention_bias')
  const d_head = c.count(
    'head_dim',
    follows(
      'hidden_size / encoder_num_attention_heads',
      Math.trunc(c.count('hidden_size') / n_heads),
    ),
  )
  return { n_heads, n_kv_heads, d_head, q_bias: bias, k_bias: bias, v_bias: bias }
}

function mixerOf(c: Reader): BlockUse {
  const heads = headsOf(c)
  return block('attention', { ...heads, position: rotary(c, heads.d_head) })
}

export const moonshine: Family = {
  defaults: {
    vocab_size: 32768,
    hidden_size: 288,
    intermediate_size: 1152,
    encoder_num_hidden_layers: 6,
    decoder_num_hidden_layers: 6,
    encoder_num_attention_heads: 8,
    max_position_embeddings: 512,
    partial_rotary_factor: 0.9,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore(
      'num_hidden_layers',
      'num_attention_heads',
      'num_key_value_heads',
      'decoder_num_attention_heads',
      'decoder_num_key_value_heads',
      'pad_head_dim_to_multiple_of',
      'encoder_hidden_act',
      'decoder_hidden_act',
    )
    const d_ff = c.count('intermediate_size')
    const norm = norms.scale_only
    const final = { block: 'layernorm', bias: false }
    return encoderDecoder(
      c,
      {
        n_layers: c.count('encoder_num_hidden_layers'),
        input: [block('waveform-front-end', {})],
        layer: steps(norm, 'before', {
          mixer: mixerOf(c),
          ffn: block('ffn', { d_ff, ffn_bias: true }),
        }),
        output: [final],
      },
      {
        n_layers: c.count('decoder_num_hidden_layers'),
        input: [block('token-embedding', { vocab_size: c.count('vocab_size') })],
        layer: steps(norm, 'before', {
          mixer: mixerOf(c),
          cross: block('cross-attention', headsOf(c)),
          ffn: block('gated-ffn', { d_ff, ffn_bias: true }),
        }),
        output: [final, block('output-head', { tied: c.flag('tie_word_embeddings') })],
      },
      { max_context: c.count('max_position_embeddings'), max_source: second },
    )
  },
}
