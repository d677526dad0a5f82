/** LLaMA with one change each: windows (CWM), LayerNorm (Jais 2), norms after (HyperCLOVA X), no weights in norms (nanochat), experts (Aria). */
import { decoder, preNorm, sandwich } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { attention, biasesIf, gatedFfn, moe, norms, plainFfn } from '../parts.ts'
import { sliding } from '../windows.ts'

export const cwm: Family = {
  defaults: {
    vocab_size: 128256,
    hidden_size: 6144,
    intermediate_size: 21504,
    num_hidden_layers: 64,
    num_attention_heads: 48,
    num_key_value_heads: 8,
    head_dim: 128,
    max_position_embeddings: 131072,
    sliding_window: 8192,
    rope_theta: 1000000,
    rope_scaling: {
      rope_type: 'llama3',
      rope_theta: 1000000,
      factor: 16,
      original_max_position_embeddings: 8192,
      low_freq_factor: 1,
      high_freq_factor: 4,
    },
    tie_word_embeddings: false,
  },
  build: (c) => {
    const mixer = sliding(c, (layer) => layer % 4 !== 0)
    return decoder(c, preNorm(norms.rms, mixer, gatedFfn(c, { bias: c.flag('mlp_bias') })))
  },
}

export const jais2: Family = {
  defaults: {
    vocab_size: 150272,
    hidden_size: 3328,
    intermediate_size: 26624,
    num_hidden_layers: 32,
    num_attention_heads: 26,
    hidden_act: 'relu2',
    max_position_embeddings: 8192,
    attention_bias: true,
    mlp_bias: true,
    rope_theta: 500000,
    tie_word_embeddings: false,
  },
  build: (c) =>
    decoder(
      c,
      preNorm(
        norms.layer,
        attention(c, { bias: biasesIf(c.flag('attention_bias')) }),
        plainFfn(c, { bias: c.flag('mlp_bias') }),
      ),
      { final_norm: norms.layer },
    ),
}

export const hyperclovax: Family = {
  types: ['hyperclovax', 'HyperCLOVAX'],
  defaults: llamaDefaults,
  build: (c) => {
    // The library's class has norms after too unless it is told; the authors' own code, under the other name, has none.
    const usual = c.text('model_type', 'hyperclovax') === 'hyperclovax'
    const placed = c.flag('use_post_norm', usual) ? sandwich : preNorm
    const mixer = attention(c, { bias: biasesIf(c.flag('attention_bias')) })
    return decoder(c, placed(norms.rms, mixer, gatedFfn(c, { bias: c.flag('mlp_bias') })))
  },
}

const bare = { block: 'rmsnorm', weight: false }

/** Queries and keys are normalised too, again without weights. */
export const nanochat: Family = {
  defaults: {
    vocab_size: 50304,
    hidden_size: 768,
    intermediate_size: 8192,
    num_hidden_layers: 12,
    num_attention_heads: 6,
    hidden_act: 'relu2',
    max_position_embeddings: 2048,
    tie_word_embeddings: false,
  },
  build: (c) =>
    decoder(
      c,
      preNorm(bare, attention(c, { bias: biasesIf(c.flag('attention_bias')) }), plainFfn(c)),
      { embedding_norm: bare, final_norm: bare },
    ),
}

export const aria_text: Family = {
  defaults: {
    ...llamaDefaults,
    intermediate_size: 4096,
    num_local_experts: 8,
    num_experts_per_tok: 2,
    n_shared_experts: 2,
  },
  build: (c) => {
    const width = c.count('intermediate_size')
    const ffn = moe(c, {
      width,
      shared: c.count('n_shared_experts', 0, 0) * width,
      shared_bias: c.flag('mlp_bias'),
    })
    const mixer = attention(c, { bias: biasesIf(c.flag('attention_bias')) })
    return decoder(c, preNorm(norms.rms, mixer, ffn))
  },
}
