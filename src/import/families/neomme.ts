/** NeoMME: an encoder of text and image patches alike; narrow tables, gated attention, windows of two lengths. */
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { attention, biasesIf, block, heads, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { encoderOnly } from '../stacks.ts'
import { kindsOf } from '../windows.ts'

/** Every second layer that slides sees so far to each side, unless the config says otherwise. */
const long_reach = 1024

const bare = { block: 'rmsnorm', weight: false } as const

/** How far each layer sees to each side; null without limit. */
function reachesOf(c: Reader): (number | null)[] {
  const last = c.count('num_hidden_layers') - 1
  const kinds = kindsOf(c, (layer) => (layer + 1) % 6 !== 0 && layer !== last)
  const own = c.object('per_layer_config')
  const short = c.count('sliding_window')
  let slides = 0
  return kinds.map((kind, layer) => {
    const said = own?.object(String(layer).padStart(2, '0')) ?? own?.object(String(layer)) ?? null
    if (said !== null) said.ignore('sliding_window')
    if (kind === 'full_attention') return null
    const usual = slides++ % 2 === 1 && own === null ? long_reach : short
    return said?.optionalCount('sliding_window') ?? usual
  })
}

function mixer(c: Reader): Layered {
  const shape = heads(c)
  return byKind(
    reachesOf(c).map((reach) => String(reach)),
    (reach) =>
      attention(c, {
        heads: shape,
        bias: biasesIf(c.flag('attention_bias')),
        head_gates: shape.d_head,
        exclusive: true,
        reach: reach === 'null' ? null : Number(reach),
        position: rotary(c, shape.d_head, {
          kind: reach === 'null' ? 'full_attention' : 'sliding_attention',
        }),
      }),
  )
}

export const neomme: Family = {
  labels: 'own',
  defaults: {
    vocab_size: 131072,
    embedding_rank: 256,
    hidden_size: 1024,
    intermediate_size: 3584,
    hidden_act: 'relu2',
    num_hidden_layers: 17,
    num_attention_heads: 16,
    num_key_value_heads: 4,
    head_dim: 64,
    max_position_embeddings: 16384,
    sliding_window: 256,
    patch_size: 32,
    tie_word_embeddings: true,
    rope_scaling: {
      full_attention: { rope_theta: 1000000, partial_rotary_factor: 0.25 },
      sliding_attention: { rope_theta: 10000, partial_rotary_factor: 1 },
    },
  },
  build: (c) => {
    c.ignore('embedding_dim')
    const vocab_size = c.count('vocab_size')
    const tied = c.flag('tie_word_embeddings')
    const width = c.count('num_key_value_heads') * c.count('head_dim')
    return encoderOnly(
      c,
      {
        n_layers: c.count('num_hidden_layers'),
        input: [
          block('token-embedding', { vocab_size, d_emb: c.count('embedding_rank') }),
          bare,
          block('patch-stem', {
            patch: c.count('patch_size'),
            d_hidden: 2 * c.count('hidden_size'),
          }),
          block('value-embeddings', { vocab_size, width, n_readers: 2 }),
        ],
        layer: [
          { ...block('learned-scale', { values: 2 }), name: 'first-state' },
          { ...mixer(c), name: 'mixer', before: bare },
          { ...plainFfn(c, { bias: c.flag('mlp_bias') }), name: 'ffn', before: bare },
        ],
        output: [bare, block('output-head', { tied, projection_tied: tied })],
      },
      c.count('max_position_embeddings'),
    )
  },
}
