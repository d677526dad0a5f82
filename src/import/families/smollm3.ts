/** SmolLM3 and EXAONE 4: some layers go without positions. */
import { decoder, postNorm, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import type { Layered } from '../layers.ts'
import { partlyTurned, turningLayers } from '../nope.ts'
import { attention, biasesIf, gatedFfn, heads, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { kindsOf, sliding, windowSize } from '../windows.ts'

export const smollm3: Family = {
  defaults: {
    vocab_size: 128256,
    hidden_size: 2048,
    intermediate_size: 11008,
    num_hidden_layers: 36,
    num_attention_heads: 16,
    num_key_value_heads: 4,
    max_position_embeddings: 32768,
    rope_theta: 2000000,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const shape = heads(c)
    const listed = c.has('layer_types')
    if (listed) c.ignore('use_sliding_window')
    const window = listed || c.flag('use_sliding_window') ? windowSize(c) : null
    if (window === null) c.ignore('sliding_window')
    const turns = turningLayers(c)
    const kinds = kindsOf(c, (layer) => window !== null && !turns[layer], {
      from: 'use_sliding_window, no_rope_layers',
    })
    const bias = biasesIf(c.flag('attention_bias'))
    const mixer = partlyTurned(kinds, turns, (kind, is_turned) =>
      attention(c, {
        heads: shape,
        bias,
        ...(window !== null && { window: kind === 'full_attention' ? null : window }),
        position: is_turned ? rotary(c, shape.d_head, { kind }) : null,
      }),
    )
    return decoder(c, preNorm(norms.rms, mixer, gatedFfn(c, { bias: c.flag('mlp_bias') })))
  },
}

/** A number n for "every n-th is full", or letters such as "LLLG", which say the same. */
function periodOf(c: Reader): number {
  return c.letters('sliding_window_pattern')?.length ?? c.count('sliding_window_pattern')
}

/** Sliding layers and, beside them, full ones without positions. */
export function partlyWindowed(c: Reader): Layered {
  const slides = windowSize(c) !== null
  const listed = c.has('layer_types')
  if (listed || !slides) c.ignore('sliding_window_pattern')
  return sliding(c, listed || !slides ? () => false : { all_but_every: periodOf(c) }, {
    from: 'sliding_window, sliding_window_pattern',
    qk_norm: 'shared',
    position_of: (kind, d_head) =>
      slides && kind === 'full_attention' ? null : rotary(c, d_head, { kind }),
  })
}

export const exaone4Defaults = {
  vocab_size: 102400,
  hidden_size: 4096,
  intermediate_size: 16384,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 32,
  max_position_embeddings: 2048,
  sliding_window: 4096,
  sliding_window_pattern: 4,
  tie_word_embeddings: false,
}

export const exaone4: Family = {
  defaults: exaone4Defaults,
  build: (c) => decoder(c, postNorm(norms.rms, partlyWindowed(c), gatedFfn(c))),
}
