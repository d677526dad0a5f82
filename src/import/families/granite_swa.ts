/** Granite with windows and sink logits, a base for each layer or none, dense and with experts. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { byKind, type Layered } from '../layers.ts'
import { attention, biasesIf, gatedFfn, heads, moe, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary, type LayerKind } from '../rope.ts'
import { kindsOf, windowSize } from '../windows.ts'

/** Three of four layers slide; a base of 0 says that a layer goes without positions. */
function mixer(c: Reader): Layered {
  const n_layers = countLayers(c)
  const window = windowSize(c)
  const shape = heads(c)
  const bias = biasesIf(c.flag('attention_bias'))
  const thetas = c.has('layer_rope_theta')
    ? c.perLayer('layer_rope_theta', n_layers, undefined, 0)
    : null
  const kinds = kindsOf(c, (layer) => layer % 4 !== 0)
  const names = kinds.map((kind, layer) => `${kind} ${thetas?.[layer] ?? ''}`)
  return byKind(names, (name) => {
    const [kind, theta] = name.split(' ') as [LayerKind, string]
    const options = theta === '' ? { kind } : { kind, theta: Number(theta) }
    return attention(c, {
      heads: shape,
      bias,
      sink_logits: true,
      window: kind === 'full_attention' ? null : window,
      position: theta === '0' ? null : rotary(c, shape.d_head, options),
    })
  })
}

export const granite_swa: Family = {
  defaults: {
    vocab_size: 100352,
    hidden_size: 2560,
    intermediate_size: 8192,
    num_hidden_layers: 24,
    num_attention_heads: 20,
    num_key_value_heads: 4,
    max_position_embeddings: 8192,
    sliding_window: 128,
    tie_word_embeddings: true,
  },
  build: (c) => decoder(c, preNorm(norms.rms, mixer(c), gatedFfn(c, { bias: c.flag('mlp_bias') }))),
}

export const granitemoe_swa: Family = {
  defaults: {
    ...llamaDefaults,
    num_local_experts: 8,
    num_experts_per_tok: 2,
    sliding_window: 128,
  },
  build: (c) => {
    const shared = c.count('shared_intermediate_size', 0, 0)
    const ffn = moe(c, { width: c.count('intermediate_size'), shared })
    return decoder(c, preNorm(norms.rms, mixer(c), ffn))
  },
}
