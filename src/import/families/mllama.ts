/** Llama 3.2 Vision: LLaMA, some of whose layers look at an image in place of the tokens before. */
import { countLayers, decoder, preNorm } from '../decoder.ts'
import { llamaDefaults, type Family } from '../family.ts'
import { byKind } from '../layers.ts'
import { attention, block, gatedFfn, heads, norms } from '../parts.ts'

/** Rows of the table for tokens that stand for images, which are never predicted. */
const image_rows = 8

export const mllama_text_model: Family = {
  defaults: {
    ...llamaDefaults,
    vocab_size: 128256,
    num_hidden_layers: 40,
    num_key_value_heads: 8,
    intermediate_size: 14336,
    max_position_embeddings: 131072,
    rope_theta: 500000,
    cross_attention_layers: [3, 8, 13, 18, 23, 28, 33, 38],
  },
  build: (c) => {
    const looking = c.numbers('cross_attention_layers') ?? []
    const shape = heads(c, { split: true })
    const kinds = Array.from({ length: countLayers(c) }, (_, layer) =>
      looking.includes(layer) ? 'image' : 'tokens',
    )
    const mixer = byKind(kinds, (kind) =>
      kind === 'tokens'
        ? attention(c, { heads: shape })
        : block('cross-attention', {
            n_heads: shape.n_heads,
            ...shape.said,
            qk_norm: 'shared',
            n_gates: 2,
          }),
    )
    const ffn = byKind(kinds, (kind) => gatedFfn(c, { needs_source: kind === 'image' }))
    const vocab_size = c.count('vocab_size')
    const model = decoder(c, preNorm(norms.rms, mixer, ffn))
    const [{ input, output }] = model.stacks as [(typeof model.stacks)[0]]
    const tied = c.flag('tie_word_embeddings')
    input[0] = { ...input[0]!, vocab_size: vocab_size + image_rows }
    output[output.length - 1] = block('output-head', { vocab_size, tied })
    return model
  },
}
