/** T5Gemma 2: Gemma 3 as an encoder that sees images, and as a decoder whose attention is one over source and target. */
import type { Stack } from '../../architecture/schema.ts'
import { countLayers, sandwich } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { attention, biasesIf, block, gatedFfn, heads, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary, type LayerKind } from '../rope.ts'
import { gemma3 } from '../towers/gemma3.ts'
import { feedingEncoder } from '../towers/vision-kinds.ts'
import { allButEvery, everyLast, kindsOf, windowSize } from '../windows.ts'
import { gemma3_text } from './gemma.ts'

/** In the encoder a window lies to both sides; of an even one more lies ahead. */
const bothSides = (window: number): object => {
  const [before, after] = [Math.floor((window - 1) / 2), Math.floor(window / 2)]
  return { reach: before, ...(after !== before && { reach_after: after }) }
}

function mixer(c: Reader, role: Stack['role']): Layered {
  const shape = heads(c)
  const window = windowSize(c)
  const every = c.count('sliding_window_pattern')
  const seen = (slides: boolean): object =>
    role === 'decoder'
      ? { window: slides ? window : null }
      : slides && window !== null
        ? bothSides(window)
        : {}
  const of = (kind: LayerKind) =>
    attention(c, {
      heads: shape,
      bias: biasesIf(c.flag('attention_bias')),
      qk_norm: 'shared',
      ...seen(kind !== 'full_attention'),
      position: rotary(c, shape.d_head, {
        kind,
        ...(kind === 'sliding_attention' && { scaled: false, theta_key: 'rope_local_base_freq' }),
      }),
    })
  return byKind(
    kindsOf(c, allButEvery(every), { from: 'sliding_window_pattern' }),
    (kind) => (role === 'decoder' ? { ...of(kind), block: 'merged-attention' } : of(kind)),
    c.has('layer_types') ? {} : { full_attention: everyLast(every) },
  )
}

function stack(c: Reader, role: Stack['role'], tied: boolean): Stack {
  const table = { vocab_size: c.count('vocab_size'), ...(tied && { share: 'embedding' }) }
  return {
    role,
    n_layers: countLayers(c),
    input: [
      block('token-embedding', table),
      // The token that ends an image has a vector beside the table, one for both sides where that is one.
      {
        ...block('learned-scale', tied ? { share: 'end-of-image' } : {}),
        name: 'end-of-image',
      },
    ],
    layer: sandwich(norms.rms, mixer(c, role), gatedFfn(c)),
    output: [{ block: 'rmsnorm' }],
  }
}

export const t5gemma2: Family = {
  defaults: {},
  build: (c) => {
    const tied = c.flag('tie_word_embeddings', true)
    c.ignore('eoi_token_index', 'vocab_size', 'dropout_rate', 'classifier_dropout_rate')
    const seen = c.part('encoder', gemma3.defaults)
    const { defaults } = gemma3_text
    const from = seen.part('text_config', defaults)
    const to = c.part('decoder', defaults)
    for (const [key, of] of [
      ['hidden_size', from],
      ['vocab_size', from],
    ] as const)
      if (of.count(key) !== to.count(key))
        throw to.wrong(
          key,
          `is ${to.count(key)}, but the encoder's is ${of.count(key)}; they are to be equal`,
        )
    seen.ignore('tie_word_embeddings', 'boi_token_index', 'eoi_token_index')
    for (const each of [from, to])
      each.ignore(
        'tie_word_embeddings',
        'attn_logit_softcapping',
        'final_logit_softcapping',
        'dropout_rate',
      )
    const d_model = to.count('hidden_size')
    const max_context = to.count('max_position_embeddings')
    from.ignore('max_position_embeddings')
    const decoder = stack(to, 'decoder', tied)
    const read = {
      name: 't5gemma2',
      model_type: 't5gemma2',
      d_model,
      max_context,
      stacks: [
        stack(from, 'encoder', tied),
        { ...decoder, output: [...decoder.output, block('output-head', { tied })] },
      ],
    }
    return { ...read, towers: feedingEncoder(gemma3.build(seen, read), d_model) }
  },
}
