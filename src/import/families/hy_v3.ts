/** Hunyuan 3: a norm for all query and one for all key heads, the first layer dense, then experts with a shared one. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, gatedFfn, moe, norms } from '../parts.ts'
import { denseFirst } from './deepseek.ts'

export const hy_v3: Family = {
  defaults: {
    vocab_size: 120832,
    hidden_size: 4096,
    intermediate_size: 13312,
    num_hidden_layers: 80,
    num_attention_heads: 64,
    num_key_value_heads: 8,
    head_dim: 128,
    max_position_embeddings: 131072,
    rope_theta: 11158840,
    first_k_dense_replace: 1,
    num_local_experts: 192,
    num_experts_per_tok: 8,
    n_shared_experts: 1,
    moe_intermediate_size: 1536,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore('router_scaling_factor', 'enable_moe_fp32_combine')
    const bias = c.flag('mlp_bias')
    const width = c.count('moe_intermediate_size')
    // A network of no width gets that of the dense layers.
    const shared = c.count('n_shared_experts', 0, 0) * width || c.count('intermediate_size')
    const ffn = denseFirst(
      c,
      () => moe(c, { width, shared, shared_bias: bias }),
      () => gatedFfn(c, { bias }),
    )
    const mixer = attention(c, { bias: biasesIf(c.flag('attention_bias')), qk_norm: 'shared' })
    return decoder(c, preNorm(norms.rms, mixer, ffn))
  },
}
