/** Granite's mixtures: as LLaMA with experts in every layer, some with a shared one. */
import { decoder, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { attention, biasesIf, moe, norms } from '../parts.ts'

export const granitemoe: Family = {
  types: ['granitemoe', 'granitemoeshared'],
  defaults: { ...llamaDefaults, num_local_experts: 8, num_experts_per_tok: 2 },
  build: (c) => {
    const shared = c.count('shared_intermediate_size', 0, 0)
    return decoder(
      c,
      preNorm(
        norms.rms,
        attention(c, { bias: biasesIf(c.flag('attention_bias')) }),
        moe(c, { width: c.count('intermediate_size'), shared }),
      ),
    )
  },
}
