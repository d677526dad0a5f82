/** T5Gemma: Gemma 2 as an encoder and, with cross-attention, as a decoder; the two may differ in size. */
import type { Stack, Sublayer } from '../../architecture/schema.ts'
import { countLayers } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { attention, biasesIf, block, gatedFfn, heads, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { allButEvery, everyLast, kindsOf, windowSize } from '../windows.ts'

/** Every second layer slides; in the encoder to both sides. */
function mixer(c: Reader, role: 'encoder' | 'decoder'): Layered {
  const shape = heads(c)
  const window = windowSize(c)
  const bias = biasesIf(c.flag('attention_bias'))
  const near = (slides: boolean): object =>
    role === 'decoder'
      ? { window: slides ? window : null }
      : { reach: slides && window !== null ? window - 1 : null }
  return byKind(
    kindsOf(c, allButEvery(2)),
    (kind) =>
      attention(c, {
        heads: shape,
        bias,
        ...near(kind !== 'full_attention'),
        position: rotary(c, shape.d_head, { kind }),
      }),
    c.has('layer_types') ? {} : { full_attention: everyLast(2) },
  )
}

function cross(c: Reader, d_source: number) {
  const { n_heads, said } = heads(c)
  const bias = c.flag('attention_bias')
  const biases = { q_bias: bias, k_bias: bias, v_bias: bias, o_bias: bias }
  return block('cross-attention', { n_heads, ...said, ...biases, d_source })
}

function stack(c: Reader, role: 'encoder' | 'decoder', between: Record<string, Layered>): Stack {
  const bodies = { mixer: mixer(c, role), ...between, ffn: gatedFfn(c) }
  return {
    role,
    n_layers: countLayers(c),
    d_model: c.count('hidden_size'),
    input: [block('token-embedding', { vocab_size: c.count('vocab_size') })],
    layer: Object.entries(bodies).map(([name, body]): Sublayer => ({
      before: norms.rms,
      after: norms.rms,
      ...body,
      name,
    })),
    output: [{ block: 'rmsnorm' }],
  }
}

/** Of either stack. */
const moduleDefaults = {
  vocab_size: 256000,
  hidden_size: 2304,
  intermediate_size: 9216,
  num_hidden_layers: 26,
  num_attention_heads: 8,
  num_key_value_heads: 4,
  head_dim: 256,
  max_position_embeddings: 8192,
  sliding_window: 4096,
}

function part(c: Reader, key: string): Reader {
  const own = c.part(key, moduleDefaults)
  // The decoder's length is that of the whole.
  own.ignore(
    'cross_attention_hidden_size',
    ...(key === 'encoder' ? ['max_position_embeddings'] : []),
  )
  return own
}

export const t5gemma: Family = {
  defaults: { tie_word_embeddings: true },
  build: (c) => {
    c.ignore('vocab_size')
    const [from, to] = [part(c, 'encoder'), part(c, 'decoder')]
    const d_source = from.count('hidden_size')
    const decoder = stack(to, 'decoder', { cross: cross(to, d_source) })
    const head = block('output-head', { tied: c.flag('tie_word_embeddings') })
    return {
      name: 't5gemma',
      model_type: 't5gemma',
      d_model: to.count('hidden_size'),
      max_context: to.count('max_position_embeddings'),
      stacks: [stack(from, 'encoder', {}), { ...decoder, output: [...decoder.output, head] }],
    }
  },
}
