/** Florence-2: DaViT, whose stages see fewer and wider patches, half of their attention between channels. */
import type { BlockUse, Sublayer, Tower } from '../../architecture/schema.ts'
import { block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import type { TowerFamily } from './tower-family.ts'

/** Side of the square that images are scaled to: the processor's, which no config of the model says. */
const image_size = 768

interface Stage {
  d_model: number
  before: number
  depth: number
  kernel: number
  stride: number
  n_heads: number
  n_groups: number
  prenorm: boolean
  /** Patches along a side of the image. */
  grid_side: number
}

/** Windows in one block, channels in the next. */
function layers(v: Reader, { d_model, n_heads, n_groups, grid_side }: Stage): Sublayer[] {
  const conv = (name: string): Sublayer => ({ name, block: 'depthwise-convolution-2d' })
  const qkv_bias = v.flag('qkv_bias', true)
  const bias = qkv_bias ? {} : { qkv_bias: 0 }
  const d_ff = Math.floor(d_model * v.number('mlp_ratio'))
  const step = (name: string, use: BlockUse): Sublayer => ({ ...use, name, before: norms.layer })
  const window_side = v.count('window_size')
  return [
    conv('first-conv'),
    step('windows', block('padded-window-attention', { n_heads, window_side, grid_side, ...bias })),
    conv('second-conv'),
    step('ffn', block('ffn', { d_ff, ffn_bias: true })),
    conv('third-conv'),
    step('channels', block('channel-attention', { n_groups, ...bias })),
    conv('fourth-conv'),
    step('channel-ffn', block('ffn', { d_ff, ffn_bias: true })),
  ]
}

/** Patches of the image, or of the stage before. */
const entrance = (place: number, stage: Stage, channels: number): BlockUse[] => {
  const { kernel, stride, before, prenorm, d_model } = stage
  const conv =
    place === 0
      ? block('patch-embedding', { patch: stride, kernel, channels, bias: true })
      : block('convolution-2d', { d_in: before, kernel, stride, bias: true })
  const norm = block('layernorm', { ...(prenorm && before !== d_model && { width: before }) })
  return prenorm ? [norm, conv] : [conv, norm]
}

function stagesOf(v: Reader): Stage[] {
  const widths = v.wholeNumbers('embed_dim', 128)
  const lists = ['depths', 'patch_size', 'patch_stride', 'num_attention_heads', 'num_groups']
  const [depths, kernels, strides, heads, groups] = lists.map((key) => v.wholeNumbers(key, 1))
  const prenorms = v.marks('patch_prenorm', widths.length, {
    from: 'embed_dim',
    kind: (stage) => stage > 0,
  })
  let grid_side = image_size
  return widths.map((d_model, place) => {
    grid_side = Math.ceil(grid_side / strides![place]!)
    return {
      d_model,
      before: place === 0 ? v.count('num_channels') : widths[place - 1]!,
      depth: depths![place]!,
      kernel: kernels![place]!,
      stride: strides![place]!,
      n_heads: heads![place]!,
      n_groups: groups![place]!,
      prenorm: prenorms[place]!,
      grid_side,
    }
  })
}

export const florence2: TowerFamily = {
  defaults: { tie_word_embeddings: true },
  // The text's own flag ties the tables of its two sides.
  ties: 'text',
  head: (c) => ({ tied: c.flag('tie_word_embeddings') }),
  build: (c, text): Tower[] => {
    const v = c.part('vision_config', {
      num_channels: 3,
      depths: [1, 1, 9, 1],
      patch_size: [7, 3, 3, 3],
      patch_stride: [4, 2, 2, 2],
      patch_prenorm: [false, true, true, true],
      embed_dim: [128, 256, 512, 1024],
      num_attention_heads: [4, 8, 16, 32],
      num_groups: [4, 8, 16, 32],
      window_size: 12,
      mlp_ratio: 4,
      qkv_bias: true,
      max_position_embeddings: 50,
      projection_dim: 1024,
    })
    const d_out = v.count('projection_dim')
    if (d_out !== text.d_model)
      throw v.wrong('projection_dim', `is ${d_out}; the text is ${text.d_model} wide`)
    v.ignore('patch_padding', 'max_temporal_embeddings', 'hidden_act', 'drop_path_rate')
    const stages = stagesOf(v)
    const last = stages.at(-1)!
    const intake = block('fixed-size-image', {
      image_size,
      patch: stages[0]!.stride,
      n_tokens: last.grid_side ** 2 + 1,
    })
    const towers = stages.map((stage, place): Tower => ({
      role: 'vision',
      name: `stage-${place + 1}`,
      feeds: place + 1 < stages.length ? `stage-${place + 2}` : 'projector',
      n_layers: stage.depth,
      d_model: stage.d_model,
      input: [...(place === 0 ? [intake] : []), ...entrance(place, stage, v.count('num_channels'))],
      layer: layers(v, stage),
      output: [],
    }))
    const d_emb = last.d_model
    return [
      ...towers,
      {
        role: 'projector',
        feeds: 'encoder',
        n_layers: 0,
        input: [
          // A row of the table for every place down, and one for every place across, each of half the width.
          block('learned-positions', { max_positions: v.count('max_position_embeddings'), d_emb }),
          block('prefix-tokens', { n_vectors: 1, learned: 0 }),
          block('projection', { d_in: d_emb }),
          { block: 'layernorm' },
        ],
        layer: [],
        output: [],
      },
    ]
  },
}
