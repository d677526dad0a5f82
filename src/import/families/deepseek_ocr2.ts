/** The text of DeepSeek-OCR 2: ordinary attention, and experts in the layers that are listed. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { attention, biasesIf, gatedFfn, heads, moe, norms } from '../parts.ts'

export const deepseek_ocr2_text: Family = {
  defaults: {
    ...llamaDefaults,
    vocab_size: 102400,
    num_local_experts: 64,
    n_shared_experts: 2,
    moe_intermediate_size: 1407,
  },
  build: (c) => {
    c.ignore('n_group', 'topk_group', 'topk_method')
    const bias = c.flag('mlp_bias')
    const width = c.count('moe_intermediate_size')
    const kinds = c.kinds('mlp_layer_types', countLayers(c), null)
    const ffn = byKind(kinds, (kind) =>
      kind === 'sparse'
        ? moe(c, { width, shared: c.count('n_shared_experts') * width, shared_bias: bias })
        : gatedFfn(c, { bias }),
    )
    const mixer = attention(c, {
      heads: heads(c, { split: true }),
      bias: biasesIf(c.flag('attention_bias')),
    })
    return decoder(c, preNorm(norms.rms, mixer, ffn))
  },
}
