/** StarCoder2: LayerNorm, an FFN without a gate, biases by a flag, sliding where a window is given. */
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { biasesIf, norms, plainFfn } from '../parts.ts'
import { slidingEverywhere } from '../windows.ts'

export const starcoder2: Family = {
  defaults: {
    vocab_size: 49152,
    hidden_size: 3072,
    intermediate_size: 12288,
    num_hidden_layers: 30,
    num_attention_heads: 24,
    num_key_value_heads: 2,
    hidden_act: 'gelu_pytorch_tanh',
    max_position_embeddings: 4096,
    use_bias: true,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const bias = c.flag('use_bias')
    const mixer = slidingEverywhere(c, { bias: biasesIf(bias) })
    return decoder(c, preNorm(norms.layer, mixer, plainFfn(c, { bias })), {
      final_norm: norms.layer,
    })
  },
}
