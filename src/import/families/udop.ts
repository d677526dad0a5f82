/** UDOP: T5 over the words of a page and patches of its image, told apart by where on the page they stand. */
import type { BlockUse, Tower } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { block } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { side } from '../towers/vit.ts'
import { defaults, t5Like } from './t5.ts'

const kinds = ['1d', 'horizontal', 'vertical']

/** Tables of distances outside of the layers: all but that of the distance in the text, which the first layer stores. */
function tablesBeside(c: Reader): number {
  const told = c.records('relative_bias_args')
  if (told === null) return kinds.length - 1
  const [first, ...others] = told.map(({ type }) => type)
  const plain = told.every((each) => Object.keys(each).every((key) => key === 'type'))
  if (!plain || first !== kinds[0] || others.some((type) => !kinds.includes(String(type))))
    throw c.unsupported(
      'relative_bias_args',
      'is not a list of {"type"} that begins with 1d and goes on with horizontal or vertical; others are not modelled',
    )
  return others.length
}

/** Patches of the page's image, through one matrix to the width of the encoder, which has them after the words. */
const imageOf = (c: Reader, patch: number, channels: number): Tower => ({
  role: 'vision',
  feeds: 'encoder',
  n_layers: 0,
  input: [
    block('fixed-size-image', { image_size: side(c, 'image_size'), patch }),
    block('patch-embedding', { patch, channels, bias: true }),
  ],
  layer: [],
  output: [],
})

export const udop: Family = {
  defaults: {
    ...defaults,
    vocab_size: 33201,
    hidden_size: 1024,
    d_ff: 4096,
    num_layers: 24,
    num_heads: 16,
    image_size: 224,
    patch_size: 16,
    num_channels: 3,
    max_2d_position_embeddings: 1024,
  },
  build: (c) => {
    // The model code ties the tables whatever the config says.
    c.ignore('tie_word_embeddings', 'max_bbox_length')
    const [patch, channels] = [side(c, 'patch_size'), c.count('num_channels')]
    const [n_tables, n_heads] = [tablesBeside(c), c.count('num_heads')]
    const corners = c.count('max_2d_position_embeddings')
    const cells = ['across', 'down'].map((way): BlockUse => ({
      ...block('learned-positions', { max_positions: corners }),
      name: way,
    }))
    const distances =
      n_tables > 0 ? [block('distance-table', { n_heads, n_tables, joined: true })] : []
    const d_model = c.count('hidden_size')
    const idle = (channels * patch ** 2 + 1) * d_model + n_tables * buckets * n_heads
    const whole = t5Like(c, { tied: true })
    const [encoder, decoder] = whole.stacks
    return {
      ...whole,
      stacks: [
        { ...encoder!, input: [...encoder!.input, ...cells, ...distances] },
        // The decoder's class builds a matrix for patches and tables of distances too, and looks at none of them.
        { ...decoder!, input: [...decoder!.input, block('idle-weights', { values: idle })] },
      ],
      towers: [imageOf(c, patch, channels)],
    }
  },
}

/** Ranges of distances in a table outside of the layers, whatever those in the layers have. */
const buckets = 32
