/** Aya Vision and Command A Vision: tiles of a SigLIP tower, patches merged and led on by a network with a gate. */
import { block } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, projectorOf, visionOf } from './vision-kinds.ts'
import { patchesOf } from './vit.ts'

interface Differs {
  vision: Record<string, unknown>
  /** A norm before the network. */
  norm: boolean
}

const family = ({ vision, norm }: Differs): TowerFamily => ({
  defaults: { downsample_factor: 2 },
  ties: 'outer, or tied',
  build: (c, text) => {
    c.ignore('vision_feature_layer', 'vision_feature_select_strategy')
    const seen = visionOf(c, { kind: 'siglip_vision_model', defaults: vision })
    const { image_size: tile, patch, tower } = seen
    const merge = c.count('downsample_factor')
    const d_in = tower.d_model * merge ** 2
    const n_tokens = Math.floor(patchesOf(tile, patch) / merge ** 2) + 1
    const d_hidden = c.count('alignment_intermediate_size', norm ? text.d_model : 36_864)
    return [
      behind(seen, block('tiled-image', { tile, patch, n_tokens, around: 2 })),
      projectorOf(
        block('merge-patches', { side: merge }),
        ...(norm ? [block('layernorm', { width: d_in })] : []),
        block('gated-projector', { d_in, d_hidden }),
      ),
    ]
  },
})

export const aya_vision = family({
  vision: {
    hidden_size: 1152,
    intermediate_size: 4304,
    num_hidden_layers: 26,
    num_attention_heads: 14,
    image_size: 384,
    patch_size: 14,
    vision_use_head: false,
  },
  norm: true,
})

export const cohere2_vision = family({
  vision: {
    hidden_size: 1152,
    intermediate_size: 3072,
    num_hidden_layers: 27,
    num_attention_heads: 12,
    image_size: 512,
  },
  norm: false,
})
