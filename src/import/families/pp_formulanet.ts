/** PP-FormulaNet: a decoder of formulas, every layer of which looks at what SAM's tower makes of an image. */
import type { Tower } from '../../architecture/schema.ts'
import { nameOf } from '../decoder.ts'
import type { Family } from '../family.ts'
import { activation, block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { plainAttention, plainCrossAttention, steps } from '../stacks.ts'
import { samDefaults, samTower } from '../towers/sam.ts'
import { projectorOf } from '../towers/vision-kinds.ts'

/** Rows of the table of positions beyond the longest context. */
const reserved = 2

/** SAM's tower, and two convolutions and two matrices to the width of the decoder. */
function towersOf(v: Reader): Tower[] {
  v.ignore('decoder_hidden_size')
  const { image_size, patch, d_out, ...tower } = samTower(v)
  const intake = block('fixed-size-image', { image_size, patch, n_tokens: 0 })
  const widths = ['post_conv_in_channels', 'post_conv_mid_channels', 'post_conv_out_channels'].map(
    (key) => v.count(key),
  )
  const [first, middle, last] = widths as [number, number, number]
  if (first !== d_out)
    throw v.wrong('post_conv_in_channels', `is ${first}, but the tower puts out ${d_out}`)
  const conv = (name: string, d_in: number, to: number) =>
    block('convolution-2d', { name, d_in, d_out: to, kernel: 3, stride: 2 })
  return [
    { ...tower, role: 'vision', feeds: 'projector', input: [intake, ...tower.input] },
    projectorOf(
      conv('halving-1', first, middle),
      conv('halving-2', middle, last),
      block('projection', { name: 'between', d_in: last, d_out: last, bias: true }),
      block('projection', { d_in: last, bias: true }),
    ),
  ]
}

export const pp_formulanet: Family = {
  whole: true,
  defaults: {},
  build: (c) => {
    const seen = c.part('vision_config', {
      ...samDefaults,
      image_size: 512,
      post_conv_in_channels: 256,
      post_conv_mid_channels: 512,
      post_conv_out_channels: 1024,
    })
    const text = c.part('text_config', {
      vocab_size: 50000,
      hidden_size: 512,
      decoder_layers: 8,
      decoder_attention_heads: 16,
      decoder_ffn_dim: 2048,
      max_position_embeddings: 2560,
    })
    // The head is a matrix of its own whatever the flag says.
    text.ignore(
      'tie_word_embeddings',
      'encoder_layers',
      'encoder_attention_heads',
      'encoder_ffn_dim',
      'decoder_layerdrop',
      'scale_embedding',
      'init_std',
    )
    const n_heads = text.count('decoder_attention_heads')
    const max_context = text.count('max_position_embeddings')
    const ffn = block('ffn', {
      d_ff: text.count('decoder_ffn_dim'),
      ffn_bias: true,
      activation: activation(text, 'gelu'),
    })
    return {
      name: nameOf(c),
      model_type: 'pp_formulanet',
      d_model: text.count('hidden_size'),
      max_context,
      stacks: [
        {
          role: 'decoder',
          n_layers: text.count('decoder_layers'),
          input: [
            block('token-embedding', { vocab_size: text.count('vocab_size') }),
            block('learned-positions', { max_positions: max_context + reserved }),
            { block: 'layernorm' },
          ],
          layer: steps(norms.layer, 'before', {
            mixer: plainAttention(n_heads),
            cross: plainCrossAttention(n_heads),
            ffn,
          }),
          output: [{ block: 'layernorm' }, block('output-head', {})],
        },
      ],
      towers: towersOf(seen),
    }
  },
}
