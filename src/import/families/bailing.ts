/** Ling (Bailing): experts with shared ones; from the second generation a norm on queries and keys and a dense first layer. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, gatedFfn, moe, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { denseFirst } from './deepseek.ts'

function build(c: Reader) {
  c.ignore(...costless)
  const [bias, qkv_bias] = [c.flag('use_bias'), c.flag('use_qkv_bias')]
  const width = c.count('moe_intermediate_size')
  const shared = c.count('n_shared_experts', 0, 0) * width
  const ffn = denseFirst(
    c,
    () => moe(c, { width, shared, expert_bias: bias, shared_bias: bias && shared > 0 }),
    () => gatedFfn(c, { bias }),
  )
  const mixer = attention(c, {
    bias: bias ? 'qkvo' : qkv_bias ? 'qkv' : '',
    ...(c.flag('use_qk_norm') && { qk_norm: 'shared' }),
  })
  return decoder(c, preNorm(norms.rms, mixer, ffn))
}

const costless = [
  'max_window_layers',
  'moe_router_enable_expert_bias',
  'moe_shared_expert_intermediate_size',
  'norm_head',
  'norm_softmax',
  'router_dtype',
  'mtp_loss_scaling_factor',
]

const shared = { num_key_value_heads: 4, head_dim: 128, tie_word_embeddings: false }

export const bailing_moe: Family = {
  defaults: {
    ...shared,
    vocab_size: 126464,
    hidden_size: 2048,
    intermediate_size: 5632,
    num_hidden_layers: 28,
    num_attention_heads: 16,
    max_position_embeddings: 16384,
    rope_theta: 600000,
    num_local_experts: 64,
    n_shared_experts: 2,
    num_experts_per_tok: 6,
    moe_intermediate_size: 1408,
  },
  build,
  unverified: true,
}

export const bailing_moe_v2: Family = {
  defaults: {
    ...shared,
    vocab_size: 157184,
    hidden_size: 2048,
    intermediate_size: 5120,
    num_hidden_layers: 20,
    num_attention_heads: 16,
    max_position_embeddings: 32768,
    rope_theta: 600000,
    num_local_experts: 256,
    n_shared_experts: 1,
    num_experts_per_tok: 8,
    moe_intermediate_size: 512,
    first_k_dense_replace: 1,
    use_qk_norm: true,
  },
  build,
  unverified: true,
}
