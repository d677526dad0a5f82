/** K-EXAONE: EXAONE 4's attention under norms before, experts after the first layer. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { norms } from '../parts.ts'
import { denseFirst, sharedExperts } from './deepseek.ts'
import { partlyWindowed } from './smollm3.ts'

export const exaone_moe: Family = {
  defaults: {
    vocab_size: 102400,
    hidden_size: 4096,
    intermediate_size: 16384,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 32,
    max_position_embeddings: 2048,
    sliding_window: 4096,
    sliding_window_pattern: 4,
    first_k_dense_replace: 1,
    moe_intermediate_size: 1024,
    num_local_experts: 64,
    num_experts_per_tok: 8,
    n_shared_experts: 1,
    tie_word_embeddings: false,
  },
  build: (c) =>
    decoder(
      c,
      preNorm(
        norms.rms,
        partlyWindowed(c),
        denseFirst(c, () => sharedExperts(c)),
      ),
    ),
  unverified: true,
}
