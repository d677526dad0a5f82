/** T5, mT5 and UMT5: RMSNorm, no biases, distances counted in buckets, heads that need not fill the width. */
import type { Architecture, BlockUse, Sublayer } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { block } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import { encoderDecoder, steps } from '../stacks.ts'

/** @param repeated every layer has a table of distances of its own */
function layerOf(c: Reader, role: 'encoder' | 'decoder', repeated: boolean): Sublayer[] {
  const heads = { n_heads: c.count('num_heads'), d_head: c.count('d_kv') }
  const position = block('relative-bias', {
    num_buckets: c.count('relative_attention_num_buckets'),
    // One table of distances serves all layers of a stack; the first stores it.
    ...(!repeated && { share: `${role}-distances` }),
  })
  const mixer = block('attention', { ...heads, position })
  const cross = block('cross-attention', heads)
  const ffn = ffnOf(c)
  return steps('rmsnorm', 'before', role === 'decoder' ? { mixer, cross, ffn } : { mixer, ffn })
}

function ffnOf(c: Reader): BlockUse {
  const kind = c.text('feed_forward_proj', 'relu')
  // The class derives it, and then takes what the config says of it all the same.
  const gated = c.flag('is_gated_act', follows('feed_forward_proj', kind.startsWith('gated-')))
  const by = kind.includes('relu') ? 'relu' : kind.includes('silu') ? 'silu' : 'gelu'
  c.ignore('dense_act_fn', 'dropout_rate', 'relative_attention_max_distance')
  return block(gated ? 'gated-ffn' : 'ffn', { d_ff: c.count('d_ff'), activation: by })
}

interface Own {
  /** Whether every layer has a table of distances of its own. */
  repeated?: boolean
  /** Whether the tables are one, where the model code does not do what the config says. */
  tied?: boolean
}

/** An encoder and a decoder of T5's layers over one table of tokens. */
export function t5Like(c: Reader, { repeated = false, tied }: Own = {}): Architecture {
  const n_layers = c.count('num_layers')
  const table = block('token-embedding', {
    vocab_size: c.count('vocab_size'),
    share: 'embedding',
  })
  const norm = { block: 'rmsnorm' }
  const head = block('output-head', { tied: tied ?? c.flag('tie_word_embeddings') })
  return encoderDecoder(
    c,
    { n_layers, input: [table], layer: layerOf(c, 'encoder', repeated), output: [norm] },
    {
      n_layers: c.count('num_decoder_layers', follows('num_layers', n_layers)),
      input: [table],
      layer: layerOf(c, 'decoder', repeated),
      output: [norm, head],
    },
    { max_context: c.count('n_positions') },
  )
}

export const defaults = {
  vocab_size: 32128,
  hidden_size: 512,
  d_kv: 64,
  d_ff: 2048,
  num_layers: 6,
  num_heads: 8,
  relative_attention_num_buckets: 32,
  n_positions: 512,
  tie_word_embeddings: true,
}

/** Of the multilingual models. */
const wider = {
  ...defaults,
  vocab_size: 250112,
  d_ff: 1024,
  num_layers: 8,
  num_heads: 6,
  feed_forward_proj: 'gated-gelu',
}

export const t5: Family = { defaults, build: (c) => t5Like(c) }

export const mt5: Family = { defaults: wider, build: (c) => t5Like(c) }

export const umt5: Family = { defaults: wider, build: (c) => t5Like(c, { repeated: true }) }

/** The encoder looks only so far to each side. */
export const longt5: Family = {
  defaults: { ...defaults, encoder_attention_type: 'local', local_radius: 127 },
  build: (c) => {
    if (c.text('encoder_attention_type', 'local') !== 'local')
      throw c.unsupported(
        'encoder_attention_type',
        'names global tokens that stand for blocks, which are not modelled',
      )
    c.ignore('global_block_size', 'scale_decoder_outputs')
    const reach = c.count('local_radius')
    const whole = t5Like(c)
    const [encoder, second] = whole.stacks
    const layer = encoder!.layer.map((sublayer) =>
      sublayer.block === 'attention' ? { ...sublayer, reach } : sublayer,
    )
    return { ...whole, stacks: [{ ...encoder!, layer }, ...(second ? [second] : [])] }
  },
}

/**
 * The encoder is given frames of a spectrum as wide as the model, and before them a row that stands for a composer. The model
 * code never ties the head.
 */
export const pop2piano: Family = {
  defaults: {
    ...defaults,
    vocab_size: 2400,
    composer_vocab_size: 21,
    feed_forward_proj: 'gated-gelu',
  },
  build: (c) => {
    c.ignore('scale_decoder_outputs', 'tie_word_embeddings')
    const whole = t5Like(c)
    const [encoder, decoder] = whole.stacks
    const n_types = c.count('composer_vocab_size')
    const head = block('output-head', {})
    return {
      ...whole,
      max_source: whole.max_context,
      stacks: [
        {
          ...encoder!,
          input: [
            { ...block('token-types', { n_types }), name: 'composers' },
            block('prefix-tokens', { learned: 0 }),
          ],
        },
        { ...decoder!, output: [...decoder!.output.slice(0, -1), head] },
      ],
    }
  },
}
