/** Fuyu: no tower; one matrix makes a vector for the language model of each patch. */
import { block } from '../parts.ts'
import type { TowerFamily } from './tower-family.ts'
import { entrance } from './vit.ts'

/** What images are made to fit in: the processor's, which no config of the model says. */
const canvas = { longest: 1920, highest: 1080 }

export const fuyu: TowerFamily = {
  defaults: { patch_size: 30, num_channels: 3 },
  ties: 'outer, or untied',
  build: (c, text) => {
    c.ignore('image_size')
    const [patch, channels] = [c.count('patch_size'), c.count('num_channels')]
    return [
      {
        role: 'vision',
        feeds: 'decoder',
        n_layers: 0,
        d_model: text.d_model,
        input: [
          block('longest-side-image', { ...canvas, patch }),
          ...entrance({ patch, channels, bias: true }),
        ],
        layer: [],
        output: [],
      },
    ]
  },
}
