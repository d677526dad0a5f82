/** MiniMax-01: lightning attention, softmax attention in some layers, experts in all. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Architecture } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { attention, block, heads, moe, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'

type Kind = 'full_attention' | 'linear_attention'

/** Names in newer configs; numbers, 1 for softmax, in the first. */
function kindsOf(c: Reader): Kind[] {
  const n_layers = countLayers(c)
  const is_full = c.marks('attn_type_list', n_layers, {
    from: 'num_hidden_layers',
    kind: (layer) => layer % 2 === 0,
  })
  const said = c.kinds('layer_types', n_layers, {
    from: 'attn_type_list',
    kind: (layer) => (is_full[layer]! ? 'full_attention' : 'linear_attention'),
  })
  return said.map((kind): Kind => {
    if (kind === 'full_attention' || kind === 'linear_attention') return kind
    throw c.wrong(
      'layer_types',
      `names "${kind.slice(0, 40)}"; full_attention or linear_attention is expected`,
    )
  })
}

function build(c: Reader, d_rot?: number): Architecture {
  c.ignore(...costless)
  const shape = heads(c)
  const { n_heads, d_head } = shape
  const mixer = byKind(kindsOf(c), (kind) =>
    kind === 'full_attention'
      ? attention(c, { heads: shape, position: rotary(c, d_head, { d_rot: d_rot ?? d_head }) })
      : block('lightning-attention', {
          n_heads,
          d_head: shape.said.d_head,
          scan_chunk: c.count('block_size'),
        }),
  )
  const shared = c.count('shared_intermediate_size', 0, 0)
  return decoder(
    c,
    preNorm(norms.rms, mixer, moe(c, { width: c.count('intermediate_size'), shared })),
  )
}

const defaults = {
  vocab_size: 32000,
  hidden_size: 4096,
  intermediate_size: 14336,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  max_position_embeddings: 131072,
  num_local_experts: 8,
  num_experts_per_tok: 2,
  block_size: 256,
  rope_theta: 1000000,
  tie_word_embeddings: false,
}

/** In the library, all of the head turns. */
export const minimax: Family = {
  defaults,
  build: (c) => {
    c.ignore('rotary_dim')
    return build(c)
  },
}

/** As first published, with code of its own. */
export const minimax_text_01: Family = {
  types: ['minimax_text_01', 'minimax_m1', 'MiniMaxM1', 'MiniMaxText01'],
  defaults,
  build: (c) => build(c, c.optionalCount('rotary_dim') ?? undefined),
}

const factors = [
  'full_attn',
  'linear_attn',
  'layernorm_full_attention',
  'layernorm_linear_attention',
  'layernorm_mlp',
  'mlp',
]
const costless = [
  ...factors.flatMap((each) => [
    `${each}_alpha_factor`,
    `${each}_beta_factor`,
    `${each}_alpha`,
    `${each}_beta`,
  ]),
  'postnorm',
  'shared_moe_mode',
  'sliding_window',
]
