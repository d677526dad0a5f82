/** Mistral's dense models and mixtures: all layers slide, or none, or as listed. */
import { decoder, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { block, gatedFfn, moe, norms } from '../parts.ts'
import { sliding, slidingEverywhere } from '../windows.ts'

const defaults = {
  ...llamaDefaults,
  intermediate_size: 14336,
  num_key_value_heads: 8,
  max_position_embeddings: 131072,
}

export const mistral: Family = {
  defaults: { ...defaults, sliding_window: 4096 },
  build: (c) => decoder(c, preNorm(norms.rms, slidingEverywhere(c), gatedFfn(c))),
}

/** `layer_types` say which layers slide; all do where there are none. */
export const ministral: Family = {
  defaults: { ...defaults, sliding_window: 4096 },
  build: (c) =>
    decoder(
      c,
      preNorm(
        norms.rms,
        sliding(c, () => true),
        gatedFfn(c),
      ),
    ),
  unverified: true,
}

export const ministral3: Family = {
  defaults: {
    ...defaults,
    vocab_size: 131072,
    num_hidden_layers: 34,
    head_dim: 128,
    max_position_embeddings: 262144,
    rope_scaling: {
      rope_type: 'yarn',
      rope_theta: 1000000,
      factor: 16,
      original_max_position_embeddings: 16384,
      beta_fast: 32,
      beta_slow: 1,
      mscale: 1,
      mscale_all_dim: 1,
    },
  },
  build: (c) => decoder(c, preNorm(norms.rms, slidingEverywhere(c), gatedFfn(c))),
}

export const mixtral: Family = {
  defaults: { ...defaults, num_local_experts: 8, num_experts_per_tok: 2, rope_theta: 1000000 },
  build: (c) => {
    const experts = moe(c, { width: c.count('intermediate_size') })
    return decoder(c, preNorm(norms.rms, slidingEverywhere(c), experts))
  },
}

/** Each layer scales what its FFN reads by what is made from the delay of the transcription. */
export const voxtral_realtime_text: Family = {
  defaults: { ...defaults, sliding_window: 4096 },
  build: (c) => {
    const [mixer, ffn] = preNorm(norms.rms, slidingEverywhere(c), gatedFfn(c))
    return decoder(c, [mixer!, { ...block('conditioned-scale', {}), name: 'delay' }, ffn!])
  },
}
