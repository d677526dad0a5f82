/** ZAYA: attention in a space that convolutions make, a router of several layers, and scales on what is added. */
import type { Sublayer } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { block, heads, moe, norms } from '../parts.ts'
import { rotary } from '../rope.ts'
import { windowSize } from '../windows.ts'

const router_layers = 2

export const zaya: Family = {
  defaults: {
    vocab_size: 262272,
    hidden_size: 2048,
    moe_intermediate_size: 2048,
    num_hidden_layers: 40,
    num_attention_heads: 8,
    num_key_value_heads: 2,
    head_dim: 128,
    num_local_experts: 16,
    num_experts_per_tok: 1,
    router_hidden_size: 256,
    cca_time0: 2,
    cca_time1: 2,
    max_position_embeddings: 131072,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const n_layers = countLayers(c)
    const shape = heads(c)
    const window = windowSize(c)
    const kinds = c.kinds('layer_types', n_layers, {
      from: 'num_hidden_layers',
      kind: () => 'hybrid',
    })
    const mixer = byKind(kinds, (kind) =>
      block('convolutional-attention', {
        n_heads: shape.n_heads,
        n_kv_heads: shape.n_kv_heads,
        d_head: shape.d_head,
        d_conv_channel: c.count('cca_time0'),
        d_conv_head: c.count('cca_time1'),
        bias: c.flag('attention_bias'),
        window: kind === 'hybrid_sliding' && window !== null ? window : undefined,
        position: rotary(c, shape.d_head, { group: kind }),
      }),
    )
    const width = c.count('router_hidden_size')
    // Biases of three layers and a norm; from the second layer on a scale on what the router before handed on.
    const experts = (further: number) =>
      moe(c, {
        router_width: width,
        router_layers,
        router_params: (4 + further) * width,
        n_zero_experts: 1,
      })
    const ffn = byKind(
      Array.from({ length: n_layers }, (_, layer) => (layer === 0 ? 'first' : 'other')),
      (kind) => experts(kind === 'first' ? 0 : 1),
      { first: { first: 1 } },
    )
    const scales = (name: string): Sublayer => ({
      ...block('learned-scale', { values: 4 * c.count('hidden_size') }),
      name,
    })
    const [first, second] = preNorm(norms.rms, mixer, ffn)
    const layer = [first!, scales('mixer_scales'), second!, scales('ffn_scales')]
    return decoder(c, layer, {
      inputs: [block('learned-scale', { values: 2 * c.count('hidden_size') })],
      head_bias: c.flag('lm_head_bias'),
    })
  },
}
