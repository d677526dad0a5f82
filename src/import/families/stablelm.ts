/** StableLM and Persimmon: LayerNorm, a part of the head turned, norms on queries and keys by choice. */
import { decoder, parallel, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, gatedFfn, heads, norms, plainFfn } from '../parts.ts'

export const stablelm: Family = {
  types: ['stablelm', 'stablelm_epoch'],
  defaults: {
    vocab_size: 50304,
    intermediate_size: 6912,
    hidden_size: 2560,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 32,
    max_position_embeddings: 4096,
    partial_rotary_factor: 0.25,
    tie_word_embeddings: false,
  },
  build: (c) => {
    // Every head has a norm of its own.
    const qk_norm = c.flag('qk_layernorm') ? { qk_norm: 'full' } : {}
    const mixer = attention(c, {
      heads: heads(c, { split: true }),
      bias: biasesIf(c.flag('use_qkv_bias'), 'qkv'),
      ...qk_norm,
    })
    const layer = (c.flag('use_parallel_residual') ? parallel : preNorm)(
      norms.layer,
      mixer,
      gatedFfn(c),
    )
    return decoder(c, layer, { final_norm: norms.layer })
  },
}

export const persimmon: Family = {
  defaults: {
    vocab_size: 262144,
    hidden_size: 4096,
    intermediate_size: 16384,
    num_hidden_layers: 36,
    num_attention_heads: 64,
    hidden_act: 'relu2',
    max_position_embeddings: 16384,
    qk_layernorm: true,
    partial_rotary_factor: 0.5,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const qk_norm = c.flag('qk_layernorm') ? { qk_norm: 'shared', qk_norm_bias: true } : {}
    c.ignore('num_key_value_heads')
    const mixer = attention(c, {
      heads: heads(c, { split: true, grouped: false }),
      bias: 'qkvo',
      ...qk_norm,
    })
    return decoder(c, preNorm(norms.layer, mixer, plainFfn(c, { bias: true })), {
      final_norm: norms.layer,
    })
  },
}
