/** RecurrentGemma: gated linear recurrences and local attention by turns. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { attention, block, gatedFfn, heads, norms, type Biases } from '../parts.ts'
import { follows } from '../reader.ts'

/** Both published sizes were trained on sequences of this length. */
const trained_length = 8192

export const recurrent_gemma: Family = {
  defaults: {
    vocab_size: 256000,
    hidden_size: 2560,
    intermediate_size: 7680,
    num_hidden_layers: 26,
    num_attention_heads: 10,
    conv1d_width: 4,
    attention_window_size: 2048,
    block_types: ['recurrent', 'recurrent', 'attention'],
    partial_rotary_factor: 0.5,
    hidden_act: 'gelu_pytorch_tanh',
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore(
      'w_init_variance_scale',
      'final_w_init_variance_scale',
      'logits_soft_cap',
      '_block_types',
    )
    const cycle = c.texts('block_types', ['recurrent', 'recurrent', 'attention'])
    const odd = cycle.find((kind) => kind !== 'recurrent' && kind !== 'attention')
    if (odd !== undefined || cycle.length === 0)
      throw c.wrong('block_types', `names "${odd ?? ''}"; recurrent and attention are expected`)
    const n_layers = countLayers(c)
    const kinds = Array.from({ length: n_layers }, (_, layer) => cycle[layer % cycle.length]!)
    const shape = heads(c)
    const d_model = c.count('hidden_size')
    const lru_width = c.count('lru_width', follows('hidden_size', d_model))
    const bias: Biases = c.flag('attention_bias') ? 'qkvo' : 'o'
    const once = cycle.filter((kind) => kind === 'attention').length === 1
    const mixer = byKind(
      kinds,
      (kind) =>
        kind === 'attention'
          ? attention(c, { heads: shape, bias, window: c.count('attention_window_size') })
          : block('rg-lru', {
              lru_width: lru_width === d_model ? undefined : lru_width,
              n_heads: shape.n_heads,
              d_conv: c.count('conv1d_width'),
            }),
      once ? { attention: { every: cycle.length, offset: cycle.indexOf('attention') } } : {},
    )
    // The config counts gate and hidden values together.
    const ffn = gatedFfn(c, { width: Math.trunc(c.count('intermediate_size') / 2), bias: true })
    return decoder(c, preNorm(norms.rms, mixer, ffn), {
      max_context: c.count('max_position_embeddings', trained_length),
    })
  },
}
