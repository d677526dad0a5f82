/** LED: BART whose encoder looks through Longformer's band, with a position table of its own. */
import type { Family } from '../family.ts'
import { activation, block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { encoderDecoder, plainAttention, plainCrossAttention, steps, type Ends } from '../stacks.ts'
import { commonTables } from './bart.ts'

function side(c: Reader, role: 'encoder' | 'decoder'): Omit<Ends, 'layer'> {
  const max_positions = c.count(`max_${role}_position_embeddings`)
  return {
    n_layers: c.count(`${role}_layers`),
    input: [
      ...commonTables(c)[role],
      block('learned-positions', { max_positions }),
      { block: 'layernorm' },
    ],
    output:
      role === 'encoder' ? [] : [block('output-head', { tied: c.flag('tie_word_embeddings') })],
  }
}

const ffn = (c: Reader, role: 'encoder' | 'decoder') =>
  block('ffn', {
    d_ff: c.count(`${role}_ffn_dim`),
    ffn_bias: true,
    activation: activation(c, 'gelu'),
  })

/** One window for all layers, or a list that says the same for each. */
function bandOf(c: Reader): number {
  const windows = c.perLayer('attention_window', c.count('encoder_layers'))
  const [window = 1] = windows
  if (windows.some((each) => each !== window))
    throw c.wrong(
      'attention_window',
      'differs between layers; only one window for all layers is modelled',
    )
  return window
}

export const led: Family = {
  defaults: {
    vocab_size: 50265,
    hidden_size: 1024,
    encoder_layers: 12,
    encoder_ffn_dim: 4096,
    encoder_attention_heads: 16,
    decoder_layers: 12,
    decoder_ffn_dim: 4096,
    decoder_attention_heads: 16,
    max_encoder_position_embeddings: 16384,
    max_decoder_position_embeddings: 1024,
    attention_window: 512,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore('num_hidden_layers', 'num_attention_heads')
    const band = block('longformer-attention', {
      n_heads: c.count('encoder_attention_heads'),
      attention_window: bandOf(c),
    })
    const n_heads = c.count('decoder_attention_heads')
    return encoderDecoder(
      c,
      {
        ...side(c, 'encoder'),
        layer: steps(norms.layer, 'after', { mixer: band, ffn: ffn(c, 'encoder') }),
      },
      {
        ...side(c, 'decoder'),
        layer: steps(norms.layer, 'after', {
          mixer: plainAttention(n_heads),
          cross: plainCrossAttention(n_heads),
          ffn: ffn(c, 'decoder'),
        }),
      },
      { max_context: c.count('max_decoder_position_embeddings') },
    )
  },
}
