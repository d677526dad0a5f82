/** SeamlessM4T: translation from text to text is an encoder and a decoder; speech has encoder, units and vocoder of its own. */
import type { Family } from '../family.ts'
import { block, norms } from '../parts.ts'
import { encoderDecoder } from '../stacks.ts'
import { commonTables, side, type Kin } from './bart.ts'

const kin: Kin = {
  place: 'before',
  embedding_norm: null,
  final_norm: norms.layer,
  reserved_positions: 'none',
}

export const seamless_m4t: Family = {
  types: ['seamless_m4t', 'seamless_m4t_v2'],
  defaults: {
    vocab_size: 256102,
    hidden_size: 1024,
    encoder_layers: 24,
    encoder_ffn_dim: 8192,
    encoder_attention_heads: 16,
    decoder_layers: 24,
    decoder_ffn_dim: 8192,
    decoder_attention_heads: 16,
    hidden_act: 'relu',
    // Both versions learned with 4,096; only one of them says so under this name.
    max_position_embeddings: 4096,
    tie_word_embeddings: true,
  },
  build: (c) => {
    const [built = ''] = c.texts('architectures', [])
    if (/ForSpeechTo/.test(built))
      throw c.unsupported(
        'architectures',
        `names ${built.slice(0, 60)}, and its encoder of sound is not modelled`,
      )
    c.ignore('num_hidden_layers', 'num_attention_heads', ...ofSpeech(c.keys()))
    const tables = commonTables(c)
    const head = block('output-head', { tied: c.flag('tie_word_embeddings') })
    const text = encoderDecoder(
      c,
      side(c, 'encoder', kin, tables.encoder, []),
      side(c, 'decoder', kin, tables.decoder, [head]),
      { max_context: c.count('max_position_embeddings') },
    )
    if (built.endsWith('ForTextToText') || built === '') return text
    c.log.note(
      'warning',
      'Only the encoder and the decoder of text are counted; the encoder of speech, units of speech and the vocoder are not modelled.',
    )
    return { ...text, unmodelled_towers: ['audio', 'talker', 'codec'] }
  },
}

/** Keys of what only speech goes through. */
const ofSpeech = (keys: readonly string[]): string[] =>
  keys.filter((key) =>
    /^(speech_|t2u_|vocoder_|unit_|lang_|spkr_|char_|adapt[eo]r_|num_adapter|add_adapter|resblock_|upsample_|leaky_|variance_|var_pred_|conv_depthwise|feature_projection|position_embeddings_type|rotary_embedding_base|num_conv_pos|sampling_rate|max_source_positions|left_max|right_max|max_new_tokens)/.test(
      key,
    ),
  )
