/** OLMo: norms without parameters, then norms after the blocks and on whole queries and keys, then windows. */
import { decoder, postNorm, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { attention, biasesIf, gatedFfn, moe, norms } from '../parts.ts'
import { rotary } from '../rope.ts'
import { sliding } from '../windows.ts'

const defaults = { ...llamaDefaults, vocab_size: 50304 }

export const olmo: Family = {
  types: ['olmo', 'hf_olmo'],
  defaults,
  build: (c) => {
    const mixer = attention(c, { bias: biasesIf(c.flag('attention_bias')) })
    const layer = preNorm(norms.bare, mixer, gatedFfn(c))
    // Files from before its code was in the library say how many rows the table has apart from the vocabulary.
    const rows = c.has('embedding_size') && { vocab_key: 'embedding_size' }
    return decoder(c, layer, { final_norm: norms.bare, ...rows })
  },
}

export const olmo2: Family = {
  defaults,
  build: (c) =>
    decoder(
      c,
      postNorm(
        norms.rms,
        attention(c, { bias: biasesIf(c.flag('attention_bias')), qk_norm: 'full' }),
        gatedFfn(c),
      ),
    ),
}

/** Only the full layers are scaled. */
export const olmo3: Family = {
  defaults: { ...defaults, sliding_window: 4096, rope_theta: 500000 },
  build: (c) => {
    const mixer = sliding(
      c,
      { all_but_every: 4 },
      {
        bias: biasesIf(c.flag('attention_bias')),
        qk_norm: 'full',
        position_of: (kind, d_head) =>
          rotary(c, d_head, { kind, scaled: kind === 'full_attention' }),
      },
    )
    return decoder(c, postNorm(norms.rms, mixer, gatedFfn(c)))
  },
}

const moeDefaults = {
  ...defaults,
  hidden_size: 2048,
  intermediate_size: 2048,
  num_hidden_layers: 16,
  num_attention_heads: 16,
  max_position_embeddings: 4096,
  num_local_experts: 64,
  num_experts_per_tok: 8,
}

export const olmoe: Family = {
  defaults: moeDefaults,
  build: (c) =>
    decoder(
      c,
      preNorm(
        norms.rms,
        attention(c, { bias: biasesIf(c.flag('attention_bias')), qk_norm: 'full' }),
        moe(c, { width: c.count('intermediate_size') }),
      ),
    ),
}

/** As OLMoE, with the norms after the blocks. */
export const flex_olmo: Family = {
  defaults: {
    ...defaults,
    vocab_size: 100352,
    num_local_experts: 7,
    num_experts_per_tok: 5,
    max_position_embeddings: 4096,
    rope_theta: 500000,
  },
  build: (c) =>
    decoder(
      c,
      postNorm(
        norms.rms,
        attention(c, { bias: biasesIf(c.flag('attention_bias')), qk_norm: 'full' }),
        moe(c, { width: c.count('intermediate_size') }),
      ),
    ),
}
