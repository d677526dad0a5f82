/** HyperCLOVA X Vision: Qwen2.5-VL's tower, whose merged patches go through one more matrix. */
import { block } from '../parts.ts'
import { windowedTower } from './qwen_vl.ts'
import type { TowerFamily } from './tower-family.ts'
import { projectorOf } from './vision-kinds.ts'

export const hyperclovax_vision_v2: TowerFamily = {
  defaults: {},
  ties: 'outer, or tied',
  build: (c) => {
    const tower = windowedTower(c)
    const d_in = c.part('vision_config', { out_hidden_size: 3584 }).count('out_hidden_size')
    return [
      { ...tower, feeds: 'projector' },
      projectorOf(block('projection', { d_in, bias: true })),
    ]
  },
}
