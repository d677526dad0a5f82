/** BLIP-2 and InstructBLIP: a vision transformer that learned queries read through a small one of their own (Q-Former). */
import type { Sublayer, Tower } from '../../architecture/schema.ts'
import { block, norms, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { plainAttention, plainCrossAttention, steps } from '../stacks.ts'
import type { TowerFamily } from './tower-family.ts'
import type { SeenBy, VisionKind } from './vision-kind.ts'
import { behind, seenBy } from './vision-kinds.ts'
import { entrance, patchesOf } from './vit.ts'

const eva: VisionKind = {
  defaults: {
    hidden_size: 1408,
    intermediate_size: 6144,
    num_hidden_layers: 39,
    num_attention_heads: 16,
    image_size: 224,
    patch_size: 14,
    hidden_act: 'gelu',
    qkv_bias: true,
  },
  build: (c) => {
    const [image_size, patch] = [c.count('image_size'), c.count('patch_size')]
    const bias = c.flag('qkv_bias')
    return {
      image_size,
      patch,
      n_prefix: 1,
      tower: {
        n_layers: c.count('num_hidden_layers'),
        d_model: c.count('hidden_size'),
        input: entrance({ patch, bias: true, n_prefix: 1, rows: patchesOf(image_size, patch) + 1 }),
        layer: steps(norms.layer, 'before', {
          mixer: block('attention', {
            n_heads: c.count('num_attention_heads'),
            q_bias: bias,
            k_bias: bias,
            v_bias: bias,
            o_bias: true,
          }),
          ffn: plainFfn(c, { bias: true }),
        }),
        output: [{ block: norms.layer }],
      },
    }
  },
}

export interface Queries {
  n_rows: number
  /** Of what the queries look at. */
  d_source: number
  d_out: number
  /** Text is read beside the queries: by networks of its own in every layer, and from tables that stand here. */
  reads_text?: 'networks' | 'networks and tables'
}

/** Queries see each other in every layer, and the patches in some. */
export function former(c: Reader, { n_rows, d_source, d_out, reads_text }: Queries): Tower {
  const has_tables = reads_text === 'networks and tables'
  if (!has_tables) c.ignore('vocab_size', 'max_position_embeddings')
  const n_heads = c.count('num_attention_heads')
  const every = c.count('cross_attention_frequency')
  const cross = plainCrossAttention(n_heads, { d_source })
  const [mixer, ffn] = steps(norms.layer, 'after', {
    mixer: plainAttention(n_heads),
    ffn: plainFfn(c, { bias: true }),
  }) as [Sublayer, Sublayer]
  const patches: Sublayer =
    every === 1
      ? { ...cross, name: 'patches', after: norms.layer }
      : {
          name: 'patches',
          block: null,
          except: [{ ...cross, layers: { every }, after: norms.layer }],
        }
  return {
    role: 'projector',
    feeds: 'decoder',
    n_layers: c.count('num_hidden_layers'),
    d_model: c.count('hidden_size'),
    input: [
      block('learned-rows', { n_rows }),
      ...(has_tables
        ? [
            block('token-embedding', { vocab_size: c.count('vocab_size') }),
            block('learned-positions', { max_positions: c.count('max_position_embeddings') }),
          ]
        : []),
      { block: norms.layer },
    ],
    layer: [
      mixer,
      patches,
      ffn,
      ...(reads_text === undefined ? [] : [{ ...ffn, name: 'text-ffn' }]),
    ],
    output: [block('projection', { d_out, bias: true })],
  }
}

/** The outer class makes the queries look at rows as wide as those of the tower, whatever their own config says. */
function seenWidth(q: Reader, { tower }: SeenBy): number {
  q.ignore('encoder_hidden_size')
  return tower.d_model
}

const queries = { num_query_tokens: 32 }
/** A Q-Former of the size of BERT base. */
export const small = {
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 3072,
  hidden_act: 'gelu',
  cross_attention_frequency: 2,
  encoder_hidden_size: 1408,
}

export const blip_2: TowerFamily = {
  defaults: queries,
  ties: 'text',
  build: (c, text) => {
    c.ignore('image_text_hidden_size', 'use_decoder_only_language_model')
    const seen = seenBy(c, eva)
    const { image_size, patch } = seen
    const n_tokens = c.count('num_query_tokens')
    const q = c.part('qformer_config', { ...small, use_qformer_text_input: false })
    if (q.flag('use_qformer_text_input'))
      throw q.unsupported('use_qformer_text_input', 'is true, which is not modelled')
    const d_source = seenWidth(q, seen)
    return [
      behind(seen, block('fixed-size-image', { image_size, patch, n_tokens })),
      former(q, { n_rows: n_tokens, d_source, d_out: text.d_model }),
    ]
  },
}

/** Its queries read the instruction as well, whose length no image tells: images cannot be counted. */
export const instructblip: TowerFamily = {
  defaults: queries,
  ties: 'text',
  build: (c, text) => {
    c.ignore('use_decoder_only_language_model')
    const seen = seenBy(c, eva)
    const q = c.part('qformer_config', {
      ...small,
      vocab_size: 30_522,
      max_position_embeddings: 512,
    })
    const n_rows = c.count('num_query_tokens')
    const reader = { n_rows, d_source: seenWidth(q, seen), d_out: text.d_model }
    return [
      { ...seen.tower, role: 'vision', feeds: 'projector' },
      former(q, { ...reader, reads_text: 'networks and tables' }),
    ]
  },
}
