/** ModernBERT as a decoder: a causal window in two layers of three, and a dense layer before the scores. */
import type { Architecture } from '../../architecture/schema.ts'
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { activation, attention, biasesIf, block, gatedFfn, heads } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { kindsOf } from '../windows.ts'
import { modernbertDefaults, withoutFirstNorm } from './modernbert.ts'

const thetas = {
  full_attention: 'global_rope_theta',
  sliding_attention: 'local_rope_theta',
  chunked_attention: 'local_rope_theta',
} as const

function mixer(c: Reader) {
  const every = c.count('global_attn_every_n_layers')
  // Half of what the key says lies before a token, as in the encoder.
  const window = Math.floor(c.count('local_attention') / 2)
  const shape = heads(c, { split: true, grouped: false })
  const bias = biasesIf(c.flag('attention_bias'))
  return byKind(
    kindsOf(c, (layer) => layer % every !== 0, { from: 'global_attn_every_n_layers' }),
    (kind) =>
      attention(c, {
        heads: shape,
        bias,
        window: kind === 'full_attention' ? null : window,
        position: rotary(c, shape.d_head, { kind, theta_key: thetas[kind] }),
      }),
    { full_attention: { every } },
  )
}

/** A dense layer and a norm stand between the last layer and the scores. */
function withHead(c: Reader, norm: ReturnType<typeof block>, whole: Architecture): Architecture {
  const dense = block('projection', { bias: c.flag('classifier_bias') })
  return {
    ...whole,
    stacks: whole.stacks.map((stack) => ({
      ...stack,
      output: [
        ...stack.output.slice(0, -1),
        { ...dense, name: 'head-dense' },
        { ...norm, name: 'head-norm' },
        stack.output.at(-1)!,
      ],
    })),
  }
}

export const modernbert_decoder: Family = {
  types: ['modernbert-decoder'],
  labels: 'own',
  defaults: { ...modernbertDefaults, local_rope_theta: 160000 },
  build: (c) => {
    c.ignore('classifier_activation', 'reference_compile', 'sliding_window')
    const norm = { block: 'layernorm', bias: c.flag('norm_bias') }
    const ffn = gatedFfn(c, { bias: c.flag('mlp_bias'), activation: activation(c, 'gelu') })
    const [attend, ...others] = preNorm(norm, mixer(c), ffn)
    const whole = decoder(c, [withoutFirstNorm(attend!, countLayers(c)), ...others], {
      embedding_norm: norm,
      final_norm: norm,
      head_bias: c.flag('decoder_bias'),
    })
    return withHead(c, norm, whole)
  },
}
