/** Laguna and Mellum: experts after the first layers, kinds of layers with bases and windows of their own. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { attention, biasesIf, moe, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { rotary, type LayerKind } from '../rope.ts'
import { kindsOf, sliding, windowSize } from '../windows.ts'
import { denseFirst } from './deepseek.ts'

/** Gates on what attention hands on: one for each head, or for each of its dimensions. */
function gatesPerHead(c: Reader, d_head: number): number {
  const said = c.letters('gating')
  if (said === 'per-element') return d_head
  if (said !== null && said !== 'per-head')
    throw c.wrong('gating', `is "${said.slice(0, 40)}"; per-head or per-element is expected`)
  // The model code knows no attention without gates.
  return said !== null || c.flag('gating', true) ? 1 : d_head
}

/** Kinds of layers, each with its number of query heads. */
function mixer(c: Reader): Layered {
  const n_layers = countLayers(c)
  const window = windowSize(c)
  const bias = biasesIf(c.flag('attention_bias'))
  const said = { n_kv_heads: c.count('num_key_value_heads'), d_head: c.count('head_dim') }
  const n_heads = c.count('num_attention_heads')
  const own = c.perLayer(
    'num_attention_heads_per_layer',
    n_layers,
    follows('num_attention_heads', n_heads),
  )
  const kinds = kindsOf(c, () => false).map((kind, layer) => `${kind} ${own[layer]!}`)
  return byKind(kinds, (each) => {
    const [kind, count] = each.split(' ') as [LayerKind, string]
    return attention(c, {
      heads: { n_heads: Number(count), ...said, said },
      bias,
      qk_norm: 'shared',
      head_gates: gatesPerHead(c, said.d_head),
      window: kind === 'full_attention' ? null : window,
      position: rotary(c, said.d_head, { kind }),
    })
  })
}

const shared = {
  num_attention_heads: 48,
  num_key_value_heads: 8,
  head_dim: 128,
  max_position_embeddings: 131072,
  num_experts_per_tok: 8,
  tie_word_embeddings: false,
}

export const laguna: Family = {
  defaults: {
    ...shared,
    vocab_size: 100352,
    hidden_size: 2048,
    intermediate_size: 8192,
    num_hidden_layers: 40,
    num_local_experts: 256,
    moe_intermediate_size: 512,
    shared_expert_intermediate_size: 512,
    first_k_dense_replace: 1,
    sliding_window: 512,
    rope_scaling: {
      full_attention: { rope_type: 'default', rope_theta: 500000, partial_rotary_factor: 0.5 },
      sliding_attention: { rope_type: 'default', rope_theta: 10000 },
    },
  },
  build: (c) => {
    c.ignore('moe_routed_scaling_factor', 'moe_router_logit_softcapping')
    const ffn = denseFirst(c, () =>
      // The router's correction is stored among the parameters.
      moe(c, { shared: c.count('shared_expert_intermediate_size'), router_bias: true }),
    )
    return decoder(c, preNorm(norms.rms, mixer(c), ffn))
  },
}

export const mellum: Family = {
  defaults: {
    ...shared,
    vocab_size: 98304,
    hidden_size: 2304,
    intermediate_size: 7168,
    num_hidden_layers: 28,
    num_attention_heads: 32,
    num_key_value_heads: 4,
    num_local_experts: 64,
    moe_intermediate_size: 896,
    sliding_window: 1024,
    rope_scaling: {
      full_attention: { rope_type: 'default', rope_theta: 500000 },
      sliding_attention: { rope_type: 'default', rope_theta: 10000 },
    },
  },
  build: (c) => {
    const attend = sliding(c, () => false, {
      bias: biasesIf(c.flag('attention_bias')),
      qk_norm: 'shared',
    })
    return decoder(
      c,
      preNorm(
        norms.rms,
        attend,
        denseFirst(c, () => moe(c)),
      ),
    )
  },
}
