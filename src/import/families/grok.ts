/** Grok: norms before and after each step, and a dense FFN beside the experts from the second version on. */
import type { Sublayer } from '../../architecture/schema.ts'
import { decoder } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { attention, gatedFfn, moe, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'

function ffn(c: Reader): Sublayer {
  const width = c.optionalCount('moe_intermediate_size') ?? c.count('intermediate_size')
  const experts = moe(c, { width, activation: 'gelu' })
  const around = { name: 'ffn', before: norms.rms, after: norms.rms }
  if (!c.flag('residual_moe')) return { ...experts, ...around }
  const dense = gatedFfn(c, { activation: 'gelu' })
  return {
    ...around,
    blocks: [
      { ...dense, name: 'dense' },
      { ...experts, name: 'experts' },
    ],
  }
}

export const grok: Family = {
  types: ['grok', 'grok-1'],
  defaults: { ...llamaDefaults, num_local_experts: 8, num_experts_per_tok: 2 },
  build: (c) => {
    c.ignore(...costless)
    // Where every layer sees everything, the window, -1 as published, is of none.
    if (c.count('global_attn_every_n', 1) !== 1)
      throw c.wrong('global_attn_every_n', 'is not 1; layers that slide are not modelled')
    const mixer = { ...attention(c), name: 'mixer', before: norms.rms, after: norms.rms }
    return decoder(c, [mixer, ffn(c)])
  },
  unverified: true,
}

const costless = [
  'attn_temperature_len',
  'embedding_multiplier_scale',
  'output_multiplier_scale',
  'router_logit_softcapping',
  'attn_factor',
  'beta_fast',
  'beta_slow',
  'extrapolation_factor',
  'sliding_window_size',
]
