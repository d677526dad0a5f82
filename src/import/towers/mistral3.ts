/** Mistral 3: a Pixtral tower whose patches are merged by a matrix before two more lead to the language model. */
import type { Tower } from '../../architecture/schema.ts'
import { activation, block } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { pixtral } from './pixtral.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, projectorOf, seenBy, visionOf } from './vision-kinds.ts'

function towers(c: Reader, seen: ReturnType<typeof seenBy>, bias: boolean): Tower[] {
  const merge = c.count('spatial_merge_size')
  const { image_size, patch, tower } = seen
  const width = tower.d_model
  const layersRead = c.wholeNumbers('vision_feature_layer', -1).length
  return [
    behind(seen, block('longest-side-image', { longest: image_size, patch, merge })),
    projectorOf(
      block('rmsnorm', { width }),
      block('merge-patches', { side: merge }),
      block('projection', { d_in: width * merge ** 2, d_out: width }),
      block('mlp-projector', {
        d_in: width * layersRead,
        ...(!bias && { bias: 0 }),
        activation: activation(c, 'gelu'),
      }),
    ),
  ]
}

export const mistral3: TowerFamily = {
  defaults: { spatial_merge_size: 2, vision_feature_layer: -1, multimodal_projector_bias: false },
  ties: 'outer, or tied',
  build: (c) => {
    c.ignore('projector_hidden_act')
    const usual = { kind: 'pixtral', defaults: { image_size: 1540, patch_size: 14 } }
    return towers(c, visionOf(c, usual), c.flag('multimodal_projector_bias'))
  },
}

export const lighton_ocr: TowerFamily = {
  defaults: { spatial_merge_size: 2 },
  ties: 'outer, or tied',
  build: (c) => towers(c, seenBy(c, pixtral, { image_size: 1540, patch_size: 14 }), false),
}
