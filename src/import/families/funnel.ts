/** Funnel Transformer: blocks of layers, each over half as many rows as the one before, and a few over all rows again. */
import type { BlockUse, Sublayer } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { byKind, type Body } from '../layers.ts'
import { activation, block } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { encoderOnly } from '../stacks.ts'

interface Place {
  halvings: number
  key_halvings: number
  /** Layers of one name are stored once. */
  share: string | null
}

/** Beside layers that are applied again, those that are not have names as well, so that none takes over that of another. */
const named = (places: readonly Place[]): Place[] =>
  places.every(({ share }) => share === null)
    ? [...places]
    : places.map((place, index) => ({ ...place, share: place.share ?? `layer-${index}` }))

/** Classes that need one row for a whole text, and so never go back to all rows. */
const withoutDecoder = /^Funnel(BaseModel|ForSequenceClassification|ForMultipleChoice)$/

/** Where each layer stands, in the order in which they are applied. */
function placesOf(c: Reader): Place[] {
  const sizes = c.wholeNumbers('block_sizes', 4)
  const given = c.numbers('block_repeats')
  const repeats = given ?? sizes.map(() => 1)
  if (repeats.length !== sizes.length)
    throw c.wrong(
      'block_repeats',
      `has ${repeats.length} entries, but there are ${sizes.length} blocks; one for each is expected`,
    )
  const keys_too = !c.flag('pool_q_only')
  const blocks = sizes.flatMap((size, halvings) =>
    Array.from({ length: size }, (_, layer) =>
      Array.from({ length: repeats[halvings]! }, (__, repeat): Place => {
        const pools = halvings > 0 && layer === 0 && repeat === 0 && !keys_too
        return {
          halvings,
          key_halvings: pools ? halvings - 1 : halvings,
          share: repeats[halvings]! > 1 ? `block-${halvings}-layer-${layer}` : null,
        }
      }),
    ).flat(),
  )
  const whole = { halvings: 0, key_halvings: 0, share: null }
  const [built = ''] = c.texts('architectures', [])
  if (withoutDecoder.test(built)) {
    c.ignore('num_decoder_layers')
    return named(blocks)
  }
  return named([
    ...blocks,
    ...Array.from({ length: c.count('num_decoder_layers', 0, 0) }, () => whole),
  ])
}

/** A step that differs between layers in how often rows were halved before. */
function step(
  name: string,
  places: readonly Place[],
  blockAt: (place: Place) => BlockUse,
): Sublayer {
  const kinds = new Map(places.map((place) => [JSON.stringify(place), place]))
  const body = (kind: string): Body => {
    const place = kinds.get(kind)!
    const { halvings, share } = place
    return {
      ...blockAt(place),
      after: halvings === 0 ? 'layernorm' : block('layernorm-over-rows', { halvings }),
      ...(share !== null && { share: `${share}-${name}` }),
    }
  }
  return {
    name,
    ...byKind(
      places.map((place) => JSON.stringify(place)),
      body,
    ),
  }
}

export const funnel: Family = {
  pretraining: 'replaced',
  defaults: {
    vocab_size: 30522,
    hidden_size: 768,
    n_head: 12,
    d_head: 64,
    d_inner: 3072,
    hidden_act: 'gelu_new',
    block_sizes: [4, 4, 4],
    num_decoder_layers: 2,
    attention_type: 'relative_shift',
    pool_q_only: true,
    tie_word_embeddings: true,
    // Distances are computed for any length; it was trained on this one.
    max_position_embeddings: 512,
  },
  build: (c) => {
    c.ignore('pooling_type', 'separate_cls', 'truncate_seq', 'num_hidden_layers', 'type_vocab_size')
    const places = placesOf(c)
    const heads = {
      n_heads: c.count('num_attention_heads', c.count('n_head')),
      d_head: c.count('d_head'),
      key_value_bias: true,
      o_bias: true,
      compares_segments: true,
      factorized: c.text('attention_type', 'relative_shift') === 'factorized',
    }
    const by = activation(c, 'gelu')
    const d_ff = c.count('d_inner')
    const mixer = step('mixer', places, ({ halvings, key_halvings }) =>
      block('content-distance-attention', {
        ...heads,
        ...(halvings > 0 && { halvings }),
        ...(key_halvings !== halvings && { key_halvings }),
      }),
    )
    const ffn = step('ffn', places, ({ halvings }) =>
      halvings === 0
        ? block('ffn', { d_ff, ffn_bias: true, activation: by })
        : block('ffn-over-rows', { d_ff, halvings, activation: by }),
    )
    return encoderOnly(
      c,
      {
        n_layers: places.length,
        input: [
          block('token-embedding', { vocab_size: c.count('vocab_size') }),
          { block: 'layernorm' },
        ],
        layer: [mixer, ffn],
        output: [block('output-head', { tied: c.flag('tie_word_embeddings'), head_bias: true })],
      },
      c.count('max_position_embeddings'),
    )
  },
}
