/** Kimi Linear: Kimi Delta Attention, latent attention without positions in every fourth layer, many small experts. */
import { ArchcostError } from '../../architecture/errors.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { block, latentAttention, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { deepseek_v3, denseFirst, sharedExperts } from './deepseek.ts'

type Kind = 'full_attention' | 'linear_attention'

/** Layers are counted from 1 in the lists of the published config. */
function kindsOf(c: Reader, own: Reader | null): Kind[] {
  const n_layers = countLayers(c)
  const said = c.kinds('layer_types', n_layers)
  const attending = own?.numbers('full_attn_layers')
  own?.ignore('kda_layers')
  return Array.from({ length: n_layers }, (_, layer) => {
    const full = said
      ? said[layer] === 'full_attention'
      : attending
        ? attending.includes(layer + 1)
        : layer > 0 && layer % 4 === 0
    return full ? 'full_attention' : 'linear_attention'
  })
}

export const kimi_linear: Family = {
  defaults: {
    ...deepseek_v3.defaults,
    vocab_size: 163840,
    hidden_size: 2304,
    intermediate_size: 9216,
    num_hidden_layers: 27,
    num_attention_heads: 32,
    q_lora_rank: null,
    moe_intermediate_size: 1024,
    first_k_dense_replace: 1,
    max_position_embeddings: 1048576,
    linear_head_dim: 128,
    linear_num_heads: 32,
    linear_conv_kernel_dim: 4,
  },
  build: (c) => {
    for (const key of ['mla_use_output_gate', 'attn_res_block_size'])
      if (c.count(key, 0, 0) > 0)
        throw new ArchcostError('unsupported', 'names a mechanism that is not modelled', key)
    c.ignore(
      'mla_use_nope',
      'rope_theta',
      'rope_scaling',
      'moe_router_activation_func',
      'moe_renormalize',
      'use_grouped_topk',
      'moe_layer_freq',
      'tie_word_embeddings',
    )
    const own = c.object('linear_attn_config')
    const n_heads = own?.optionalCount('num_heads') ?? c.count('linear_num_heads')
    const d_k = own?.optionalCount('head_dim') ?? c.count('linear_head_dim')
    const d_conv = own?.optionalCount('short_conv_kernel_size') ?? c.count('linear_conv_kernel_dim')
    const mixer = byKind(kindsOf(c, own), (kind) =>
      kind === 'full_attention'
        ? { ...latentAttention(c), position: undefined }
        : block('kimi-delta-attention', { n_heads, d_k, d_conv }),
    )
    return decoder(
      c,
      preNorm(
        norms.rms,
        mixer,
        denseFirst(c, () => sharedExperts(c)),
      ),
      { tied: false },
    )
  },
  unverified: true,
}
