/** Puts sublayers, embeddings and a head together to the document of a decoder. */
import type { Architecture, BlockUse, Norm, Sublayer } from '../architecture/schema.ts'
import { sideBySide, block } from './parts.ts'
import type { Layered } from './layers.ts'
import type { Reader } from './reader.ts'

const asSublayer = (
  name: string,
  body: Layered,
  norms: { before?: Norm; after?: Norm } = {},
): Sublayer => ({ name, ...norms, ...body })

/** Norms before attention and FFN. */
export const preNorm = (norm: Norm, mixer: Layered, ffn: Layered): Sublayer[] => [
  asSublayer('mixer', mixer, { before: norm }),
  asSublayer('ffn', ffn, { before: norm }),
]

/** Norms after attention and FFN. */
export const postNorm = (norm: Norm, mixer: Layered, ffn: Layered): Sublayer[] => [
  asSublayer('mixer', mixer, { after: norm }),
  asSublayer('ffn', ffn, { after: norm }),
]

/** Norms before and after each. */
export const sandwich = (norm: Norm, mixer: Layered, ffn: Layered): Sublayer[] => [
  asSublayer('mixer', mixer, { before: norm, after: norm }),
  asSublayer('ffn', ffn, { before: norm, after: norm }),
]

/** Attention and FFN side by side under one norm. */
export const parallel = (norm: Norm, attention: BlockUse, ffn: BlockUse): Sublayer[] => [
  asSublayer('block', sideBySide(attention, ffn), { before: norm }),
]

/** Attention and FFN side by side, each with a norm of its own. */
export const parallelTwoNorms = (norm: Norm, attention: BlockUse, ffn: BlockUse): Sublayer[] => [
  asSublayer('block', sideBySide({ ...attention, before: norm }, { ...ffn, before: norm })),
]

/** A whole layer of side-by-side blocks that differs by kind. */
export const parallelLayered = (norm: Norm, body: Layered): Sublayer[] => [
  asSublayer('block', body, { before: norm }),
]

export interface DecoderOptions {
  /** After the last layer; RMSNorm unless said otherwise. */
  final_norm?: Norm
  /** Added to the token embedding. */
  positions?: BlockUse
  /** What else stands before the first layer. */
  inputs?: readonly BlockUse[]
  embedding_norm?: Norm
  /** Of the token table, where it differs from the model's width. */
  d_emb?: number
  head_bias?: boolean
  /** Where the rows of the token table stand, if not in `vocab_size`. */
  vocab_key?: string
  /** Rows of the tables beyond those of the vocabulary. */
  more_words?: number
  /** Where the model code does not do what `tie_word_embeddings` says. */
  tied?: boolean
  max_context?: number
  /** Where the config has another name for its width. */
  d_model?: number
  /** Where the config counts layers in a way of its own. */
  n_layers?: number
  /** The format that it asks to have recurrent states kept in. */
  states?: string | undefined
}

/** A decoder with one token table and a head, tied where the config says so. */
export function decoder(c: Reader, layer: Sublayer[], options: DecoderOptions = {}): Architecture {
  const {
    final_norm = 'rmsnorm',
    positions,
    inputs = [],
    embedding_norm,
    d_emb,
    head_bias,
    states,
    tied = c.flag('tie_word_embeddings'),
  } = options
  const d_model = options.d_model ?? c.count('hidden_size')
  const table = block('token-embedding', {
    vocab_size: c.count(options.vocab_key ?? 'vocab_size') + (options.more_words ?? 0),
    ...(d_emb !== d_model && { d_emb }),
  })
  const n_layers = options.n_layers ?? countLayers(c)
  return {
    name: nameOf(c),
    model_type: c.text('model_type', 'unknown'),
    d_model,
    max_context: options.max_context ?? c.count('max_position_embeddings'),
    ...(states !== undefined && { states }),
    stacks: [
      {
        role: 'decoder',
        n_layers,
        input: [
          table,
          ...(positions ? [positions] : []),
          ...inputs,
          ...normAsBlock(embedding_norm),
        ],
        layer,
        output: [...normAsBlock(final_norm), block('output-head', { tied, head_bias })],
      },
    ],
  }
}

const most_layers = 10_000

export function countLayers(c: Reader): number {
  const n_layers = c.count('num_hidden_layers')
  if (n_layers > most_layers)
    throw c.wrong('num_hidden_layers', `is ${n_layers}; at most ${most_layers} layers are expected`)
  return n_layers
}

const normAsBlock = (norm: Norm | undefined): BlockUse[] =>
  norm === undefined || norm === null ? [] : [typeof norm === 'string' ? { block: norm } : norm]

/** The last part of the path that the config was saved under, else the family. */
export function nameOf(c: Reader): string {
  const path = c.letters('_name_or_path') ?? ''
  return (
    path.split('/').findLast((part) => part.trim() !== '') ??
    c.derive('_name_or_path', 'model_type', c.text('model_type', 'model'))
  )
}
