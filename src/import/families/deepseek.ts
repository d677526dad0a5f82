/** DeepSeek V2 and V3 and what is built like them: latent attention, many small experts, the first layers dense. */
import type { Architecture, BlockUse } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, denseOrSparse, type Layered } from '../layers.ts'
import {
  attention,
  biasesIf,
  gatedFfn,
  heads,
  latentAttention,
  moe,
  norms,
  type MoeOptions,
} from '../parts.ts'
import { follows, type Reader } from '../reader.ts'

/** Dense layers first, then experts; or as a list says. */
export function denseFirst(
  c: Reader,
  experts: () => BlockUse,
  dense: () => BlockUse = () => gatedFfn(c),
): Layered {
  const n_layers = countLayers(c)
  // The list goes before the number, where a config gives both.
  const listed = c.has('mlp_layer_types')
  if (listed) c.ignore('first_k_dense_replace')
  const first = listed ? 0 : Math.min(c.count('first_k_dense_replace', 0, 0), n_layers)
  const said = c.kinds('mlp_layer_types', n_layers, {
    from: 'first_k_dense_replace',
    kind: (layer) => (layer < first ? 'dense' : 'sparse'),
  })
  const kinds = denseOrSparse(n_layers, (layer) => said[layer] !== 'dense')
  if (!kinds.includes('dense')) c.ignore('intermediate_size')
  return byKind(
    kinds,
    (kind) => (kind === 'dense' ? dense() : experts()),
    first > 0 ? { dense: { first } } : {},
  )
}

/** Experts of one width, and shared ones of the same. */
export const sharedExperts = (c: Reader, settings: MoeOptions = {}): BlockUse => {
  const width = c.count('moe_intermediate_size')
  return moe(c, { width, shared: c.count('n_shared_experts', 0, 0) * width, ...settings })
}

function build(c: Reader, ffn_bias = false, settings: MoeOptions = {}) {
  if (c.count('moe_layer_freq', 1) !== 1)
    c.log.note(
      'warning',
      'moe_layer_freq is read as 1: experts in every layer after the dense ones',
    )
  return decoder(
    c,
    preNorm(
      norms.rms,
      latentAttention(c),
      denseFirst(
        c,
        () => sharedExperts(c, { shared_bias: ffn_bias, ...settings }),
        () => gatedFfn(c, { bias: ffn_bias }),
      ),
    ),
  )
}

/** Of the published models. */
const usual_top_k = 6

export const deepseek_v2: Family = {
  defaults: {
    vocab_size: 102400,
    hidden_size: 4096,
    intermediate_size: 11008,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    max_position_embeddings: 2048,
    first_k_dense_replace: 0,
    kv_lora_rank: 512,
    q_lora_rank: 1536,
    num_local_experts: 64,
    n_shared_experts: 2,
    qk_nope_head_dim: 128,
    qk_rope_head_dim: 64,
    v_head_dim: 128,
    moe_intermediate_size: 1407,
    tie_word_embeddings: false,
  },
  // The routed experts have none.
  build: (c) => {
    if (c.optionalCount('num_experts_per_tok') === null)
      c.log.note(
        'warning',
        `num_experts_per_tok is not said, and the class has no default; ${usual_top_k} experts per token are taken, as in published models.`,
      )
    const top_k = c.count('num_experts_per_tok', usual_top_k)
    return c.flag('use_mla', true)
      ? build(c, c.flag('mlp_bias'), { top_k })
      : withoutLatents(c, { top_k })
  },
}

/** The small ones have ordinary attention, and sizes of latents that say nothing. */
function withoutLatents(c: Reader, experts: MoeOptions): Architecture {
  c.ignore('kv_lora_rank', 'q_lora_rank', 'qk_nope_head_dim', 'qk_rope_head_dim', 'v_head_dim')
  const mixer = attention(c, {
    heads: heads(c, { split: true }),
    bias: biasesIf(c.flag('attention_bias')),
  })
  return decoder(
    c,
    preNorm(
      norms.rms,
      mixer,
      denseFirst(c, () => sharedExperts(c, experts)),
    ),
  )
}

export const deepseek_v3: Family = {
  types: ['deepseek_v3', 'kimi_k2'],
  defaults: {
    vocab_size: 129280,
    hidden_size: 7168,
    intermediate_size: 18432,
    num_hidden_layers: 61,
    num_attention_heads: 128,
    max_position_embeddings: 4096,
    first_k_dense_replace: 3,
    kv_lora_rank: 512,
    q_lora_rank: 1536,
    num_local_experts: 256,
    n_shared_experts: 1,
    num_experts_per_tok: 8,
    qk_nope_head_dim: 128,
    qk_rope_head_dim: 64,
    v_head_dim: 128,
    moe_intermediate_size: 2048,
    tie_word_embeddings: false,
  },
  build: (c) => build(c),
}

export const glm4_moe_lite: Family = {
  defaults: {
    vocab_size: 154880,
    hidden_size: 2048,
    intermediate_size: 10240,
    num_hidden_layers: 47,
    num_attention_heads: 20,
    max_position_embeddings: 202752,
    first_k_dense_replace: 1,
    kv_lora_rank: 512,
    q_lora_rank: 768,
    num_local_experts: 64,
    n_shared_experts: 1,
    num_experts_per_tok: 4,
    qk_nope_head_dim: 192,
    qk_rope_head_dim: 64,
    v_head_dim: 256,
    moe_intermediate_size: 1536,
    tie_word_embeddings: false,
  },
  build: (c) => build(c),
}

/** Latent attention with an ordinary FFN. */
export const minicpm3: Family = {
  defaults: {
    vocab_size: 73448,
    hidden_size: 2560,
    intermediate_size: 6400,
    num_hidden_layers: 62,
    num_attention_heads: 40,
    max_position_embeddings: 32768,
    kv_lora_rank: 256,
    q_lora_rank: 768,
    qk_nope_head_dim: 64,
    qk_rope_head_dim: 32,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const share = Math.trunc(c.count('hidden_size') / c.count('num_attention_heads'))
    const d_v = c.count('v_head_dim', follows('hidden_size / num_attention_heads', share))
    const mixer = latentAttention(c, { d_v })
    return decoder(c, preNorm(norms.rms, mixer, gatedFfn(c, { bias: c.flag('mlp_bias') })))
  },
}
