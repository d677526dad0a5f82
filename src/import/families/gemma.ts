/** Gemma: wide heads, tied tables; from the second generation norms on both sides and sliding layers. */
import { countLayers, decoder, preNorm, sandwich } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, block, gatedFfn, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { encoderOnly } from '../stacks.ts'
import { sliding } from '../windows.ts'

const bias = (c: Reader) => biasesIf(c.flag('attention_bias'))

const shared = {
  hidden_act: 'gelu_pytorch_tanh',
  head_dim: 256,
  tie_word_embeddings: true,
  max_position_embeddings: 8192,
}

export const gemma: Family = {
  defaults: {
    ...shared,
    vocab_size: 256000,
    hidden_size: 3072,
    intermediate_size: 24576,
    num_hidden_layers: 28,
    num_attention_heads: 16,
    num_key_value_heads: 16,
  },
  build: (c) => decoder(c, preNorm(norms.rms, attention(c, { bias: bias(c) }), gatedFfn(c))),
}

const gemma2Defaults = {
  ...shared,
  vocab_size: 256000,
  hidden_size: 2304,
  intermediate_size: 9216,
  num_hidden_layers: 26,
  num_attention_heads: 8,
  num_key_value_heads: 4,
  sliding_window: 4096,
}

export const gemma2: Family = {
  defaults: gemma2Defaults,
  build: (c) => {
    const mixer = sliding(c, { all_but_every: 2 }, { bias: bias(c) })
    return decoder(c, sandwich(norms.rms, mixer, gatedFfn(c)))
  },
}

/** As the second generation, without the norms after. */
export const vaultgemma: Family = {
  defaults: gemma2Defaults,
  build: (c) => {
    const mixer = sliding(c, { all_but_every: 2 }, { bias: bias(c) })
    return decoder(c, preNorm(norms.rms, mixer, gatedFfn(c)))
  },
}

/** Sliding layers turn by another base, and are never scaled. Embedding models of the family are encoders without a head. */
export const gemma3_text: Family = {
  defaults: {
    ...gemma2Defaults,
    vocab_size: 262208,
    max_position_embeddings: 131072,
    rope_theta: 1000000,
    rope_local_base_freq: 10000,
    sliding_window_pattern: 6,
  },
  build: (c) => {
    const listed = c.has('layer_types')
    if (listed) c.ignore('sliding_window_pattern')
    const slides = listed ? () => true : { all_but_every: c.count('sliding_window_pattern') }
    const local = { scaled: false, theta_key: 'rope_local_base_freq' }
    const both_sides = c.flag('use_bidirectional_attention')
    const mixer = sliding(c, slides, {
      from: 'sliding_window_pattern',
      bias: bias(c),
      qk_norm: 'shared',
      both_sides,
      position_of: (kind, d_head) =>
        rotary(c, d_head, { kind, ...(kind === 'sliding_attention' && local) }),
    })
    const layer = sandwich(norms.rms, mixer, gatedFfn(c))
    if (!both_sides) return decoder(c, layer)
    const input = [block('token-embedding', { vocab_size: c.count('vocab_size') })]
    const output = [{ block: 'rmsnorm' }]
    const max_context = c.count('max_position_embeddings')
    return encoderOnly(c, { n_layers: countLayers(c), input, layer, output }, max_context)
  },
  masked: (c) => [block('output-head', { tied: c.flag('tie_word_embeddings') })],
}
