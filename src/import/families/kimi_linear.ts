/** Kimi Linear: Kimi Delta Attention, latent attention without positions in every fourth layer, many small experts. */
import { ArchcostError } from '../../architecture/errors.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { block, latentAttention, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { deepseek_v3, denseFirst, sharedExperts } from './deepseek.ts'

type Kind = 'full_attention' | 'linear_attention'

/** Layers are counted from 1 in the lists of the published config. */
function kindsOf(c: Reader, own: Reader | null): Kind[] {
  const n_layers = countLayers(c)
  const attending = c.has('layer_types') ? null : own?.numbers('full_attn_layers')
  own?.ignore('kda_layers', 'full_attn_layers')
  const attends = (layer: number): boolean =>
    attending ? attending.includes(layer + 1) : layer > 0 && layer % 4 === 0
  const said = c.kinds('layer_types', n_layers, {
    from: attending ? 'linear_attn_config.full_attn_layers' : 'num_hidden_layers',
    kind: (layer) => (attends(layer) ? 'full_attention' : 'linear_attention'),
  })
  return said.map((kind) => (kind === 'full_attention' ? kind : 'linear_attention'))
}

/** A size that stands among those of the linear layers, in newer configs beside them. */
function sizeOf(c: Reader, own: Reader | null, key: string, key_beside: string): number {
  return own?.mentions(key)
    ? own.count(key, follows(key_beside, c.count(key_beside)))
    : c.count(key_beside)
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
    const n_heads = sizeOf(c, own, 'num_heads', 'linear_num_heads')
    const d_k = sizeOf(c, own, 'head_dim', 'linear_head_dim')
    const d_conv = sizeOf(c, own, 'short_conv_kernel_size', 'linear_conv_kernel_dim')
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
}
