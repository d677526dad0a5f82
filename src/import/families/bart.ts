/** BART and its kin: encoder and decoder with biases everywhere; they differ in norms and positions. */
import type { BlockUse, Norm } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { activation, block, norms } from '../parts.ts'
import { follows, type Reader } from '../reader.ts'
import {
  asBlocks,
  encoderDecoder,
  plainAttention,
  plainCrossAttention,
  steps,
  type Ends,
  type NormPlace,
} from '../stacks.ts'

export interface Kin {
  place: NormPlace
  /** After the embedding of each side. */
  embedding_norm: Norm
  /** After the last layer of each side. */
  final_norm: Norm
  /** Rows of each side's position table beyond the longest context, or none where positions are computed. */
  reserved_positions: number | 'none'
  /** The sides may have tables of their own, and the decoder's another vocabulary. */
  apart?: true
}

const defaults = {
  vocab_size: 50265,
  hidden_size: 1024,
  encoder_layers: 12,
  encoder_ffn_dim: 4096,
  encoder_attention_heads: 16,
  decoder_layers: 12,
  decoder_ffn_dim: 4096,
  decoder_attention_heads: 16,
  max_position_embeddings: 1024,
  tie_word_embeddings: true,
}

export const bartLike = (kin: Kin, own: Record<string, unknown> = {}): Family => ({
  defaults: { ...defaults, ...own },
  build: (c) => {
    c.ignore('num_hidden_layers', 'num_attention_heads')
    if (!kin.apart) c.ignore('share_encoder_decoder_embeddings', 'decoder_vocab_size')
    const { encoder, decoder, head } = kin.apart ? tablesOf(c) : commonTables(c)
    return encoderDecoder(
      c,
      side(c, 'encoder', kin, encoder, []),
      side(c, 'decoder', kin, decoder, [head]),
      { max_context: c.count('max_position_embeddings') },
    )
  },
})

interface Tables {
  encoder: BlockUse[]
  decoder: BlockUse[]
  head: BlockUse
}

/** One table for both sides, or one for each. */
function tablesOf(c: Reader): Tables {
  const vocab_size = c.count('vocab_size')
  const decoder_size = c.count('decoder_vocab_size', follows('vocab_size', vocab_size))
  const tables = commonTables(c)
  if (c.flag('share_encoder_decoder_embeddings', true))
    return c.flag('tie_word_embeddings') || decoder_size === vocab_size
      ? tables
      : { ...tables, head: { ...tables.head, vocab_size: decoder_size } }
  const table = block('token-embedding', { vocab_size })
  return { ...tables, encoder: [table], decoder: [{ ...table, vocab_size: decoder_size }] }
}

/** One table for both sides; untied, the model code keeps it beside the one of each side. */
export function commonTables(c: Reader): Tables {
  const table = block('token-embedding', { vocab_size: c.count('vocab_size') })
  const tied = c.flag('tie_word_embeddings')
  const head = block('output-head', { tied })
  if (!tied) return { encoder: [{ ...table, name: 'common-table' }, table], decoder: [table], head }
  const shared = [{ ...table, share: 'embedding' }]
  return { encoder: shared, decoder: shared, head }
}

/** Encoder or decoder, with these tables before its layers and this after them. */
export function side(
  c: Reader,
  role: 'encoder' | 'decoder',
  kin: Kin,
  tables: BlockUse[],
  output: BlockUse[],
): Ends {
  const { place, embedding_norm, final_norm, reserved_positions: reserved } = kin
  const n_heads = c.count(`${role}_attention_heads`)
  const mixer = plainAttention(n_heads)
  const cross = plainCrossAttention(n_heads)
  const ffn = block('ffn', {
    d_ff: c.count(`${role}_ffn_dim`),
    ffn_bias: true,
    activation: activation(c, 'gelu'),
  })
  const max = c.count('max_position_embeddings')
  const positions =
    reserved === 'none' ? [] : [block('learned-positions', { max_positions: max + reserved })]
  return {
    n_layers: c.count(`${role}_layers`),
    input: [...tables, ...positions, ...asBlocks(embedding_norm)],
    layer: steps(norms.layer, place, role === 'decoder' ? { mixer, cross, ffn } : { mixer, ffn }),
    output: [...asBlocks(final_norm), ...output],
  }
}

export const bart: Family = bartLike({
  place: 'after',
  embedding_norm: norms.layer,
  final_norm: null,
  reserved_positions: 2,
})

export const mbart: Family = bartLike({
  place: 'before',
  embedding_norm: norms.layer,
  final_norm: norms.layer,
  reserved_positions: 2,
})

/** Sinusoids, yet stored among the parameters. */
export const pegasus: Family = bartLike({
  place: 'before',
  embedding_norm: null,
  final_norm: norms.layer,
  reserved_positions: 0,
})

export const marian: Family = bartLike(
  { place: 'after', embedding_norm: null, final_norm: null, reserved_positions: 0, apart: true },
  { vocab_size: 58101 },
)

export const m2m_100: Family = bartLike(
  { place: 'before', embedding_norm: null, final_norm: norms.layer, reserved_positions: 'none' },
  { vocab_size: 128112, hidden_act: 'relu' },
)
