/** AFMoE (Trinity): gated attention that turns only where it slides, norms on both sides, the first layers dense. */
import type { BlockUse } from '../../architecture/schema.ts'
import { countLayers, decoder, sandwich } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, denseOrSparse, type Layered } from '../layers.ts'
import { biasesIf, gatedFfn, moe, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { sliding } from '../windows.ts'

/** Without any to choose from, those that every token passes through are all there is. */
function experts(c: Reader, width: number, shared: number): BlockUse {
  if (c.count('num_local_experts', 0, 0) === 0) {
    c.ignore('num_experts_per_tok')
    return gatedFfn(c, { width: shared })
  }
  // The router's correction is stored among the parameters.
  return moe(c, { width, shared, router_bias: true })
}

function ffn(c: Reader): Layered {
  const n_layers = countLayers(c)
  const first = Math.min(c.count('num_dense_layers', 0, 0), n_layers)
  const width = c.count('moe_intermediate_size')
  if (first === 0) c.ignore('intermediate_size')
  const shared = c.count('n_shared_experts', 0, 0) * width
  return byKind(
    denseOrSparse(n_layers, (layer) => layer >= first),
    (kind) => (kind === 'dense' ? gatedFfn(c) : experts(c, width, shared)),
    first > 0 ? { dense: { first } } : {},
  )
}

export const afmoe: Family = {
  defaults: {
    vocab_size: 200192,
    hidden_size: 2048,
    intermediate_size: 6144,
    moe_intermediate_size: 1408,
    num_hidden_layers: 32,
    num_dense_layers: 1,
    num_attention_heads: 16,
    head_dim: 128,
    max_position_embeddings: 16384,
    num_local_experts: 64,
    num_experts_per_tok: 6,
    n_shared_experts: 2,
    global_attn_every_n_layers: 4,
    sliding_window: 1024,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore('route_scale', 'route_norm', 'score_func', 'load_balance_coeff', 'use_grouped_mm')
    const mixer = sliding(
      c,
      { all_but_every: c.count('global_attn_every_n_layers') },
      {
        from: 'global_attn_every_n_layers',
        qk_norm: 'shared',
        bias: biasesIf(c.flag('attention_bias')),
        head_gates: c.count('head_dim'),
        position_of: (kind, d_head) =>
          kind === 'full_attention' ? null : rotary(c, d_head, { kind }),
      },
    )
    return decoder(c, sandwich(norms.rms, mixer, ffn(c)))
  },
}
