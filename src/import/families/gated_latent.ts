/** Sparse latent attention with gates: A.X K2 with gated norms, Hunyuan 4 and GLM-5.3 with hyper-connections. */
import type { Architecture, BlockUse, Sublayer } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { block, gatedFfn, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { deepseek_v3, denseFirst, sharedExperts } from './deepseek.ts'
import { indexersOf, sparseAttention } from './deepseek_v32.ts'

/** The norm before experts has a gate, that before a dense network none. */
export const axk2: Family = {
  defaults: {
    ...deepseek_v3.defaults,
    vocab_size: 163840,
    hidden_size: 2048,
    intermediate_size: 5120,
    num_hidden_layers: 48,
    num_attention_heads: 32,
    max_position_embeddings: 131072,
    first_k_dense_replace: 1,
    kv_lora_rank: 128,
    q_lora_rank: 384,
    num_local_experts: 128,
    qk_nope_head_dim: 64,
    qk_rope_head_dim: 32,
    v_head_dim: 64,
    moe_intermediate_size: 512,
    index_n_heads: 16,
    index_head_dim: 128,
    index_topk: 2048,
    gated_norm_rank: 16,
  },
  build: (c) => {
    c.ignore('layer_types')
    const gated = { block: 'rmsnorm', gate_rank: c.count('gated_norm_rank') } as const
    const mixer: BlockUse = { ...sparseAttention(c, true), query_forms: 2, output_gate: 'query' }
    const ffn = denseFirst(
      c,
      () => ({ ...sharedExperts(c), before: gated }),
      () => ({ ...gatedFfn(c), before: norms.rms }),
    )
    return decoder(c, [
      { ...mixer, name: 'mixer', before: gated },
      { name: 'ffn', ...ffn },
    ])
  },
}

/** Each sublayer between parallel streams; what follows the last of them is the family's. */
function streamed(
  c: Reader,
  mixer: Layered,
  ffn: Layered,
  settings: Record<string, unknown>,
): Architecture {
  const streams = { n_streams: c.count('hc_mult'), ...settings }
  const around = (name: string): Sublayer => ({ ...block('hyper-connections', streams), name })
  const [first, second] = preNorm(norms.rms, mixer, ffn)
  return decoder(c, [around('mixer_streams'), first!, around('ffn_streams'), second!])
}

export const hy_v4: Family = {
  defaults: {
    ...deepseek_v3.defaults,
    vocab_size: 120832,
    hidden_size: 2816,
    intermediate_size: 6912,
    num_hidden_layers: 34,
    num_attention_heads: 32,
    max_position_embeddings: 262144,
    first_k_dense_replace: 1,
    qk_nope_head_dim: 192,
    v_head_dim: 256,
    moe_intermediate_size: 768,
    index_topk_freq: 4,
    index_n_heads: 16,
    index_head_dim: 128,
    index_topk: 2048,
    hc_mult: 4,
  },
  build: (c) => {
    c.ignore('layer_types', 'hc_magnitude', 'hc_sinkhorn_iters', 'learnable_sink_init')
    const mixer = byKind(indexersOf(c), (kind) => ({
      ...sparseAttention(c, kind === 'full'),
      output_gate: 'token',
      sink_logits: true,
    }))
    const ffn = denseFirst(c, () => sharedExperts(c))
    const model = streamed(c, mixer, ffn, { mixing: 0 })
    const { n_streams } = model.stacks[0]!.layer[0]!
    model.stacks[0]!.output.unshift(block('hyper-connections-head', { n_streams }))
    return model
  },
}

/** Kimi Delta Attention, and in every fourth layer latent attention to pools of tokens, without positions. */
export const glm5_next_text: Family = {
  defaults: {
    ...deepseek_v3.defaults,
    vocab_size: 154880,
    hidden_size: 4096,
    intermediate_size: 12288,
    num_hidden_layers: 45,
    num_attention_heads: 64,
    max_position_embeddings: 1048576,
    num_local_experts: 288,
    qk_nope_head_dim: 256,
    qk_rope_head_dim: 0,
    v_head_dim: 256,
    index_n_heads: 32,
    index_head_dim: 128,
    index_topk: 2048,
    index_kpool: 16,
    linear_head_dim: 128,
    linear_num_heads: 64,
    linear_conv_kernel_dim: 4,
    hc_mult: 4,
  },
  build: (c) => {
    c.ignore('index_kpool_always_select_tail', 'linear_lower_bound')
    const n_layers = countLayers(c)
    const kinds = c.kinds('layer_types', n_layers, {
      from: 'num_hidden_layers',
      kind: (layer) => (layer % 4 === 3 ? 'indexed_attention' : 'linear_attention'),
    })
    const indexers = indexersOf(c)
    const mixer = byKind(
      kinds.map((kind, layer) => (kind === 'linear_attention' ? kind : indexers[layer]!)),
      (kind) =>
        kind === 'linear_attention'
          ? block('kimi-delta-attention', {
              n_heads: c.count('linear_num_heads'),
              d_k: c.count('linear_head_dim'),
              d_conv: c.count('linear_conv_kernel_dim'),
            })
          : { ...sparseAttention(c, kind === 'full'), index_pool: c.count('index_kpool') },
    )
    return streamed(
      c,
      mixer,
      denseFirst(c, () => sharedExperts(c)),
      { sinkhorn_steps: c.count('hc_sinkhorn_iters', 20, 0) },
    )
  },
}
