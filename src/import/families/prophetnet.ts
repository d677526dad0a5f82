/** ProphetNet: a decoder with a stream for each of the next tokens, all of which run through every layer. */
import type { Family } from '../family.ts'
import { activation, block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { encoderDecoder, plainAttention, steps } from '../stacks.ts'
import { commonTables } from './bart.ts'

const positions = (c: Reader) =>
  block('learned-positions', { max_positions: c.count('max_position_embeddings') })

const encoderOf = (c: Reader, by: string) => ({
  n_layers: c.count('num_encoder_layers'),
  input: [...commonTables(c).encoder, positions(c), { block: 'layernorm' }],
  layer: steps(norms.layer, 'after', {
    mixer: plainAttention(c.count('num_encoder_attention_heads')),
    ffn: block('ffn', { d_ff: c.count('encoder_ffn_dim'), ffn_bias: true, activation: by }),
  }),
  output: [],
})

function decoderOf(c: Reader, by: string) {
  const n_predicted = c.count('ngram')
  const streams = 1 + n_predicted
  const n_heads = c.count('num_decoder_attention_heads')
  const norm = block('layernorm-over-rows', { streams })
  return {
    n_layers: c.count('num_decoder_layers'),
    input: [
      ...commonTables(c).decoder,
      positions(c),
      // What each predicting stream begins with.
      { ...block('token-types', { n_types: n_predicted }), name: 'streams' },
      norm,
    ],
    layer: steps(norm, 'after', {
      mixer: block('ngram-attention', {
        n_heads,
        n_predicted,
        num_buckets: c.count('num_buckets'),
      }),
      cross: block('stream-cross-attention', { n_heads, streams }),
      ffn: block('ffn-over-rows', { d_ff: c.count('decoder_ffn_dim'), streams, activation: by }),
    }),
    output: [
      block('output-head', { tied: c.flag('tie_word_embeddings') }),
      ...(n_predicted > 1
        ? [{ ...block('further-scores', { n_further: n_predicted - 1 }), name: 'head-further' }]
        : []),
    ],
  }
}

export const prophetnet: Family = {
  defaults: {
    vocab_size: 30522,
    hidden_size: 1024,
    num_encoder_layers: 12,
    encoder_ffn_dim: 4096,
    num_encoder_attention_heads: 16,
    num_decoder_layers: 12,
    decoder_ffn_dim: 4096,
    num_decoder_attention_heads: 16,
    max_position_embeddings: 512,
    ngram: 2,
    num_buckets: 32,
    add_cross_attention: true,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore('disable_ngram_loss', 'eps', 'relative_max_distance', 'num_hidden_layers')
    if (!c.flag('add_cross_attention'))
      throw c.unsupported(
        'add_cross_attention',
        'is false; a decoder that does not see its encoder is not modelled',
      )
    const by = activation(c, 'gelu')
    return encoderDecoder(c, encoderOf(c, by), decoderOf(c, by), {
      max_context: c.count('max_position_embeddings'),
    })
  },
}
