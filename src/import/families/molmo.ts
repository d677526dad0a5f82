/** Molmo: OLMo's code around the language models of others, with a few rows more in the table than in the head. */
import type { BlockUse } from '../../architecture/schema.ts'
import { decoder, postNorm, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, biasesIf, gatedFfn, norms } from '../parts.ts'

/** Rows for marks around images; no key of a config says how many. */
const further_rows = 128

export const molmo: Family = {
  bare: 'language',
  defaults: { max_position_embeddings: 4096, tie_word_embeddings: false },
  build: (c) => {
    c.ignore('use_position_ids', 'clip_qkv', 'layer_norm_type', 'vocab_size')
    if (c.has('moe_num_experts'))
      throw c.unsupported('moe_num_experts', 'names experts, which are not modelled here')
    const vocab_key = c.has('embedding_size') ? 'embedding_size' : 'vocab_size'
    const vocab_size = c.count(vocab_key)
    // Both halves of the gated network together.
    const width = c.count('intermediate_size') / 2
    if (!Number.isInteger(width))
      throw c.wrong('intermediate_size', `is ${2 * width}; an even number is expected`)
    const mixer = attention(c, {
      bias: biasesIf(c.flag('qkv_bias'), 'qkv'),
      ...(c.flag('attention_layer_norm') && { qk_norm: 'full' }),
    })
    const layer = c.flag('norm_after') ? postNorm : preNorm
    const read = decoder(c, layer(norms.rms, mixer, gatedFfn(c, { width })), {
      vocab_key,
      more_words: further_rows,
      tied: c.flag('weight_tying', c.flag('tie_word_embeddings')),
    })
    const sized = (use: BlockUse): BlockUse =>
      use.block === 'output-head' ? { ...use, vocab_size } : use
    return {
      ...read,
      stacks: read.stacks.map((stack) => ({ ...stack, output: stack.output.map(sized) })),
    }
  },
  unverified: true,
}
