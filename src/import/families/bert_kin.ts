/** BERT with changes: norms before, other positions, task types, factors of its own for the tables. */
import type { BlockUse, Norm } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { block, gatedFfn, heads, norms, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { asBlocks, encoderOnly, plainAttention, steps, type NormPlace } from '../stacks.ts'
import { bertDefaults, bertLayer, bertLike, roberta } from './bert.ts'

interface Kin {
  place: NormPlace
  embedding_norm: Norm
  /** After the last layer. */
  final_norm: Norm
  /** Rows of the position table beyond the longest context. */
  reserved_positions?: number
  /** Positions that attention itself knows take the place of the table. */
  position?: BlockUse | null
  /** What stands beside the tables of tokens and positions. */
  tables?: readonly BlockUse[]
  /** In place of two matrices with biases. */
  ffn?: BlockUse
}

function encoder(c: Reader, kin: Kin) {
  const { place, embedding_norm, final_norm, reserved_positions = 0, position = null } = kin
  const { tables = [] } = kin
  const max_positions = c.count('max_position_embeddings')
  const n_types = c.count('type_vocab_size', 0, 0)
  const input = [
    block('token-embedding', { vocab_size: c.count('vocab_size') }),
    ...(position?.block === 'rotary' ? [] : [block('learned-positions', { max_positions })]),
    ...(n_types > 0 ? [block('token-types', { n_types })] : []),
    ...tables,
    ...asBlocks(embedding_norm),
  ]
  const mixer = plainAttention(
    c.count('num_attention_heads'),
    position === null ? {} : { position },
  )
  const { ffn = plainFfn(c, { bias: true }) } = kin
  const head = block(
    'masked-lm-head',
    c.flag('tie_word_embeddings') ? {} : { tied: 0, idle_bias: true },
  )
  return encoderOnly(
    c,
    {
      n_layers: c.count('num_hidden_layers'),
      input,
      layer: steps(norms.layer, place, { mixer, ffn }),
      output: [...asBlocks(final_norm), head],
    },
    max_positions - reserved_positions,
  )
}

/** The first rows of the position table are those of padding. */
const reserved_positions = 2

export const roberta_prelayernorm: Family = {
  types: ['roberta-prelayernorm'],
  bare: 'pooler',
  defaults: { ...bertDefaults, vocab_size: 50265 },
  build: (c) =>
    encoder(c, {
      place: 'before',
      embedding_norm: norms.layer,
      final_norm: norms.layer,
      reserved_positions,
    }),
}

export const xlm_roberta_xl: Family = {
  types: ['xlm-roberta-xl'],
  bare: 'pooler',
  defaults: {
    ...bertDefaults,
    vocab_size: 250880,
    hidden_size: 2560,
    num_hidden_layers: 36,
    num_attention_heads: 32,
    intermediate_size: 10240,
    max_position_embeddings: 514,
    type_vocab_size: 1,
  },
  build: (c) =>
    encoder(c, {
      place: 'before',
      embedding_norm: null,
      final_norm: norms.layer,
      reserved_positions,
    }),
}

export const megatron_bert: Family = {
  types: ['megatron-bert'],
  bare: 'pooler',
  defaults: {
    ...bertDefaults,
    vocab_size: 29056,
    hidden_size: 1024,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    intermediate_size: 4096,
  },
  build: (c) => encoder(c, { place: 'before', embedding_norm: null, final_norm: norms.layer }),
}

/** One table of distances serves all layers, besides the table of positions. */
export const mpnet: Family = {
  bare: 'pooler',
  defaults: {
    ...bertDefaults,
    vocab_size: 30527,
    type_vocab_size: 0,
    relative_attention_num_buckets: 32,
  },
  build: (c) => {
    const n_heads = c.count('num_attention_heads')
    const num_buckets = c.count('relative_attention_num_buckets')
    return encoder(c, {
      place: 'after',
      embedding_norm: norms.layer,
      final_norm: null,
      reserved_positions,
      position: block('relative-bias', { num_buckets, stored: 0 }),
      tables: [block('distance-table', { n_heads, num_buckets })],
    })
  },
}

/** Protein models: rotary from the second version on. */
export const esm: Family = {
  bare: 'pooler',
  defaults: {
    ...bertDefaults,
    vocab_size: 33,
    type_vocab_size: 0,
    max_position_embeddings: 1026,
    position_embedding_type: 'absolute',
  },
  build: (c) => {
    c.ignore('token_dropout', 'esmfold_config', 'vocab_list')
    if (c.flag('is_folding_model'))
      throw c.wrong('is_folding_model', 'is true; folding is not modelled')
    const type = c.text('position_embedding_type', 'absolute')
    if (type !== 'absolute' && type !== 'rotary')
      throw c.wrong(
        'position_embedding_type',
        `is "${type.slice(0, 40)}"; absolute or rotary is expected`,
      )
    // Code for genomes under this name has a gate, and says of it whether it has biases.
    const bias = c.has('add_bias_fnn') ? c.flag('add_bias_fnn') : null
    const { d_head } = heads(c, { split: true, grouped: false })
    const whole = encoder(c, {
      place: 'before',
      embedding_norm: c.flag('emb_layer_norm_before') ? norms.layer : null,
      final_norm: norms.layer,
      reserved_positions,
      position: type === 'rotary' ? rotary(c, d_head) : null,
      ...(bias !== null && { ffn: gatedFfn(c, { bias, activation: 'silu' }) }),
    })
    // It reads all heads of all layers, where somebody asks for contacts.
    const values = c.count('num_hidden_layers') * c.count('num_attention_heads') + 1
    const contacts = block('idle-weights', { name: 'contacts', values })
    return {
      ...whole,
      stacks: whole.stacks.map((stack) => ({ ...stack, output: [...stack.output, contacts] })),
    }
  },
}

/** Sentences may say which task they are from. */
export const ernie: Family = {
  bare: 'pooler',
  defaults: { ...bertDefaults, task_type_vocab_size: 3 },
  build: (c) => {
    const whole = bertLike(c, bertLayer(c), { idle_bias: true })
    if (!c.flag('use_task_id')) {
      c.ignore('task_type_vocab_size')
      return whole
    }
    const types = block('token-types', {
      name: 'task-types',
      n_types: c.count('task_type_vocab_size'),
    })
    return {
      ...whole,
      stacks: whole.stacks.map((stack) => ({
        ...stack,
        input: [...stack.input.slice(0, -1), types, stack.input.at(-1)!],
      })),
    }
  },
}

/** Narrow tables at the input, a wide one at the output. */
export const rembert: Family = {
  bare: 'pooler',
  defaults: {
    ...bertDefaults,
    vocab_size: 250300,
    hidden_size: 1152,
    num_hidden_layers: 32,
    num_attention_heads: 18,
    intermediate_size: 4608,
    input_embedding_size: 256,
    output_embedding_size: 1664,
    tie_word_embeddings: false,
  },
  build: (c) => {
    if (c.flag('tie_word_embeddings'))
      throw c.wrong('tie_word_embeddings', 'is true, but the tables differ in width')
    const whole = bertLike(c, bertLayer(c), { d_emb: c.count('input_embedding_size') })
    const head = block('masked-lm-head', { tied: 0, d_emb: c.count('output_embedding_size') })
    return { ...whole, stacks: whole.stacks.map((stack) => ({ ...stack, output: [head] })) }
  },
}

/** RoBERTa for integers: what rounds has no parameters. */
export const ibert: Family = {
  ...roberta,
  types: ['ibert'],
  defaults: bertDefaults,
  build: (c) => {
    c.ignore('quant_mode', 'force_dequant')
    return roberta.build(c)
  },
}
