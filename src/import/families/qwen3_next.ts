/** Qwen3-Next and Qwen3.5: gated DeltaNet, and gated attention in every fourth layer. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { BlockUse } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { attention, biasesIf, block, gatedFfn, heads, moe, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { statesAsked } from '../states.ts'
import { everyLast } from '../windows.ts'
import { sparseEvery } from './qwen.ts'

type Kind = 'full_attention' | 'linear_attention'

function mixer(c: Reader): Layered {
  c.ignore(...costless)
  const n_layers = countLayers(c)
  const every = c.count('full_attention_interval')
  const said = c.kinds('layer_types', n_layers, {
    from: 'full_attention_interval',
    kind: (layer) => ((layer + 1) % every === 0 ? 'full_attention' : 'linear_attention'),
  })
  const kinds = said.map((kind): Kind => {
    if (kind === 'full_attention' || kind === 'linear_attention') return kind
    throw c.wrong(
      'layer_types',
      `names "${kind.slice(0, 40)}"; full_attention or linear_attention is expected`,
    )
  })
  const shape = heads(c)
  return byKind(
    kinds,
    (kind) =>
      kind === 'full_attention'
        ? attention(c, {
            heads: shape,
            bias: biasesIf(c.flag('attention_bias')),
            qk_norm: 'shared',
            output_gate: true,
          })
        : block('gated-delta-net', {
            n_k_heads: c.count('linear_num_key_heads'),
            n_v_heads: c.count('linear_num_value_heads'),
            d_k: c.count('linear_key_head_dim'),
            d_v: c.count('linear_value_head_dim'),
            d_conv: c.count('linear_conv_kernel_dim'),
          }),
    { full_attention: everyLast(every) },
  )
}

const statesOf = (c: Reader): string | undefined => statesAsked(c, 'mamba_ssm_dtype')

const costless = ['attn_output_gate', 'use_sliding_window', 'sliding_window', 'max_window_layers']

const shared = {
  hidden_size: 2048,
  num_attention_heads: 16,
  num_key_value_heads: 2,
  head_dim: 256,
  max_position_embeddings: 32768,
  partial_rotary_factor: 0.25,
  full_attention_interval: 4,
  linear_conv_kernel_dim: 4,
  linear_key_head_dim: 128,
  linear_value_head_dim: 128,
  linear_num_key_heads: 16,
  linear_num_value_heads: 32,
  tie_word_embeddings: false,
}

const experts = (c: Reader): BlockUse =>
  moe(c, { shared: c.count('shared_expert_intermediate_size'), shared_gate: true })

const sparse = {
  ...shared,
  moe_intermediate_size: 512,
  shared_expert_intermediate_size: 512,
}

export const qwen3_next: Family = {
  defaults: {
    ...sparse,
    vocab_size: 151936,
    decoder_sparse_step: 1,
    intermediate_size: 5632,
    num_hidden_layers: 48,
    num_local_experts: 512,
    num_experts_per_tok: 10,
  },
  build: (c) => {
    const ffn = sparseEvery(c, () => experts(c))
    return decoder(c, preNorm(norms.rms, mixer(c), ffn), { states: statesOf(c) })
  },
}

export const qwen3_5_moe_text: Family = {
  defaults: {
    ...sparse,
    vocab_size: 248320,
    num_hidden_layers: 40,
    num_local_experts: 256,
    num_experts_per_tok: 8,
  },
  build: (c) => {
    c.ignore('decoder_sparse_step', 'mlp_only_layers', 'intermediate_size')
    return decoder(c, preNorm(norms.rms, mixer(c), experts(c)), { states: statesOf(c) })
  },
}

export const qwen3_5_text: Family = {
  defaults: {
    ...shared,
    vocab_size: 248320,
    hidden_size: 4096,
    intermediate_size: 12288,
    num_hidden_layers: 32,
    num_key_value_heads: 4,
  },
  build: (c) => {
    c.ignore('mlp_only_layers')
    return decoder(c, preNorm(norms.rms, mixer(c), gatedFfn(c)), { states: statesOf(c) })
  },
}
