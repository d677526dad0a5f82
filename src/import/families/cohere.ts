/** Command R: attention and FFN side by side under one scale-only norm; then windows, and full layers without positions. */
import { decoder, parallel, parallelLayered } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { attention, biasesIf, gatedFfn, heads, norms, sideBySide } from '../parts.ts'
import { rotary } from '../rope.ts'
import { allButEvery, everyLast, kindsOf, windowSize } from '../windows.ts'

const defaults = {
  vocab_size: 256000,
  hidden_size: 8192,
  intermediate_size: 22528,
  num_hidden_layers: 40,
  num_attention_heads: 64,
  max_position_embeddings: 8192,
  tie_word_embeddings: true,
}

export const cohere: Family = {
  defaults: { ...defaults, rope_theta: 500000 },
  build: (c) => {
    const mixer = attention(c, {
      bias: biasesIf(c.flag('attention_bias')),
      ...(c.flag('use_qk_norm') && { qk_norm: 'full' }),
    })
    return decoder(c, parallel(norms.scale_only, mixer, gatedFfn(c)), {
      final_norm: norms.scale_only,
    })
  },
}

export const cohere2: Family = {
  defaults: { ...defaults, sliding_window: 4096, sliding_window_pattern: 4 },
  build: (c) => {
    const shape = heads(c)
    const window = windowSize(c)
    const bias = biasesIf(c.flag('attention_bias'))
    const period = c.count('sliding_window_pattern')
    const body = byKind(
      kindsOf(c, allButEvery(period), { from: 'sliding_window_pattern' }),
      (kind) => {
        const slides = kind !== 'full_attention' && window !== null
        const own = slides
          ? { window, position: rotary(c, shape.d_head, { kind }) }
          : { position: null }
        return sideBySide(attention(c, { heads: shape, bias, ...own }), gatedFfn(c))
      },
      c.has('layer_types') ? {} : { full_attention: everyLast(period) },
    )
    return decoder(c, parallelLayered(norms.scale_only, body), { final_norm: norms.scale_only })
  },
}
