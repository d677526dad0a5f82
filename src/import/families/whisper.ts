/** Whisper: frames of a spectrum through convolutions and an encoder, text from a decoder. Keys have no bias. */
import type { Family } from '../family.ts'
import { activation, block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { encoderDecoder, plainAttention, plainCrossAttention, steps, type Ends } from '../stacks.ts'

/** Frames that become one position of the encoder. */
const stride = 2

function side(c: Reader, role: 'encoder' | 'decoder'): Pick<Ends, 'n_layers' | 'layer'> {
  const n_heads = c.count(`${role}_attention_heads`)
  const mixer = plainAttention(n_heads, { k_bias: false })
  const cross = plainCrossAttention(n_heads, { k_bias: false })
  const ffn = block('ffn', {
    d_ff: c.count(`${role}_ffn_dim`),
    ffn_bias: true,
    activation: activation(c, 'gelu'),
  })
  return {
    n_layers: c.count(`${role}_layers`),
    layer: steps(
      norms.layer,
      'before',
      role === 'decoder' ? { mixer, cross, ffn } : { mixer, ffn },
    ),
  }
}

export const whisper: Family = {
  defaults: {
    vocab_size: 51865,
    num_mel_bins: 80,
    hidden_size: 384,
    encoder_layers: 4,
    encoder_attention_heads: 6,
    encoder_ffn_dim: 1536,
    decoder_layers: 4,
    decoder_attention_heads: 6,
    decoder_ffn_dim: 1536,
    max_source_positions: 1500,
    max_target_positions: 448,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore('num_hidden_layers', 'num_attention_heads', 'max_length')
    const heard = c.count('max_source_positions')
    const written = c.count('max_target_positions')
    const final = { block: 'layernorm' }
    return encoderDecoder(
      c,
      {
        ...side(c, 'encoder'),
        input: [
          block('conv-front-end', { n_mels: c.count('num_mel_bins') }),
          block('learned-positions', { max_positions: heard }),
        ],
        output: [final],
      },
      {
        ...side(c, 'decoder'),
        input: [
          block('token-embedding', { vocab_size: c.count('vocab_size') }),
          block('learned-positions', { max_positions: written }),
        ],
        output: [final, block('output-head', { tied: c.flag('tie_word_embeddings') })],
      },
      { max_context: written, max_source: heard * stride },
    )
  },
}
