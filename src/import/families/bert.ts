/** BERT and encoders like it, with the head that predicts masked words. */
import type { BlockUse, Sublayer } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { block, gatedFfn, norms, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { encoderOnly, plainAttention, steps } from '../stacks.ts'

export const bertDefaults = {
  vocab_size: 30522,
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 3072,
  max_position_embeddings: 512,
  type_vocab_size: 2,
  tie_word_embeddings: true,
}

export interface Around {
  /** Of the tables, where it differs from the model's width. */
  d_emb?: number
  /** The longest context is shorter than the position table. */
  reserved_positions?: number
  /** The tables are projected even where they are as wide as the model. */
  projected?: boolean
  /** Untied, the head keeps the bias of the tied one beside that of its matrix. */
  idle_bias?: boolean
  /** Attention itself knows positions, and no table of them is added. */
  tableless?: boolean
}

/** Attention and FFN with biases, each normalised after it is added. */
export function bertLayer(
  c: Reader,
  mixer: Layered = plainAttention(c.count('num_attention_heads')),
  ffn: BlockUse = plainFfn(c, { bias: true }),
): Sublayer[] {
  return steps(norms.layer, 'after', { mixer, ffn })
}

/** Tables of tokens, positions and token types, a norm, layers, and the head for masked words. */
export function bertLike(
  c: Reader,
  layer: Sublayer[],
  { d_emb, reserved_positions = 0, projected = false, idle_bias = false, tableless }: Around = {},
) {
  const d_model = c.count('hidden_size')
  const narrow = d_emb === undefined || d_emb === d_model ? {} : { d_emb }
  const max_positions = c.count('max_position_embeddings')
  const n_types = c.count('type_vocab_size', 0, 0)
  const input = [
    block('token-embedding', {
      vocab_size: c.count('vocab_size'),
      ...narrow,
      projected,
      projection_bias: projected || 'd_emb' in narrow,
    }),
    ...(tableless ? [] : [block('learned-positions', { max_positions, ...narrow })]),
    ...(n_types > 0 ? [block('token-types', { n_types, ...narrow })] : []),
    block('layernorm', 'd_emb' in narrow ? { width: d_emb } : {}),
  ]
  const head = block('masked-lm-head', c.flag('tie_word_embeddings') ? {} : { tied: 0, idle_bias })
  const n_layers = c.count('num_hidden_layers')
  return encoderOnly(
    c,
    { n_layers, input, layer, output: [head] },
    max_positions - reserved_positions,
  )
}

/** Code of others under this name puts slopes in the place of positions, and a gate into the FFN. */
export const bert: Family = {
  bare: 'pooler',
  defaults: bertDefaults,
  build: (c) => {
    // A length that the slopes are made for at first says that there are slopes, and a gate too.
    const sloped = c.has('alibi_starting_size')
    if (!sloped && c.letters('position_embedding_type') !== 'alibi')
      return bertLike(c, bertLayer(c), { idle_bias: true })
    if (c.flag('use_qk_norm'))
      throw c.unsupported('use_qk_norm', 'is set, which is not modelled for this family')
    const position = block('alibi', {})
    const mixer = plainAttention(c.count('num_attention_heads'), { position })
    const gated = sloped || c.text('feed_forward_type', 'original').endsWith('glu')
    const ffn = gated ? gatedFfn(c, { activation: 'gelu', down_bias: true }) : undefined
    return bertLike(c, bertLayer(c, mixer, ffn), { idle_bias: true, tableless: true })
  },
}

/** The first rows of the position table are those of padding. */
const reserved_positions = 2

export const roberta: Family = {
  bare: 'pooler',
  defaults: { ...bertDefaults, vocab_size: 50265 },
  build: (c) => bertLike(c, bertLayer(c), { reserved_positions, idle_bias: true }),
}

/** A config that leaves its vocabulary out has that of BERT. */
export const xlm_roberta: Family = {
  ...roberta,
  types: ['xlm-roberta', 'camembert', 'data2vec-text'],
  defaults: bertDefaults,
  build: (c) => {
    if (c.texts('lora_adaptations', []).length > 0)
      throw c.unsupported(
        'lora_adaptations',
        'names tasks with narrow matrices of their own beside each matrix, which are not modelled',
      )
    if (c.letters('position_embedding_type') !== 'rotary') return roberta.build(c)
    const n_heads = c.count('num_attention_heads')
    const position = rotary(c, c.count('hidden_size') / n_heads, {
      theta_key: 'rotary_emb_base',
    })
    const layer = bertLayer(c, plainAttention(n_heads, { position }))
    return bertLike(c, layer, { reserved_positions, idle_bias: true, tableless: true })
  },
}

export const electra: Family = {
  pretraining: 'replaced',
  defaults: {
    ...bertDefaults,
    hidden_size: 256,
    embedding_size: 128,
    intermediate_size: 1024,
    num_attention_heads: 4,
  },
  build: (c) => bertLike(c, bertLayer(c), { d_emb: c.count('embedding_size') }),
}

export const distilbert: Family = {
  defaults: { ...bertDefaults, num_hidden_layers: 6, type_vocab_size: 0 },
  build: (c) => bertLike(c, bertLayer(c)),
}

/** A group of layers, or a few, stored once and applied again and again, over a narrow embedding. */
export const albert: Family = {
  bare: 'pooler',
  defaults: {
    ...bertDefaults,
    vocab_size: 30000,
    embedding_size: 128,
    hidden_size: 4096,
    num_attention_heads: 64,
    intermediate_size: 16384,
    num_hidden_groups: 1,
    inner_group_num: 1,
  },
  build: (c) => {
    const n_layers = c.count('num_hidden_layers')
    const groups = c.count('num_hidden_groups')
    if (groups > n_layers)
      throw c.wrong(
        'num_hidden_groups',
        `is ${groups}, but only ${n_layers} layers are applied; it is at most their number`,
      )
    const layersOf = (group: number): number[] =>
      Array.from({ length: n_layers }, (_, at) => at).filter(
        (at) => Math.trunc(at / (n_layers / groups)) === group,
      )
    const shared = (sublayer: Sublayer): Sublayer => {
      const share = (group: number): string => `group-${group}-${sublayer.name}`
      const except = Array.from({ length: groups - 1 }, (_, index) => index + 1).map((group) => ({
        layers: layersOf(group),
        share: share(group),
      }))
      return { ...sublayer, share: share(0), ...(except.length > 0 && { except }) }
    }
    // All layers of a group are applied wherever one layer would be.
    const layer = Array.from({ length: c.count('inner_group_num') }, (_, inner) =>
      bertLayer(c).map((sublayer) =>
        shared(inner === 0 ? sublayer : { ...sublayer, name: `${sublayer.name}-${inner}` }),
      ),
    ).flat()
    const d_emb = c.count('embedding_size')
    return bertLike(c, layer, { d_emb, projected: true, idle_bias: true })
  },
}

/** Full attention replaced by a band and a few tokens that see, and are seen by, all. */
export const longformer: Family = {
  bare: 'pooler',
  defaults: { ...bertDefaults, attention_window: 512 },
  build: (c) => {
    const n_layers = c.count('num_hidden_layers')
    const windows = c.perLayer('attention_window', n_layers, 512)
    const n_heads = c.count('num_attention_heads')
    const mixer = byKind(windows.map(String), (window) =>
      block('longformer-attention', { n_heads, attention_window: Number(window) }),
    )
    return bertLike(c, bertLayer(c, mixer), { reserved_positions, idle_bias: true })
  },
}
