/** gpt-oss: every second layer slides, learned sink logits, experts with biases. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, block, moe, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { encoderOnly } from '../stacks.ts'
import { sliding } from '../windows.ts'

export const gpt_oss: Family = {
  defaults: {
    vocab_size: 201088,
    hidden_size: 2880,
    intermediate_size: 2880,
    num_hidden_layers: 36,
    num_attention_heads: 64,
    num_key_value_heads: 8,
    head_dim: 64,
    num_local_experts: 128,
    num_experts_per_tok: 4,
    sliding_window: 128,
    max_position_embeddings: 131072,
    attention_bias: true,
    rope_theta: 150000,
    rope_scaling: {
      rope_type: 'yarn',
      factor: 32,
      beta_fast: 32,
      beta_slow: 1,
      truncate: false,
      original_max_position_embeddings: 4096,
    },
    tie_word_embeddings: false,
  },
  build: (c) => {
    const bias = biasesIf(c.flag('attention_bias'))
    const mixer = sliding(c, { all_but_every: 2 }, { bias, sink_logits: true })
    return decoder(c, preNorm(norms.rms, mixer, experts(c)))
  },
}

const experts = (c: Reader) =>
  moe(c, { width: c.count('intermediate_size'), router_bias: true, expert_bias: true })

/** The same as an encoder: every token sees as many to each side. */
export const openai_privacy_filter: Family = {
  defaults: {
    ...gpt_oss.defaults,
    vocab_size: 200064,
    hidden_size: 640,
    intermediate_size: 640,
    num_hidden_layers: 8,
    num_attention_heads: 14,
    num_key_value_heads: 2,
    num_labels: 33,
  },
  build: (c) => {
    const mixer = attention(c, {
      bias: biasesIf(c.flag('attention_bias')),
      sink_logits: true,
      reach: c.count('sliding_window'),
    })
    return encoderOnly(
      c,
      {
        n_layers: countLayers(c),
        input: [block('token-embedding', { vocab_size: c.count('vocab_size') })],
        layer: preNorm(norms.rms, mixer, experts(c)),
        output: [{ block: 'rmsnorm' }],
      },
      c.count('max_position_embeddings'),
    )
  },
}
