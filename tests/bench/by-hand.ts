/**
 * The cost of a decoder of DeepSeek-V3's kind, as a careful engineer would write it for that one kind: latent
 * attention in every layer, the first layers dense, the others with experts. What the engine is measured against.
 */
import type { Cost, Workload } from '../../src/engine/index.ts'

export interface Shape {
  d_model: number
  n_layers: number
  dense_layers: number
  vocab_size: number
  n_heads: number
  q_rank: number
  kv_rank: number
  d_nope: number
  d_rope: number
  d_v: number
  d_ff: number
  n_experts: number
  top_k: number
  d_ff_expert: number
  d_ff_shared: number
}

export const deepseekV3: Shape = {
  d_model: 7168,
  n_layers: 61,
  dense_layers: 3,
  vocab_size: 129280,
  n_heads: 128,
  q_rank: 1536,
  kv_rank: 512,
  d_nope: 128,
  d_rope: 64,
  d_v: 128,
  d_ff: 18432,
  n_experts: 256,
  top_k: 8,
  d_ff_expert: 2048,
  d_ff_shared: 2048,
}

/** What does not depend on the workload. */
export function paramsByHand(m: Shape): Cost['params'] {
  const moe_layers = m.n_layers - m.dense_layers
  const table = m.vocab_size * m.d_model
  const expert = 3 * m.d_model * m.d_ff_expert
  const shared = 3 * m.d_model * m.d_ff_shared
  const router = m.d_model * m.n_experts
  const dense = 3 * m.d_model * m.d_ff
  const d_qk = m.d_nope + m.d_rope
  const attention =
    m.d_model * m.q_rank +
    m.q_rank * m.n_heads * d_qk +
    m.d_model * (m.kv_rank + m.d_rope) +
    m.kv_rank * m.n_heads * (m.d_nope + m.d_v) +
    m.n_heads * m.d_v * m.d_model
  const norms = 2 * m.d_model + m.q_rank + m.kv_rank
  const dense_layer = attention + norms + dense
  const moe_layer = attention + norms + router + m.n_experts * expert + shared
  const by_layer: number[] = []
  for (let layer = 0; layer < m.n_layers; layer++)
    by_layer.push(layer < m.dense_layers ? dense_layer : moe_layer)
  const total = 2 * table + m.dense_layers * dense_layer + moe_layers * moe_layer + m.d_model
  const active = total - moe_layers * (m.n_experts - m.top_k) * expert
  return {
    total,
    whole: null,
    active,
    active_without_embedding: active - table,
    non_embedding: total - 2 * table,
    active_non_embedding: active - 2 * table,
    embedding: table,
    head: table,
    reused_embedding: 0,
    by_role: {
      embedding: table,
      position: 0,
      attention: m.n_layers * attention,
      ffn: m.dense_layers * dense,
      experts: moe_layers * m.n_experts * expert,
      shared_experts: moe_layers * shared,
      router: moe_layers * router,
      norm: m.n_layers * norms + m.d_model,
      state: 0,
      head: table,
      other: 0,
    },
    by_layer,
  }
}

export function costByHand(m: Shape, w: Workload, params = paramsByHand(m)): Cost {
  const { total, by_role } = params
  const moe_layers = m.n_layers - m.dense_layers
  const expert = 3 * m.d_model * m.d_ff_expert
  const prefill = passByHand(m, w, w.context, 0)
  const decode = passByHand(m, w, 1, w.context - 1)
  const latents = (m.kv_rank + m.d_rope) * w.bytes_per_cache * m.n_layers * w.batch
  const cache = latents * w.context
  const pages = Math.ceil(w.context / w.page_tokens) * w.page_tokens
  const distinct = m.n_experts * (1 - (1 - m.top_k / m.n_experts) ** w.batch)
  const rows_read = Math.min(w.batch, m.vocab_size) * m.d_model
  const read =
    total - by_role.embedding - moe_layers * (m.n_experts - distinct) * expert + rows_read
  return {
    params,
    flops: {
      prefill: prefill.linear + prefill.experts + prefill.attention,
      prefill_by_kind: kinds(prefill),
      towers: 0,
      decode: decode.linear + decode.experts + decode.attention,
      decode_by_kind: kinds(decode),
      elementwise_prefill: prefill.elementwise,
      elementwise_decode: decode.elementwise,
    },
    weights: { bytes: 2 * total, by_role: byRole(by_role) },
    bytes_read: {
      decode_weights: 2 * read,
      decode_weights_by_role: byRole({
        ...by_role,
        embedding: rows_read,
        experts: moe_layers * distinct * expert,
      }),
      decode_cache: cache,
      decode: 2 * read + cache,
    },
    bytes_written: { decode_states: 0 },
    cache: {
      bytes: cache,
      growing: cache,
      bounded: 0,
      fixed: 0,
      bytes_per_token: cache / (w.context * w.batch),
      by_runtime: {
        transformers: cache,
        unified_pages: latents * pages,
        expanded_latent:
          m.n_heads *
          (m.d_nope + m.d_rope + m.d_v) *
          w.context *
          w.bytes_per_cache *
          m.n_layers *
          w.batch,
      },
    },
    activation_bytes: prefill.activations,
    memory: { bytes: 2 * total + cache },
  }
}

/** In sixteen bits. */
const byRole = (count: Cost['params']['by_role']): Cost['weights']['by_role'] => ({
  embedding: 2 * count.embedding,
  position: 2 * count.position,
  attention: 2 * count.attention,
  ffn: 2 * count.ffn,
  experts: 2 * count.experts,
  shared_experts: 2 * count.shared_experts,
  router: 2 * count.router,
  norm: 2 * count.norm,
  state: 2 * count.state,
  head: 2 * count.head,
  other: 2 * count.other,
  unquantised: 0,
})

interface Pass {
  linear: number
  experts: number
  attention: number
  elementwise: number
  activations: number
}

const kinds = ({ linear, experts, attention }: Pass): Cost['flops']['prefill_by_kind'] => ({
  linear,
  experts,
  attention,
  convolution: 0,
  scan: 0,
})

function passByHand(m: Shape, w: Workload, n_new: number, n_past: number): Pass {
  const seen = n_past + n_new
  const pairs =
    w.pairs === 'full' ? n_new * seen : (seen * (seen + 1)) / 2 - (n_past * (n_past + 1)) / 2
  const absorbed = w.latent_form === 'absorbed' || (w.latent_form === 'auto' && n_past > 0)
  const scored = w.head === 'all' ? n_new : 1
  const moe_layers = m.n_layers - m.dense_layers
  const d_qk = m.d_nope + m.d_rope
  const { d_model, n_heads, kv_rank, q_rank, d_rope, d_v } = m

  const projections =
    d_model * q_rank +
    q_rank * n_heads * d_qk +
    d_model * (kv_rank + d_rope) +
    n_heads * d_v * d_model
  const expansion = kv_rank * n_heads * (m.d_nope + d_v) * (absorbed ? n_new : seen)
  const compared = absorbed ? 2 * kv_rank + d_rope : d_qk + d_v
  const dense = 3 * d_model * m.d_ff
  const sparse = d_model * m.n_experts + 3 * d_model * m.d_ff_shared
  const macs = w.flops_per_mac * w.batch

  const mixer_work =
    5 * n_heads * pairs + 4 * n_new * (q_rank + kv_rank) + 3 * n_new * d_rope * (n_heads + 1)
  // SiLU is 5 operations, its product with the other half of the gated network one more.
  const dense_work = 6 * n_new * m.d_ff
  const moe_work = 3 * n_new * m.n_experts + 6 * n_new * (m.top_k * m.d_ff_expert + m.d_ff_shared)
  const norm_work = 4 * n_new * d_model

  const mixer_kept =
    n_new *
      w.bytes_per_activation *
      (d_model + 2 * q_rank + 2 * kv_rank + d_rope + 2 * n_heads * d_qk + 2 * n_heads * d_v) +
    4 * n_new * n_heads
  const dense_kept = n_new * w.bytes_per_activation * (d_model + 3 * m.d_ff)
  const moe_kept =
    n_new *
      w.bytes_per_activation *
      (d_model + m.top_k * (2 * d_model + 3 * m.d_ff_expert) + 3 * m.d_ff_shared) +
    4 * n_new * m.n_experts
  const norm_kept = n_new * w.bytes_per_activation * d_model
  const head_kept = norm_kept + 4 * scored * m.vocab_size

  return {
    linear:
      macs *
      (m.n_layers * (n_new * projections + expansion) +
        n_new * (m.dense_layers * dense + moe_layers * sparse) +
        scored * m.vocab_size * d_model),
    experts: macs * moe_layers * n_new * m.top_k * 3 * d_model * m.d_ff_expert,
    attention: macs * m.n_layers * n_heads * pairs * compared,
    elementwise:
      w.batch *
      (m.n_layers * (mixer_work + 2 * norm_work) +
        m.dense_layers * dense_work +
        moe_layers * moe_work +
        norm_work),
    activations:
      w.batch *
      (m.n_layers * (mixer_kept + 2 * norm_kept) +
        m.dense_layers * dense_kept +
        moe_layers * moe_kept +
        norm_kept +
        head_kept),
  }
}
