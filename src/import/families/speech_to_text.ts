/** S2T: gated convolutions over a spectrum, an encoder, and a decoder of text; positions are sines on both sides. */
import type { Family } from '../family.ts'
import { block, norms } from '../parts.ts'
import { encoderDecoder } from '../stacks.ts'
import { side, type Kin } from './bart.ts'

const kin: Kin = {
  place: 'before',
  embedding_norm: null,
  final_norm: norms.layer,
  reserved_positions: 'none',
}

export const speech_to_text: Family = {
  defaults: {
    vocab_size: 10000,
    hidden_size: 256,
    encoder_layers: 12,
    encoder_ffn_dim: 2048,
    encoder_attention_heads: 4,
    decoder_layers: 6,
    decoder_ffn_dim: 2048,
    decoder_attention_heads: 4,
    hidden_act: 'relu',
    max_source_positions: 6000,
    max_position_embeddings: 1024,
    max_target_positions: 1024,
    num_conv_layers: 2,
    conv_kernel_sizes: [5, 5],
    conv_channels: 1024,
    input_feat_per_channel: 80,
    input_channels: 1,
    tie_word_embeddings: true,
  },
  build: (c) => {
    c.ignore('num_hidden_layers', 'num_attention_heads')
    const kernels = c.wholeNumbers('conv_kernel_sizes', 5)
    const n_convs = c.count('num_conv_layers')
    if (kernels.length !== n_convs)
      throw c.wrong(
        'conv_kernel_sizes',
        `has ${kernels.length} entries, but num_conv_layers is ${n_convs}; one for each is expected`,
      )
    if (kernels.some((kernel) => kernel % 2 === 0))
      throw c.unsupported('conv_kernel_sizes', 'has an even width, which is not modelled')
    const front = block('gated-conv-front-end', {
      n_mels: c.count('input_feat_per_channel') * c.count('input_channels'),
      channels: c.count('conv_channels'),
      kernels,
    })
    const table = block('token-embedding', { vocab_size: c.count('vocab_size') })
    const head = block('output-head', { tied: c.flag('tie_word_embeddings') })
    return encoderDecoder(
      c,
      side(c, 'encoder', kin, [front], []),
      side(c, 'decoder', kin, [table], [head]),
      { max_context: c.count('max_target_positions'), max_source: c.count('max_source_positions') },
    )
  },
}
