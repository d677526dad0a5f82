/** π0: PaliGemma reads images and an instruction; a narrower decoder, which looks into its layers, makes the actions of a robot. */
import type { Stack } from '../../architecture/schema.ts'
import { countLayers, nameOf, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, block, gatedFfn, norms } from '../parts.ts'
import type { Defaults, Reader } from '../reader.ts'
import { paligemma, vision as siglipOfPaligemma } from '../towers/paligemma.ts'
import { feedingEncoder } from '../towers/vision-kinds.ts'
import { gemma } from './gemma.ts'

const mixer = (c: Reader, own: object = {}) =>
  attention(c, { bias: biasesIf(c.flag('attention_bias')), ...own })

/** What reads the prefix, all of which sees all of it. */
const reader = (c: Reader): Stack => ({
  role: 'encoder',
  n_layers: countLayers(c),
  d_model: c.count('hidden_size'),
  input: [block('token-embedding', { vocab_size: c.count('vocab_size') })],
  layer: preNorm(norms.rms, mixer(c), gatedFfn(c)),
  output: [{ block: 'rmsnorm' }],
})

/** The state sees the prefix, the actions see the state and each other. */
function actor(c: Reader, widths: { d_state: number; d_action: number }): Stack {
  const d_model = c.count('hidden_size')
  const merged = mixer(c, { source_made: 0, causal: 0, n_apart: 1 })
  return {
    role: 'decoder',
    n_layers: countLayers(c),
    d_model,
    input: [
      block('action-embedding', widths),
      // Its class builds a table of tokens, which it is never given.
      block('idle-weights', { values: c.count('vocab_size') * d_model }),
    ],
    layer: preNorm(norms.rms, { ...merged, block: 'merged-attention' }, gatedFfn(c)),
    output: [{ block: 'rmsnorm' }, block('action-head', { d_action: widths.d_action })],
  }
}

/** A part of Gemma's layers: of this size where it is left out; where it is there, it leaves out what Gemma takes. */
const gemmaIn = (c: Reader, key: string, size: Defaults): Reader =>
  c.part(key, { ...gemma.defaults, ...(c.object(key) === null && { ...usual, ...size }) })

const usual = {
  vocab_size: 257152,
  num_hidden_layers: 18,
  num_attention_heads: 8,
  num_key_value_heads: 1,
}

/** The tower where nothing is said of it, a little wider inside than that of its family. */
const eyes = { vision_config: { ...siglipOfPaligemma, intermediate_size: 4304 } }

export const pi0: Family = {
  whole: true,
  defaults: { chunk_size: 50, max_state_dim: 32, max_action_dim: 32, num_inference_steps: 10 },
  build: (c) => {
    c.ignore('loss_reduction', 'min_period', 'max_period', 'tie_word_embeddings')
    c.ignore(
      'time_sampling_beta_alpha',
      'time_sampling_beta_beta',
      'time_sampling_offset',
      'time_sampling_scale',
    )
    const seen = c.part('vlm_config', { ...paligemma.defaults, ...(!c.has('vlm_config') && eyes) })
    const text = gemmaIn(seen, 'text_config', { hidden_size: 2048, intermediate_size: 16384 })
    const acting = gemmaIn(c, 'dit_config', {
      hidden_size: 1024,
      intermediate_size: 4096,
      vocab_size: text.count('vocab_size'),
    })
    for (const each of [seen, text, acting])
      each.ignore(
        'tie_word_embeddings',
        'use_bidirectional_attention',
        'is_causal',
        'num_image_tokens',
      )
    acting.ignore('max_position_embeddings')
    const widths = { d_state: c.count('max_state_dim'), d_action: c.count('max_action_dim') }
    const n_positions = c.count('chunk_size') + 1
    c.log.note(
      'info',
      `The decoder makes all of its ${n_positions} positions, a state and actions, at once: a prefill over them is one of ${c.count('num_inference_steps')} passes that take noise off, and there is no step of one position. The source is the prefix of images and words.`,
    )
    const read = {
      name: nameOf(c),
      model_type: 'pi0',
      d_model: acting.count('hidden_size'),
      max_context: n_positions,
      max_source: text.count('max_position_embeddings'),
      stacks: [reader(text), actor(acting, widths)],
    }
    const d_read = text.count('hidden_size')
    const towers = paligemma.build(seen, { ...read, d_model: d_read })
    return { ...read, towers: feedingEncoder(towers, d_read) }
  },
}
