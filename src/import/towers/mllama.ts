/** Llama 3.2 Vision: all tiles of an image, filled or not, in one sequence; some layers of the text look at what comes out. */
import type { BlockUse, Sublayer, Tower } from '../../architecture/schema.ts'
import { block, norms, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { steps } from '../stacks.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'
import { entrance, patchesOf } from './vit.ts'

const defaults = {
  hidden_size: 1280,
  intermediate_size: 5120,
  num_hidden_layers: 32,
  num_global_layers: 8,
  num_attention_heads: 16,
  num_channels: 3,
  image_size: 448,
  patch_size: 14,
  max_num_tiles: 4,
  vision_output_dim: 7680,
  hidden_act: 'gelu',
  intermediate_layers_indices: [3, 7, 15, 23, 30],
}

/** Pairs of tiles down and across that an image may be cut into, and none. */
function nShapes(v: Reader, most: number): number {
  const said = v.lists('supported_aspect_ratios')
  if (said !== null) return said.length + 1
  let shapes = 0
  for (let down = 1; down <= most; down++) shapes += Math.floor(most / down)
  return v.derive('supported_aspect_ratios', 'max_num_tiles', shapes) + 1
}

/** Without biases in attention. */
const layerOf = (v: Reader): Sublayer[] =>
  steps(norms.layer, 'before', {
    mixer: block('attention', { n_heads: v.count('num_attention_heads') }),
    ffn: plainFfn(v, { bias: true }),
  })

const table = (name: string, max_positions: number): BlockUse => ({
  ...block('learned-positions', { max_positions }),
  name,
})
const gates = (values: number): BlockUse & { name: string } => ({
  ...block('learned-scale', { values }),
  name: 'gates',
})

/** Rows of a tile with its class token are filled up to a multiple of this. */
const multiple = 8

export const mllama: TowerFamily = {
  defaults: {},
  ties: 'never',
  build: (c): Tower[] => {
    const v = c.part('vision_config', defaults)
    const [d_model, most] = [v.count('hidden_size'), v.count('max_num_tiles')]
    const [image_size, patch] = [v.count('image_size'), v.count('patch_size')]
    const shapes = nShapes(v, most)
    const rows = patchesOf(image_size, patch) + 1
    const filling = most * (Math.ceil(rows / multiple) * multiple - rows)
    const layer = layerOf(v)
    const kept = v.wholeNumbers('intermediate_layers_indices', 0).length + 1
    const d_out = v.count('vision_output_dim')
    if (d_out !== kept * d_model)
      throw v.wrong(
        'vision_output_dim',
        `is ${d_out}, but ${kept} states of ${d_model} are ${kept * d_model} together`,
      )
    return [
      {
        role: 'vision',
        feeds: 'global',
        n_layers: v.count('num_hidden_layers'),
        d_model,
        input: [
          block('fixed-size-image', { image_size, patch, stacked: most, n_tokens: 1 }),
          ...entrance({ patch, channels: v.count('num_channels'), n_prefix: 1 }),
          // The class token of the other tiles, which is the same, and rows that fill them up.
          {
            ...block('prefix-tokens', { n_vectors: most - 1 + filling, learned: 0 }),
            name: 'filling',
          },
          table('positions', rows * (1 + shapes * most)),
          table('tiles', shapes * most),
          gates(2),
          { block: norms.layer },
        ],
        layer,
        output: [{ block: norms.layer }],
      },
      {
        role: 'vision',
        name: 'global',
        feeds: 'projector',
        n_layers: v.count('num_global_layers'),
        d_model,
        input: [table('tiles', shapes * most), gates(1)],
        layer: [...layer, gates(2)],
        output: filling > 0 ? [block('drop-prefix', { n_vectors: filling })] : [],
      },
      projectorOf(block('projection', { d_in: d_out, bias: true })),
    ]
  },
}
