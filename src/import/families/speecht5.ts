/** SpeechT5 for recognition: convolutions on samples, an encoder with keys for distances, and a decoder of characters. */
import type { BlockUse } from '../../architecture/schema.ts'
import type { Family } from '../family.ts'
import { activation, block, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { encoderDecoder, plainAttention, plainCrossAttention, steps } from '../stacks.ts'

/** What makes the encoder's rows, and the longest sound of which it makes as many as it has positions for. */
function entrance(c: Reader): { input: BlockUse[]; max_source: number } {
  const lists = (['conv_dim', 'conv_kernel', 'conv_stride'] as const).map((key) =>
    c.wholeNumbers(key, 1),
  )
  const [channels, kernels, strides] = lists as [number[], number[], number[]]
  const norm = c.text('feat_extract_norm', 'group')
  if (norm !== 'group' && norm !== 'layer')
    throw c.wrong('feat_extract_norm', `is "${norm.slice(0, 40)}"; group or layer is expected`)
  const d_in = channels.at(-1)!
  const hidden = [c.numberFrom0('mask_time_prob', 0.05), c.numberFrom0('mask_feature_prob', 0)]
  const masked = hidden.some((share) => share !== 0)
  let [reach, step] = [1, 1]
  strides.forEach((stride, place) => {
    reach += ((kernels[place] ?? 1) - 1) * step
    step *= stride
  })
  return {
    input: [
      block('sampled-front-end', {
        channels,
        kernels,
        strides,
        bias: c.flag('conv_bias'),
        ...(norm === 'layer' && { norms: 'all' }),
      }),
      block('layernorm', { width: d_in }),
      block('projection', { d_in, bias: true }),
      // A vector that hides rows while the model learns.
      ...(masked ? [block('idle-weights', { values: c.count('hidden_size') })] : []),
      block('convolved-positions', {
        kernel: c.count('num_conv_pos_embeddings'),
        n_groups: c.count('num_conv_pos_embedding_groups'),
      }),
      { block: 'layernorm', name: 'encoder-norm' },
    ],
    max_source: reach + (c.count('max_speech_positions') - 1) * step,
  }
}

const ffnOf = (c: Reader, width: string): BlockUse =>
  block('ffn', { d_ff: c.count(width), ffn_bias: true, activation: activation(c, 'gelu') })

export const speecht5: Family = {
  bare: 'language',
  defaults: {
    vocab_size: 81,
    hidden_size: 768,
    encoder_layers: 12,
    encoder_attention_heads: 12,
    encoder_ffn_dim: 3072,
    decoder_layers: 6,
    decoder_attention_heads: 12,
    decoder_ffn_dim: 3072,
    encoder_max_relative_position: 160,
    conv_dim: [512, 512, 512, 512, 512, 512, 512],
    conv_kernel: [10, 3, 3, 3, 3, 2, 2],
    conv_stride: [5, 2, 2, 2, 2, 2, 2],
    num_conv_pos_embeddings: 128,
    num_conv_pos_embedding_groups: 16,
    max_speech_positions: 4000,
    max_text_positions: 450,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const [built = ''] = c.texts('architectures', [])
    if (!/^(SpeechT5ForSpeechToText)?$/.test(built))
      throw c.unsupported(
        'architectures',
        `names ${built.slice(0, 60)}; what is modelled is recognition, SpeechT5ForSpeechToText, and not what makes sound`,
      )
    c.ignore(
      'num_hidden_layers',
      'num_attention_heads',
      'num_feat_extract_layers',
      ...costless(c.keys()),
    )
    const n_heads = c.count('encoder_attention_heads')
    const d_head = c.count('hidden_size') / n_heads
    const n_distances = 2 * c.count('encoder_max_relative_position')
    const position = block('relative-keys', { n_distances, stored: 0 })
    const { input, max_source } = entrance(c)
    const table = {
      ...block('distance-table', { n_heads, num_buckets: n_distances, d_vector: d_head }),
      name: 'distances',
    }
    const decoder_heads = c.count('decoder_attention_heads')
    return encoderDecoder(
      c,
      {
        n_layers: c.count('encoder_layers'),
        input: [...input, table],
        layer: steps(norms.layer, 'after', {
          mixer: plainAttention(n_heads, { position }),
          ffn: ffnOf(c, 'encoder_ffn_dim'),
        }),
        output: [],
      },
      {
        n_layers: c.count('decoder_layers'),
        input: [block('token-embedding', { vocab_size: c.count('vocab_size') })],
        layer: steps(norms.layer, 'after', {
          mixer: plainAttention(decoder_heads),
          cross: plainCrossAttention(decoder_heads),
          ffn: ffnOf(c, 'decoder_ffn_dim'),
        }),
        output: [block('output-head', { tied: c.flag('tie_word_embeddings') })],
      },
      { max_context: c.count('max_text_positions'), max_source },
    )
  },
}

/** Keys of learning, and of what makes sound. */
const costless = (keys: readonly string[]): string[] =>
  keys.filter((key) =>
    /^(mask_(time|feature)_(length|min_masks)|apply_spec_augment|guided_attention|use_guided|speech_decoder_|speaker_embedding|reduction_factor|num_mel_bins|positional_dropout|feat_(proj|extract_activation)|scale_embedding)/.test(
      key,
    ),
  )
