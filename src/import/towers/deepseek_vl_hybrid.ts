/** DeepSeek-VL with two towers: SigLIP on a small square, SAM on a large one, half of each token made of either. */
import type { BlockUse, Tower } from '../../architecture/schema.ts'
import { block } from '../parts.ts'
import { halvings, neck, samDefaults, samTower } from './sam.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, projectorOf, visionOf } from './vision-kinds.ts'

/** Runs twice, over what the last layer and an earlier one made; stored once. */
const twice = (use: BlockUse, side: number): BlockUse[] =>
  ['last', 'earlier'].flatMap((name) => [
    block('resized-grid', { name: `${use.name}-grid-${name}`, side }),
    { ...use, name: `${use.name}-${name}`, share: use.name },
  ])

export const deepseek_vl_hybrid: TowerFamily = {
  defaults: {},
  ties: 'outer, or tied',
  build: (c, text): Tower[] => {
    c.ignore('num_image_tokens')
    const seen = visionOf(c, { kind: 'siglip_vision_model' })
    const { image_size, patch, tower } = seen
    const high = samTower(c.part('high_res_vision_config', { ...samDefaults, mlp_dim: null }))
    const { image_size: high_size, patch: high_patch, d_out, ...sam } = high
    const side = Math.floor(image_size / patch)
    const [first, second] = halvings(d_out)
    // Tokens are counted where the small square is cut.
    const intake = { image_size: high_size, patch: high_patch, n_tokens: 0 }
    const half = Math.floor(text.d_model / 2)
    const to = (name: string, d_in: number): Tower => ({
      ...projectorOf(block('projection', { d_in, d_out: half, bias: true })),
      name,
      feeds: 'projector',
    })
    return [
      behind(seen, block('fixed-size-image', { image_size, patch }), 'projector-of-small'),
      {
        ...sam,
        role: 'vision',
        name: 'high-resolution',
        feeds: 'projector-of-large',
        input: [block('fixed-size-image', intake), ...sam.input],
        output: [
          ...sam.output,
          ...neck(sam.d_model!, d_out, 'earlier-neck'),
          ...twice(first!, 4 * side),
          ...twice(second!, 2 * side),
          block('learned-scale', { values: 1 }),
        ],
      },
      to('projector-of-small', tower.d_model),
      to('projector-of-large', 4 * d_out),
      projectorOf(block('projection', { bias: true })),
    ]
  },
}
