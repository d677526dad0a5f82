/** Ling and Ring (Bailing): experts with shared ones; then a norm on queries and keys; then lightning attention in most layers. */
import type { BlockUse } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { attention, block, gatedFfn, heads, latentAttention, moe, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { everyLast } from '../windows.ts'
import { denseFirst } from './deepseek.ts'

function build(c: Reader) {
  c.ignore(...costless)
  const [bias, qkv_bias] = [c.flag('use_bias'), c.flag('use_qkv_bias')]
  const width = c.count('moe_intermediate_size')
  const shared_width = c.count(
    'moe_shared_expert_intermediate_size',
    follows('moe_intermediate_size', width),
  )
  const shared = c.count('n_shared_experts', 0, 0) * shared_width
  const ffn = denseFirst(
    c,
    () => moe(c, { width, shared, expert_bias: bias, shared_bias: bias && shared > 0 }),
    () => gatedFfn(c, { bias }),
  )
  return decoder(c, preNorm(norms.rms, mixer(c, bias, bias || qkv_bias), ffn))
}

/** Attention in the last layer of each group, if there are groups, and lightning attention in the others. */
function mixer(c: Reader, bias: boolean, qkv_bias: boolean): Layered {
  const normed = c.flag('use_qk_norm')
  const attend = (): BlockUse =>
    c.has('kv_lora_rank')
      ? latentAttention(c)
      : attention(c, {
          bias: bias ? 'qkvo' : qkv_bias ? 'qkv' : '',
          ...(normed && { qk_norm: 'shared' }),
        })
  const size = c.count('layer_group_size', 1)
  if (size === 1) return attend()
  const kinds = Array.from({ length: countLayers(c) }, (_, layer) =>
    (layer + 1) % size === 0 ? 'attention' : 'linear',
  )
  const { n_heads, said } = heads(c, { grouped: false })
  return byKind(
    kinds,
    (kind) =>
      kind === 'attention'
        ? attend()
        : block('lightning-attention', {
            n_heads,
            d_head: said.d_head,
            qk_norm: normed,
            qkv_bias,
            o_bias: bias,
          }),
    { attention: everyLast(size) },
  )
}

const costless = [
  'max_window_layers',
  'moe_router_enable_expert_bias',
  'norm_head',
  'norm_softmax',
  'router_dtype',
  'mtp_loss_scaling_factor',
  'group_norm_size',
  'linear_silu',
  'use_linear_silu',
  'linear_rope',
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

/** Groups of layers; in the latest, attention is latent. */
export const bailing_hybrid: Family = {
  types: ['bailing_hybrid', 'bailing_moe_linear'],
  defaults: { ...bailing_moe_v2.defaults, layer_group_size: 8 },
  build,
  unverified: true,
}
