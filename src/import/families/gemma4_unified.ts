/** Gemma 4 without towers: images and sound enter as they are; no vectors for each layer, no experts. */
import type { Family } from '../family.ts'
import { gemma4_text } from './gemma4.ts'

export const gemma4_unified_text: Family = {
  ...gemma4_text,
  defaults: {
    ...gemma4_text.defaults,
    max_position_embeddings: 262144,
    sliding_window: 1024,
    hidden_size_per_layer_input: 0,
  },
}
