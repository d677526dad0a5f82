/** XLNet: attention to contents and to distances, to both sides. The second stream, which predicts, is run in training alone. */
import type { Family } from '../family.ts'
import { block, norms } from '../parts.ts'
import { follows } from '../reader.ts'
import { encoderOnly, steps } from '../stacks.ts'

export const xlnet: Family = {
  defaults: {
    vocab_size: 32000,
    hidden_size: 1024,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    d_inner: 4096,
    ff_activation: 'gelu',
    attn_type: 'bi',
    // Distances are computed for any length; it was trained on this one.
    max_position_embeddings: 512,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore(...costless)
    if (c.text('attn_type', 'bi') !== 'bi')
      throw c.unsupported(
        'attn_type',
        'says a decoder with a memory of segments, which is not modelled',
      )
    const d_model = c.count('hidden_size')
    const n_heads = c.count('num_attention_heads')
    const d_head = c.count('d_head', follows('d_model / n_head', Math.floor(d_model / n_heads)))
    const act = c.text('ff_activation', 'gelu')
    return encoderOnly(
      c,
      {
        n_layers: c.count('num_hidden_layers'),
        input: [
          block('token-embedding', { vocab_size: c.count('vocab_size') }),
          // Stands for every token that is to be predicted; only the second stream begins with it.
          { ...block('learned-scale', {}), name: 'mask' },
        ],
        layer: steps(norms.layer, 'after', {
          mixer: block('content-distance-attention', { n_heads, d_head }),
          ffn: block('ffn', {
            d_ff: c.count('d_inner'),
            ffn_bias: true,
            activation: act === 'relu' ? 'relu' : 'gelu',
          }),
        }),
        output: [block('output-head', { tied: c.flag('tie_word_embeddings'), head_bias: true })],
      },
      c.count('max_position_embeddings'),
    )
  },
}

/** How much is remembered of segments before, what is masked, and how answers are searched for. */
const costless = [
  'bi_data',
  'clamp_len',
  'end_n_top',
  'mem_len',
  'reuse_len',
  'same_length',
  'start_n_top',
  'untie_r',
  'use_mems_eval',
  'use_mems_train',
  'n_token',
]
