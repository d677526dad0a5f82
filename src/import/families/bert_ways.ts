/** BERT in other ways: positions that turn, adapters, tables of its own, and what stands in the place of attention. */
import type { BlockUse, Sublayer } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import type { Layered } from '../layers.ts'
import { activation, block, heads, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { encoderOnly, plainAttention, steps } from '../stacks.ts'
import { bertDefaults, bertLayer, bertLike } from './bert.ts'

interface Ways {
  /** Tables beside those of tokens and types. */
  tables?: BlockUse[]
  /** Rows of the table of positions; none where null. */
  positions?: number | null
  d_emb?: number
  mixer?: Layered
  ffn?: Layered
  /** What stands after each layer. */
  beside?: Sublayer[]
  /** Model code keeps a pooler beside the head for masked words. */
  pooler?: boolean
  n_types?: number
  reserved?: number
  /** Untied, the head has the bias of its matrix alone. */
  one_bias?: boolean
}

/** BERT with what differs put in its places. */
export function inWays(c: Reader, ways: Ways) {
  const { tables = [], mixer, beside = [], pooler = false, reserved = 0 } = ways
  const max_positions = c.count('max_position_embeddings')
  const d_model = c.count('hidden_size')
  const narrow = ways.d_emb === undefined || ways.d_emb === d_model ? {} : { d_emb: ways.d_emb }
  const rows = ways.positions === undefined ? max_positions : ways.positions
  const n_types = ways.n_types ?? c.count('type_vocab_size', 0, 0)
  const usual = block('ffn', {
    d_ff: c.count('intermediate_size'),
    ffn_bias: true,
    activation: activation(c, 'gelu'),
  })
  const layer = mixer
    ? steps(norms.layer, 'after', { mixer, ffn: ways.ffn ?? usual })
    : bertLayer(c)
  return encoderOnly(
    c,
    {
      n_layers: c.count('num_hidden_layers'),
      input: [
        block('token-embedding', {
          vocab_size: c.count('vocab_size'),
          ...narrow,
          projection_bias: 'd_emb' in narrow,
        }),
        ...(rows === null ? [] : [block('learned-positions', { max_positions: rows, ...narrow })]),
        ...(n_types > 0 ? [block('token-types', { n_types, ...narrow })] : []),
        ...tables,
        block('layernorm', 'd_emb' in narrow ? { width: ways.d_emb } : {}),
      ],
      layer: [...layer, ...beside],
      output: [
        ...(pooler ? [{ block: 'pooler' }] : []),
        block('masked-lm-head', {
          ...narrow,
          ...(!c.flag('tie_word_embeddings') && { tied: 0, idle_bias: !ways.one_bias }),
        }),
      ],
    },
    max_positions - reserved,
  )
}

/** Positions turn queries and keys; the table of their sines is stored, as wide as a head. */
export const roformer: Family = {
  bare: 'language',
  defaults: {
    ...bertDefaults,
    vocab_size: 50000,
    max_position_embeddings: 1536,
    rotary_value: false,
  },
  build: (c) => {
    c.ignore('rotary_value')
    const { n_heads, d_head } = heads(c, { split: true, grouped: false })
    const d_emb = c.optionalCount('embedding_size') ?? c.count('hidden_size')
    const position = rotary(c, d_head)
    const sines = {
      ...block('token-types', { n_types: c.count('max_position_embeddings'), d_emb: d_head }),
      name: 'sines',
    }
    const model = inWays(c, {
      positions: null,
      d_emb,
      mixer: plainAttention(n_heads, { position }),
      tables: [],
    })
    model.stacks[0]!.input.push(sines)
    return model
  },
}

export const jina_embeddings_v3: Family = {
  bare: 'pooler',
  defaults: {
    ...bertDefaults,
    vocab_size: 250002,
    hidden_size: 1024,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    intermediate_size: 4096,
    max_position_embeddings: 8194,
    type_vocab_size: 1,
    rope_theta: 20000,
  },
  build: (c) => {
    const { n_heads, d_head } = heads(c, { split: true, grouped: false })
    return inWays(c, {
      positions: null,
      mixer: plainAttention(n_heads, { position: rotary(c, d_head) }),
    })
  },
}

/** A bottleneck for each language after the FFN, one of which is run. */
export const xmod: Family = {
  bare: 'pooler',
  defaults: {
    ...bertDefaults,
    languages: ['en_XX'],
    adapter_reduction_factor: 2,
    ln_before_adapter: true,
    adapter_reuse_layer_norm: true,
  },
  build: (c) => {
    c.ignore('default_language', 'ln_before_adapter', 'adapter_reuse_layer_norm')
    for (const key of ['adapter_layer_norm', 'pre_norm'])
      if (c.flag(key)) throw c.unsupported(key, 'is set, which is not modelled for this family')
    const n_adapters = (c.texts('languages') ?? []).length
    const width = Math.floor(c.count('hidden_size') / c.number('adapter_reduction_factor'))
    const adapters: Sublayer = {
      ...block('language-adapters', { n_adapters, width }),
      name: 'adapter',
    }
    return inWays(c, { beside: n_adapters > 0 ? [adapters] : [], reserved: 2 })
  },
}

export const big_bird: Family = {
  defaults: {
    ...bertDefaults,
    vocab_size: 50358,
    max_position_embeddings: 4096,
    attention_type: 'block_sparse',
    block_size: 64,
    num_random_blocks: 3,
    use_bias: true,
  },
  build: (c) => {
    c.ignore('rescale_embeddings')
    const n_heads = c.count('num_attention_heads')
    const bias = c.flag('use_bias')
    const full = c.text('attention_type', 'block_sparse') === 'original_full'
    if (full) c.ignore('block_size', 'num_random_blocks')
    const mixer = full
      ? plainAttention(
          n_heads,
          bias ? {} : { q_bias: undefined, k_bias: undefined, v_bias: undefined },
        )
      : block('random-block-attention', {
          n_heads,
          block_size: c.count('block_size'),
          n_random: c.count('num_random_blocks'),
          ...(!bias && { qkv_bias: 0 }),
        })
    return inWays(c, { mixer, pooler: true })
  },
}

export const nystromformer: Family = {
  defaults: {
    ...bertDefaults,
    vocab_size: 30000,
    max_position_embeddings: 510,
    num_landmarks: 64,
    conv_kernel_size: 65,
  },
  build: (c) => {
    c.ignore('inv_coeff_init_option', 'segment_means_seq_len')
    const mixer = block('landmark-attention', {
      n_heads: c.count('num_attention_heads'),
      n_landmarks: c.count('num_landmarks'),
      d_conv: c.optionalCount('conv_kernel_size', 0) ?? 0,
    })
    // Two rows of the table of positions are reserved.
    return inWays(c, { mixer, positions: c.count('max_position_embeddings') + 2 })
  },
}

/** A query attends to keys as probably as hashes put both into one bucket; two rows of the table of positions are reserved. */
export const yoso: Family = {
  defaults: {
    ...bertDefaults,
    vocab_size: 50265,
    max_position_embeddings: 4096,
    type_vocab_size: 1,
    use_expectation: true,
    hash_code_len: 9,
    num_hash: 64,
  },
  build: (c) => {
    c.ignore('lsh_backward', 'use_fast_hash')
    const mixer = block('sampled-attention', {
      n_heads: c.count('num_attention_heads'),
      ...(!c.flag('use_expectation') && { expectation: 0 }),
      n_hashes: c.count('num_hash'),
      code_length: c.count('hash_code_len'),
      d_conv: c.optionalCount('conv_window') ?? undefined,
    })
    return inWays(c, { mixer, positions: c.count('max_position_embeddings') + 2 })
  },
}

/** Tokens in a block of means: the model code's, which no config says. */
const block_of_means = 32

export const mra: Family = {
  defaults: {
    ...bertDefaults,
    vocab_size: 50265,
    type_vocab_size: 1,
    block_per_row: 4,
    approx_mode: 'full',
  },
  build: (c) => {
    c.ignore('initial_prior_first_n_blocks', 'initial_prior_diagonal_n_blocks')
    const max_positions = c.count('max_position_embeddings')
    const along = Math.floor(max_positions / block_of_means)
    const mixer = block('resolution-attention', {
      n_heads: c.count('num_attention_heads'),
      block_size: block_of_means,
      n_fine: Math.max(1, Math.min(along * c.count('block_per_row'), along ** 2)),
      ...(c.text('approx_mode', 'full') === 'sparse' && { coarse_values: 0 }),
    })
    return inWays(c, { mixer, positions: max_positions + 2 })
  },
}

/** Its tables are projected whether or not they are as wide as the model. */
export const fnet: Family = {
  labels: 'pooled',
  defaults: { ...bertDefaults, vocab_size: 32000, type_vocab_size: 4 },
  build: (c) => {
    c.ignore('use_tpu_fourier_optimizations', 'tpu_short_seq_length')
    const whole = inWays(c, { mixer: block('fourier-mixing', {}), pooler: true })
    const [stack] = whole.stacks
    const projection = block('projection', { bias: true })
    return {
      ...whole,
      stacks: [
        {
          ...stack!,
          input: [...stack!.input, projection],
        },
      ],
    }
  },
}

/** Corners, height and width of each word's box have tables. */
export const layoutlm: Family = {
  labels: 'pooled',
  defaults: { ...bertDefaults, max_2d_position_embeddings: 1024 },
  build: (c) => {
    const n_types = 4 * c.count('max_2d_position_embeddings')
    return inWays(c, {
      tables: [{ ...block('token-types', { n_types }), name: 'boxes' }],
      pooler: true,
    })
  },
}

/** Seven kinds of types say where in a table a word stands. */
export const tapas: Family = {
  bare: 'pooler',
  defaults: {
    ...bertDefaults,
    max_position_embeddings: 1024,
    type_vocab_sizes: [3, 256, 256, 2, 256, 256, 10],
  },
  build: (c) => {
    c.ignore(...tapas_costless)
    const kinds = c.numbers('type_vocab_sizes') ?? []
    return inWays(c, { n_types: kinds.reduce((sum, each) => sum + each, 0) })
  },
}

const tapas_costless = [
  'aggregation_labels',
  'aggregation_loss_weight',
  'aggregation_temperature',
  'allow_empty_column_selection',
  'answer_loss_cutoff',
  'answer_loss_importance',
  'average_approximation_function',
  'average_logits_per_cell',
  'cell_selection_preference',
  'disable_per_token_loss',
  'huber_loss_delta',
  'init_cell_selection_weights_to_zero',
  'max_num_columns',
  'max_num_rows',
  'no_aggregation_label_index',
  'num_aggregation_labels',
  'positive_label_weight',
  'reset_position_index_per_cell',
  'select_one_column',
  'type_vocab_size',
  'use_answer_as_supervision',
  'use_gumbel_for_aggregation',
  'use_gumbel_for_cells',
  'use_normalized_answer_loss',
]

/** What a character looks and sounds like stands beside it, and all three are joined. */
export const roc_bert: Family = {
  bare: 'pooler',
  defaults: {
    ...bertDefaults,
    enable_pronunciation: true,
    enable_shape: true,
    concat_input: true,
    pronunciation_embed_dim: 768,
    pronunciation_vocab_size: 910,
    shape_embed_dim: 512,
    shape_vocab_size: 24858,
  },
  build: (c) => {
    const whole = bertLike(c, bertLayer(c), { idle_bias: true })
    const [sounds, shapes] = [c.count('pronunciation_embed_dim'), c.count('shape_embed_dim')]
    const joined =
      (c.flag('enable_pronunciation') ? sounds : 0) + (c.flag('enable_shape') ? shapes : 0)
    const table = (name: string, n_types: number, d_emb: number): BlockUse => ({
      ...block('token-types', { n_types, d_emb }),
      name,
    })
    // Tables that are switched off are there all the same.
    const tables = [
      table('sounds', c.count('pronunciation_vocab_size'), sounds),
      table('shapes', c.count('shape_vocab_size'), shapes),
      ...(c.flag('concat_input')
        ? [block('projection', { d_in: c.count('hidden_size') + joined, bias: true })]
        : []),
    ]
    return {
      ...whole,
      stacks: whole.stacks.map((stack) => ({
        ...stack,
        input: [...stack.input.slice(0, 1), ...tables, ...stack.input.slice(1)],
      })),
    }
  },
}
