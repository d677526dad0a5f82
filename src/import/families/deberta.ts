/** DeBERTa: attention that compares content and relative positions apart, in both its versions. */
import type { BlockUse, Sublayer } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { block, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { encoderOnly, plainAttention } from '../stacks.ts'
import { bertDefaults, bertLayer } from './bert.ts'

/** Ways in which positions enter the scores: a list, or letters such as "c2p|p2c". */
function waysOf(c: Reader): string[] {
  const said = c.letters('pos_att_type')
  return said === null ? c.texts('pos_att_type', []) : said.toLowerCase().split('|')
}

interface Version {
  settings: (c: Reader) => Record<string, unknown>
  normalised: (c: Reader) => boolean
}

function mixer(c: Reader, { settings, normalised }: Version): BlockUse {
  const n_heads = c.count('num_attention_heads')
  if (!c.flag('relative_attention'))
    return plainAttention(n_heads, { k_bias: settings(c)['k_bias'] !== 0 })
  const said = c.count('max_relative_positions', -1, -1)
  const reach = said < 1 ? c.count('max_position_embeddings') : said
  const buckets = c.count('position_buckets', -1, -1)
  const ways = waysOf(c).map((way) => way.trim())
  return block('disentangled-attention', {
    n_heads,
    content_to_position: ways.includes('c2p') ? 1 : 0,
    position_to_content: ways.includes('p2c') ? 1 : 0,
    n_distances: 2 * (buckets > 0 ? buckets : reach),
    ...settings(c),
    // One table of distances serves all layers.
    position: block('relative-embeddings', { normalised: normalised(c), share: 'distances' }),
  })
}

/** A convolution over the input, added to what the first layer gives. */
function convolution(c: Reader): Sublayer[] {
  const width = c.count('conv_kernel_size', 0, 0)
  if (width === 0) return []
  c.ignore('conv_act')
  if (c.count('conv_groups', 1) !== 1)
    throw c.wrong('conv_groups', 'is not 1; only a convolution over all channels is modelled')
  const first = block('projection', { d_in: width * c.count('hidden_size'), bias: true })
  return [
    {
      name: 'convolution',
      block: null,
      except: [{ layers: { first: 1 }, ...first, after: norms.layer }],
    },
  ]
}

function build(c: Reader, version: Version) {
  c.ignore('pooler_hidden_size', 'pooler_hidden_act')
  const d_model = c.count('hidden_size')
  const d_emb = c.count('embedding_size', follows('hidden_size', d_model))
  const narrow = d_emb === d_model ? {} : { d_emb }
  const n_types = c.count('type_vocab_size', 0, 0)
  const max_positions = c.count('max_position_embeddings')
  const input = [
    block('token-embedding', { vocab_size: c.count('vocab_size'), ...narrow }),
    ...(c.flag('position_biased_input')
      ? [block('learned-positions', { max_positions, ...narrow })]
      : []),
    ...(n_types > 0 ? [block('token-types', { n_types, ...narrow })] : []),
    block('layernorm', {}),
  ]
  const head = block('masked-lm-head', {
    ...narrow,
    // The head of later models is made of the table whatever the flag says.
    ...(!c.flag('tie_word_embeddings') && c.flag('legacy') && { tied: 0, idle_bias: true }),
  })
  const layer = [...bertLayer(c, mixer(c, version)), ...convolution(c)]
  const n_layers = c.count('num_hidden_layers')
  return encoderOnly(c, { n_layers, input, layer, output: [head] }, max_positions)
}

const shared = {
  ...bertDefaults,
  type_vocab_size: 0,
  position_biased_input: true,
  relative_attention: false,
  legacy: true,
}

export const deberta: Family = {
  defaults: { ...shared, vocab_size: 50265 },
  build: (c) => {
    if (c.flag('talking_head'))
      throw c.wrong('talking_head', 'is true; heads that are mixed are not modelled')
    return build(c, {
      settings: () => ({ k_bias: 0, shared_projections: 0, position_key_bias: 0 }),
      normalised: () => false,
    })
  },
}

export const deberta_v2: Family = {
  types: ['deberta-v2'],
  defaults: {
    ...shared,
    vocab_size: 128100,
    hidden_size: 1536,
    num_hidden_layers: 24,
    num_attention_heads: 24,
    intermediate_size: 6144,
  },
  build: (c) =>
    build(c, {
      settings: () => (c.flag('share_att_key') ? {} : { shared_projections: 0 }),
      normalised: () =>
        c
          .text('norm_rel_ebd', 'none')
          .toLowerCase()
          .split('|')
          .some((each) => each.trim() === 'layer_norm'),
    }),
}
