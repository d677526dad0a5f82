/** KOSMOS-2 and 2.5: a decoder with norms inside of its networks, and in the former inside of attention too; positions are sines. */
import type { BlockUse, Sublayer } from '../../architecture/schema.ts'
import { decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { activation, block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { plainAttention } from '../stacks.ts'

/** A step whose inner norm has biases, which stand beside it. */
const withInnerNorm = (name: string, use: BlockUse, width: number): Sublayer => ({
  name,
  before: norms.layer,
  blocks: [
    { ...use, name, inner_norm: true },
    { ...block('learned-scale', { values: width }), name: 'inner-norm-biases' },
  ],
})

function build(c: Reader, norm_in_attention: boolean, inputs: readonly BlockUse[]) {
  c.ignore('layerdrop')
  if (c.flag('add_cross_attention'))
    throw c.unsupported('add_cross_attention', 'is set, which is not modelled for this family')
  const d_model = c.count('embed_dim')
  const d_ff = c.count('intermediate_size')
  const attention = plainAttention(c.count('num_attention_heads'))
  const ffn = block('ffn', { d_ff, ffn_bias: true, activation: activation(c, 'gelu') })
  const mixer: Sublayer = norm_in_attention
    ? withInnerNorm('mixer', attention, d_model)
    : { ...attention, name: 'mixer', before: norms.layer }
  return decoder(c, [mixer, withInnerNorm('ffn', ffn, d_ff)], {
    d_model,
    n_layers: c.count('layers'),
    inputs,
    final_norm: norms.layer,
  })
}

const defaults = {
  vocab_size: 65037,
  embed_dim: 2048,
  layers: 24,
  intermediate_size: 8192,
  num_attention_heads: 32,
  max_position_embeddings: 2048,
  tie_word_embeddings: true,
}

export const kosmos_2_text: Family = {
  types: ['kosmos_2_text_model'],
  defaults,
  build: (c) => build(c, true, []),
}

/** Rows of an image and tokens are told apart by a table of two. */
export const kosmos_2_5_text: Family = {
  types: ['kosmos_2_5_text_model'],
  defaults: {
    ...defaults,
    vocab_size: 108481,
    embed_dim: 1536,
    intermediate_size: 6144,
    num_attention_heads: 16,
    max_position_embeddings: 4096,
  },
  build: (c) => build(c, false, [block('token-types', { n_types: 2 })]),
}
