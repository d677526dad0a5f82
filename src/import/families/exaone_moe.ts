/** K-EXAONE: EXAONE 4's attention under norms before, experts after the first layer. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { norms } from '../parts.ts'
import { denseFirst, sharedExperts } from './deepseek.ts'
import { exaone4Defaults, partlyWindowed } from './smollm3.ts'

export const exaone_moe: Family = {
  defaults: {
    ...exaone4Defaults,
    first_k_dense_replace: 1,
    moe_intermediate_size: 1024,
    num_local_experts: 64,
    num_experts_per_tok: 8,
    n_shared_experts: 1,
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
}
