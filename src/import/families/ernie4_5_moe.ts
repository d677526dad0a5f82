/** ERNIE 4.5 mixtures: experts between two layers, at an interval; the router's correction is learned. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, denseOrSparse } from '../layers.ts'
import { attention, biasesIf, gatedFfn, moe, norms } from '../parts.ts'
import { follows } from '../reader.ts'

export const ernie4_5_moe: Family = {
  prediction: { dense: true },
  defaults: {
    vocab_size: 103424,
    hidden_size: 2560,
    intermediate_size: 12288,
    num_hidden_layers: 28,
    num_attention_heads: 20,
    num_key_value_heads: 4,
    max_position_embeddings: 131072,
    rope_theta: 500000,
    moe_intermediate_size: 1536,
    num_experts_per_tok: 6,
    num_local_experts: 64,
    n_shared_experts: 2,
    moe_layer_start_index: 1,
    moe_layer_interval: 1,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const n_layers = countLayers(c)
    const bias = c.flag('use_bias')
    const first = c.count('moe_layer_start_index', 0, 0)
    const until = c.count('moe_layer_end_index', follows('num_hidden_layers', n_layers - 1), -1)
    // -1 says: up to the last.
    const last = until === -1 ? n_layers - 1 : until
    const interval = c.count('moe_layer_interval')
    const kinds = denseOrSparse(
      n_layers,
      (layer) => (layer + 1) % interval === 0 && layer >= first && layer <= last,
    )
    const width = c.count('moe_intermediate_size')
    const ffn = byKind(
      kinds,
      (kind) =>
        kind === 'dense'
          ? gatedFfn(c, { bias })
          : moe(c, {
              width,
              shared: c.count('n_shared_experts', 0, 0) * width,
              router_bias: true,
              ...(bias && { shared_bias: true }),
            }),
      interval === 1 && last === n_layers - 1 && first > 0 ? { dense: { first } } : {},
    )
    return decoder(c, preNorm(norms.rms, attention(c, { bias: biasesIf(bias) }), ffn), {
      head_bias: bias,
    })
  },
}

/** Tokens of images have experts of their own, narrower ones; the shared ones see all. */
export const ernie4_5_vl_moe_text: Family = {
  types: ['ernie4_5_vl_moe_text', 'ernie4_5_moe_vl'],
  defaults: {
    ...ernie4_5_moe.defaults,
    moe_intermediate_size: [1536, 512],
  },
  build: (c) => {
    const bias = c.flag('use_bias')
    const [width, other] = c.numbers('moe_intermediate_size', [1536, 512])
    const n_layers = countLayers(c)
    const said = c.kinds('mlp_layer_types', n_layers, {
      from: 'moe_layer_start_index',
      kind: (layer) => (layer === 0 ? 'dense' : 'sparse'),
    })
    c.ignore(...spread)
    const n_experts = c.perLayer('num_local_experts', 2)[0]!
    const ffn = byKind(
      denseOrSparse(n_layers, (layer) => said[layer] === 'sparse'),
      (kind) =>
        kind === 'dense'
          ? gatedFfn(c, { bias })
          : moe(c, {
              n_experts,
              width: width!,
              shared: c.count('n_shared_experts', 0, 0) * width!,
              ...(bias && { shared_bias: true }),
              n_other_experts: n_experts,
              d_ff_other: other!,
              // The corrections of both routers are learned.
              router_params: 2 * n_experts,
            }),
    )
    return decoder(c, preNorm(norms.rms, attention(c, { bias: biasesIf(bias) }), ffn))
  },
}

const spread = [
  'moe_layer_start_index',
  'moe_layer_end_index',
  'moe_layer_interval',
  'moe_capacity',
  'moe_group',
  'freq_allocation',
  'rope_3d',
]
