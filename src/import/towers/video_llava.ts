/** Video-LLaVA: a tower for images and one for video, whose patches go through the same two matrices. */
import { block } from '../parts.ts'
import { dropsFirst, largeClip, llava, projector } from './llava.ts'
import type { TowerFamily } from './tower-family.ts'
import { behind, visionOf } from './vision-kinds.ts'
import { patchesOf } from './vit.ts'

export const video_llava: TowerFamily = {
  ...llava,
  ties: 'outer, or untied',
  build: (c) => {
    c.ignore('image_seq_length', 'video_seq_length', 'projector_hidden_act')
    const seen = visionOf(c, { ...largeClip, defaults: { ...largeClip.defaults, image_size: 224 } })
    const drops = dropsFirst(c)
    const { image_size, patch, n_prefix, tower } = seen
    const n_tokens = patchesOf(image_size, patch) + n_prefix - Number(drops)
    return [
      behind(seen, block('fixed-size-image', { image_size, patch, n_tokens })),
      { ...tower, role: 'vision', name: 'video', feeds: 'projector' },
      projector(c, seen, drops),
    ]
  },
}
