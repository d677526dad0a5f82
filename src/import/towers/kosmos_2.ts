/** KOSMOS-2: learned queries attend to what CLIP makes of an image, and to each other. */
import type { Tower } from '../../architecture/schema.ts'
import { block } from '../parts.ts'
import { clip } from './clip.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, seenBy } from './vision-kinds.ts'

const vision = {
  hidden_size: 1024,
  intermediate_size: 4096,
  num_hidden_layers: 24,
  num_attention_heads: 16,
  patch_size: 14,
}

interface Summary {
  /** Width of the rows that are summed up, and of the text. */
  d_in: number
  d_model: number
  /** Learned queries. */
  n_rows: number
  n_heads: number
}

/** Learned queries that attend to rows of an image, led to the width of the text, and to each other. */
export const summedUp = ({ d_in, d_model, n_rows, n_heads }: Summary): Tower => ({
  role: 'projector',
  feeds: 'decoder',
  n_layers: 1,
  d_model,
  input: [block('projection', { d_in, bias: true }), block('learned-rows', { n_rows })],
  layer: [{ ...block('perceiver-attention', { n_heads, bias: true }), name: 'mixer' }],
  output: [],
})

export const kosmos_2: TowerFamily = {
  defaults: { latent_query_num: 64 },
  ties: 'either, or tied',
  build: (c, text): Tower[] => {
    const seen = seenBy(c, { ...clip, defaults: { ...clip.defaults, ...vision } })
    const { image_size, patch, tower } = seen
    const n_rows = c.count('latent_query_num')
    const n_heads = c.part('text_config', { num_attention_heads: 32 }).count('num_attention_heads')
    // Two marks stand around the rows of an image.
    return [
      behind(seen, block('fixed-size-image', { image_size, patch, n_tokens: n_rows + 2 })),
      summedUp({ d_in: tower.d_model, d_model: text.d_model, n_rows, n_heads }),
    ]
  },
}
