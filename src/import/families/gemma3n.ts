/** Gemma 3n: several residual streams, a low-rank residual, short vectors per layer, late layers without keys of their own. */
import type { Sublayer } from '../../architecture/schema.ts'
import { countLayers, decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { attention, biasesIf, block, gatedFfn, heads, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary, type LayerKind } from '../rope.ts'
import { kindsOf, windowSize } from '../windows.ts'

/** Whether a layer slides, and whether it reads keys and values of an earlier layer. */
type Kind = `${LayerKind} ${'own' | 'shared'}`

function mixer(c: Reader): Layered {
  const n_layers = countLayers(c)
  const window = windowSize(c)
  const shape = heads(c)
  const bias = biasesIf(c.flag('attention_bias'))
  const first_shared = n_layers - c.count('num_kv_shared_layers', 0, 0)
  const laurel = { ...block('laurel', { rank: c.count('laurel_rank') }), name: 'laurel' }
  const kinds = kindsOf(c, (layer) => (layer + 1) % 5 !== 0).map(
    (kind, layer): Kind => `${kind} ${layer < first_shared ? 'own' : 'shared'}`,
  )
  return byKind(kinds, (both) => {
    const [kind, keys] = both.split(' ') as [LayerKind, string]
    const slides = kind === 'sliding_attention'
    const local = { scaled: false, theta_key: 'rope_local_base_freq' }
    const use = attention(c, {
      heads: shape,
      bias,
      qk_norm: 'shared',
      ...(slides && { window }),
      kv_shared: keys === 'shared',
      position: rotary(c, shape.d_head, { kind, ...(slides && local) }),
    })
    return { blocks: [{ ...use, name: 'attention', after: norms.rms }, laurel] }
  })
}

function ffn(c: Reader): Layered {
  c.ignore('activation_sparsity_pattern')
  const widths = c.perLayer('intermediate_size', countLayers(c))
  return byKind(widths.map(String), (width) => gatedFfn(c, { width: Number(width) }))
}

export const gemma3n_text: Family = {
  defaults: {
    vocab_size: 262400,
    vocab_size_per_layer_input: 262144,
    hidden_size: 2048,
    hidden_size_per_layer_input: 256,
    intermediate_size: 16384,
    num_hidden_layers: 35,
    num_attention_heads: 8,
    num_key_value_heads: 2,
    head_dim: 256,
    hidden_act: 'gelu_pytorch_tanh',
    max_position_embeddings: 32768,
    rope_theta: 1000000,
    rope_local_base_freq: 10000,
    sliding_window: 512,
    altup_num_inputs: 4,
    num_kv_shared_layers: 15,
    laurel_rank: 64,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore('altup_active_idx', 'altup_coef_clip', 'altup_correct_scale', 'altup_lr_multiplier')
    const n_streams = c.count('altup_num_inputs')
    const d_per_layer = c.count('hidden_size_per_layer_input')
    const layer: Sublayer[] = [
      { ...block('altup', { n_streams }), name: 'altup' },
      { name: 'mixer', before: norms.rms, ...mixer(c) },
      { name: 'ffn', before: norms.rms, after: norms.rms, ...ffn(c) },
      { ...block('per-layer-input', { d_per_layer }), name: 'per_layer_input' },
    ]
    const model = decoder(c, layer)
    const [stack] = model.stacks
    const streams = block('altup-streams', { n_streams })
    const table = block('per-layer-embeddings', {
      per_layer_vocab: c.count('vocab_size_per_layer_input'),
      d_per_layer,
    })
    stack!.input.push(table, streams)
    stack!.output.unshift(streams)
    return model
  },
}
