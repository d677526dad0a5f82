/** LLaVA-NeXT and LLaVA-OneVision: a canvas of tiles and the whole image, rows of patches that a learned vector ends. */
import type { Tower } from '../../architecture/schema.ts'
import { block } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { dropsFirst, largeClip, projector } from './llava.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, visionOf } from './vision-kinds.ts'

interface Differs {
  vision: Parameters<typeof visionOf>[1]
  strategy: 'default' | 'full'
  /** The layer whose output is read. */
  layer: number
  pinpoints: readonly (readonly [height: number, width: number])[]
  ties: TowerFamily['ties']
  /** Tiles, beyond which patches are scaled down. */
  most?: number
}

function family({ vision, strategy, layer, pinpoints, ties, most }: Differs): TowerFamily {
  return {
    defaults: {
      vision_feature_layer: layer,
      vision_feature_select_strategy: strategy,
      multimodal_projector_bias: true,
      image_grid_pinpoints: pinpoints,
    },
    ties,
    build: (c): Tower[] => {
      ignored(c)
      const seen = visionOf(c, vision)
      const drops = dropsFirst(c, strategy)
      const canvases = c.pairs('image_grid_pinpoints', pinpoints)
      const { image_size: tile, patch } = seen
      const intake = block('canvas-image', {
        tile,
        patch,
        widths: canvases.map(([, width]) => width),
        heights: canvases.map(([height]) => height),
        most,
      })
      const to = projector(c, seen, drops)
      return [behind(seen, intake), { ...to, input: [...to.input, { block: 'line-break' }] }]
    },
  }
}

const ignored = (c: Reader): void =>
  c.ignore(
    'image_seq_length',
    'video_seq_length',
    'projector_hidden_act',
    'spatial_pool_mode',
    'spatial_pool_stride',
    'use_image_newline_parameter',
    'vision_aspect_ratio',
  )

const next: Differs = {
  vision: largeClip,
  strategy: 'default',
  layer: -2,
  pinpoints: [
    [336, 672],
    [672, 336],
    [672, 672],
    [1008, 336],
    [336, 1008],
  ],
  ties: 'outer, or untied',
}
export const llava_next = family(next)
export const llava_next_video = family({ ...next, ties: 'either' })

const upTo6 = [1, 2, 3, 4, 5, 6].map((tiles) => 384 * tiles)
export const llava_onevision = family({
  vision: {
    kind: 'siglip_vision_model',
    defaults: {
      hidden_size: 1152,
      intermediate_size: 4304,
      num_hidden_layers: 26,
      num_attention_heads: 16,
      image_size: 384,
      patch_size: 14,
      vision_use_head: false,
    },
  },
  strategy: 'full',
  layer: -1,
  pinpoints: upTo6.flatMap((height) => upTo6.map((width) => [height, width] as const)),
  ties: 'either',
  most: 9,
})
