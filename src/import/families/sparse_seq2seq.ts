/** Encoders and decoders with experts in every so many layers: Switch Transformers, after T5, and NLLB's mixture, after M2M. */
import type { Family } from '../family.ts'
import { byKind, denseOrSparse, type Layered } from '../layers.ts'
import { activation, block, moe, norms, type MoeOptions } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { encoderDecoder, plainAttention, plainCrossAttention, steps } from '../stacks.ts'
import { commonTables } from './bart.ts'

type Role = 'encoder' | 'decoder'

/** Two matrices, or a choice among experts of two matrices. */
function ffn(
  c: Reader,
  n_layers: number,
  is_sparse: (layer: number) => boolean,
  settings: { d_ff: number; activation: string; ffn_bias?: boolean },
  experts: MoeOptions,
): Layered {
  return byKind(denseOrSparse(n_layers, is_sparse), (kind) =>
    kind === 'dense'
      ? block('ffn', settings)
      : moe(c, {
          width: settings.d_ff,
          gated: 0,
          expert_bias: settings.ffn_bias ?? false,
          router_bias: c.flag('router_bias'),
          activation: settings.activation,
          ...experts,
        }),
  )
}

const head = (c: Reader) => block('output-head', { tied: c.flag('tie_word_embeddings') })

function switchSide(c: Reader, role: Role, n_layers: number) {
  const heads = { n_heads: c.count('num_heads'), d_head: c.count('d_kv') }
  const position = block('relative-bias', {
    num_buckets: c.count('relative_attention_num_buckets'),
    share: `${role}-distances`,
  })
  const mixer = block('attention', { ...heads, position })
  const cross = block('cross-attention', heads)
  const n_sparse = c.count(`num_sparse_${role}_layers`, 0, 0)
  // The class derives it, and then takes what the config says of it all the same.
  const step = c.count(
    `${role}_sparse_step`,
    follows(
      `layers / num_sparse_${role}_layers`,
      n_sparse > 0 ? Math.floor(n_layers / n_sparse) : n_layers,
    ),
    0,
  )
  const is_sparse = (layer: number) => step === 1 || (step > 0 && layer % step === 1)
  const by = c.text('dense_act_fn', 'relu').includes('relu') ? 'relu' : 'gelu'
  const body = ffn(c, n_layers, is_sparse, { d_ff: c.count('d_ff'), activation: by }, { top_k: 1 })
  const bodies = role === 'decoder' ? { mixer, cross } : { mixer }
  return {
    n_layers,
    input: commonTables(c)[role],
    layer: [...steps('rmsnorm', 'before', bodies), { name: 'ffn', before: 'rmsnorm', ...body }],
    output: [{ block: 'rmsnorm' }, ...(role === 'decoder' ? [head(c)] : [])],
  }
}

export const switch_transformers: Family = {
  defaults: {
    vocab_size: 32128,
    hidden_size: 768,
    d_kv: 64,
    d_ff: 2048,
    num_layers: 12,
    num_sparse_encoder_layers: 3,
    num_decoder_layers: 12,
    num_sparse_decoder_layers: 3,
    num_heads: 12,
    num_local_experts: 8,
    relative_attention_num_buckets: 32,
    n_positions: 512,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore(...costless, 'relative_attention_max_distance', 'feed_forward_proj', 'is_gated_act')
    const n_layers = c.count('num_layers')
    return encoderDecoder(
      c,
      switchSide(c, 'encoder', n_layers),
      switchSide(c, 'decoder', c.count('num_decoder_layers', follows('num_layers', n_layers))),
      { max_context: c.count('n_positions') },
    )
  },
}

function nllbSide(c: Reader, role: Role) {
  const n_layers = c.count(`${role}_layers`)
  const n_heads = c.count(`${role}_attention_heads`)
  const step = c.count(`${role}_sparse_step`, 0, 0)
  const settings = {
    d_ff: c.count(`${role}_ffn_dim`),
    ffn_bias: true,
    activation: activation(c, 'relu'),
  }
  const is_sparse = (layer: number) => step > 0 && (layer + 1) % step === 0
  const body = ffn(c, n_layers, is_sparse, settings, { top_k: 2 })
  const mixer = plainAttention(n_heads)
  const bodies = role === 'decoder' ? { mixer, cross: plainCrossAttention(n_heads) } : { mixer }
  return {
    n_layers,
    input: commonTables(c)[role],
    layer: [...steps(norms.layer, 'before', bodies), { name: 'ffn', before: norms.layer, ...body }],
    output: [{ block: 'layernorm' }, ...(role === 'decoder' ? [head(c)] : [])],
  }
}

export const nllb_moe: Family = {
  types: ['nllb-moe'],
  defaults: {
    vocab_size: 128112,
    hidden_size: 1024,
    encoder_layers: 12,
    encoder_ffn_dim: 4096,
    encoder_attention_heads: 16,
    decoder_layers: 12,
    decoder_ffn_dim: 4096,
    decoder_attention_heads: 16,
    max_position_embeddings: 1024,
    num_local_experts: 128,
    encoder_sparse_step: 4,
    decoder_sparse_step: 4,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore(...costless, 'num_hidden_layers', 'num_attention_heads')
    return encoderDecoder(c, nllbSide(c, 'encoder'), nllbSide(c, 'decoder'), {
      max_context: c.count('max_position_embeddings'),
    })
  },
}

/** How tokens are sent to experts, and what is dropped in training. */
const costless = [
  'add_router_probs',
  'batch_prioritized_routing',
  'expert_capacity',
  'moe_eval_capacity_token_fraction',
  'moe_token_dropout',
  'normalize_router_prob_before_dropping',
  'router_dtype',
  'router_ignore_padding_tokens',
  'router_type',
  'second_expert_policy',
  'sparse_step',
  'dropout_rate',
]
