/** Phi: parallel blocks with biases at first, then llama-like, then a mixture under LayerNorm. */
import { decoder, parallel, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, gatedFfn, moe, norms, plainFfn } from '../parts.ts'
import { slidingEverywhere } from '../windows.ts'

export const phi: Family = {
  defaults: {
    vocab_size: 51200,
    hidden_size: 2048,
    intermediate_size: 8192,
    num_hidden_layers: 24,
    num_attention_heads: 32,
    hidden_act: 'gelu_new',
    max_position_embeddings: 2048,
    partial_rotary_factor: 0.5,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const qk_norm = c.flag('qk_layernorm') ? { qk_norm: 'shared', qk_norm_bias: true } : {}
    const layer = parallel(
      norms.layer,
      attention(c, { bias: 'qkvo', ...qk_norm }),
      plainFfn(c, { bias: true }),
    )
    return decoder(c, layer, { final_norm: norms.layer, head_bias: true })
  },
}

/** The same behind towers of other authors, who keep its keys and give it a name of theirs. */
export const phi_with_towers: Family = {
  ...phi,
  types: ['bunny-phi', 'llava_phi'],
  bare: 'language',
  unverified: true,
}

export const phi3: Family = {
  defaults: {
    vocab_size: 32064,
    hidden_size: 3072,
    intermediate_size: 8192,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    max_position_embeddings: 4096,
    original_max_position_embeddings: 4096,
    tie_word_embeddings: false,
  },
  build: (c) => decoder(c, preNorm(norms.rms, slidingEverywhere(c), gatedFfn(c))),
}

export const phi4_multimodal: Family = {
  ...phi3,
  sized: phi3,
  types: ['phi4_multimodal', 'phi4mm'],
  defaults: {
    ...phi3.defaults,
    vocab_size: 200064,
    num_key_value_heads: 8,
    max_position_embeddings: 131072,
  },
}

export const phimoe: Family = {
  types: ['phimoe', 'grinmoe'],
  defaults: {
    vocab_size: 32064,
    hidden_size: 4096,
    intermediate_size: 6400,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    max_position_embeddings: 131072,
    rope_theta: 1000000,
    num_local_experts: 16,
    num_experts_per_tok: 2,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const mixer = slidingEverywhere(c, { bias: biasesIf(c.flag('attention_bias')) })
    const layer = preNorm(norms.layer, mixer, moe(c, { width: c.count('intermediate_size') }))
    return decoder(c, layer, { final_norm: norms.layer, head_bias: c.flag('lm_head_bias') })
  },
}
