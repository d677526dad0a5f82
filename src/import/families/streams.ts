/** Speech models that take in several streams of tokens: each step adds up a row for text and one for every codebook of sound. */
import type { Architecture, Sublayer } from '../../architecture/schema.ts'
import { decoder, preNorm } from '../decoder.ts'
import type { Family } from '../family.ts'
import { attention, block, gatedFfn, heads, norms } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { rotary } from '../rope.ts'
import { encoderDecoder, steps } from '../stacks.ts'
import { slidingEverywhere } from '../windows.ts'

/** One matrix makes gates and values, and the config says the width of both. */
export const halvedFfn = (c: Reader) => gatedFfn(c, { width: c.count('ffn_dim') / 2 })

/** A decoder whose table has more rows than its head scores. */
function withRows(
  c: Reader,
  rows: number,
  rows_per_token: number,
  tied = c.flag('tie_word_embeddings'),
): Architecture {
  const model = decoder(c, preNorm(norms.rms, slidingEverywhere(c), halvedFfn(c)), { tied })
  const { input, output } = model.stacks[0]!
  input[0] = block('token-embedding', {
    vocab_size: rows,
    ...(rows_per_token > 1 && { rows_per_token }),
  })
  output[output.length - 1] = block('output-head', { vocab_size: c.count('vocab_size'), tied })
  return model
}

/** Reads the sound of both sides and its own text; a smaller decoder, the depth decoder, then speaks. */
export const moshi: Family = {
  defaults: {
    vocab_size: 32000,
    hidden_size: 4096,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    max_position_embeddings: 3000,
    sliding_window: 3000,
    ffn_dim: 22528,
    num_codebooks: 8,
    audio_vocab_size: 2048,
    tie_word_embeddings: false,
  },
  build: (c) => {
    const text_rows = c.count('vocab_size') + 1
    // The model code ties nothing, whatever the key says.
    c.ignore('tie_word_embeddings')
    if (readsTextAlone(c)) {
      c.ignore('audio_vocab_size', 'num_codebooks')
      return withRows(c, text_rows, 1, false)
    }
    const streams = 2 * c.count('num_codebooks')
    const rows = text_rows + streams * (c.count('audio_vocab_size') + 1)
    return withRows(c, rows, 1 + streams, false)
  },
}

/** The class of the text model alone has no tables for sound, and no depth decoder. */
export const readsTextAlone = (c: Reader): boolean =>
  c.texts('architectures', [])[0] === 'MoshiForCausalLM'

export const kyutai_speech_to_text: Family = {
  defaults: {
    vocab_size: 4001,
    codebook_vocab_size: 2049,
    num_codebooks: 32,
    hidden_size: 2048,
    num_hidden_layers: 48,
    num_attention_heads: 32,
    max_position_embeddings: 750,
    sliding_window: 375,
    ffn_dim: 11264,
    tie_word_embeddings: false,
  },
  build: (c) => {
    c.ignore('frame_size')
    const streams = c.count('num_codebooks')
    return withRows(
      c,
      c.count('vocab_size') + streams * c.count('codebook_vocab_size') + 1,
      1 + streams,
    )
  },
}

const dia_encoder = {
  vocab_size: 256,
  hidden_size: 1024,
  num_hidden_layers: 12,
  num_attention_heads: 16,
  num_key_value_heads: 16,
  head_dim: 128,
  intermediate_size: 4096,
}
const dia_decoder = {
  vocab_size: 1028,
  num_channels: 9,
  hidden_size: 2048,
  num_hidden_layers: 18,
  num_attention_heads: 16,
  num_key_value_heads: 4,
  head_dim: 128,
  cross_num_attention_heads: 16,
  cross_num_key_value_heads: 16,
  cross_head_dim: 128,
  cross_hidden_size: 1024,
  intermediate_size: 8192,
  max_position_embeddings: 3072,
}

/** Bytes of text to nine codebooks of sound, all of which each step reads and scores. */
export const dia: Family = {
  defaults: {},
  build: (c) => {
    c.ignore('delay_pattern')
    const text = c.part('encoder_config', dia_encoder)
    text.ignore('max_position_embeddings')
    const sound = c.part('decoder_config', dia_decoder)
    const channels = sound.count('num_channels')
    const rows = channels * sound.count('vocab_size')
    const selfAttention = (side: Reader) => {
      const shape = heads(side)
      return attention(side, { heads: shape, position: rotary(side, shape.d_head) })
    }
    const cross = block('cross-attention', {
      n_heads: sound.count('cross_num_attention_heads'),
      n_kv_heads: sound.count('cross_num_key_value_heads'),
      d_head: sound.count('cross_head_dim'),
      d_source: sound.count('cross_hidden_size'),
    })
    const layers = (side: Reader, bodies: Record<string, ReturnType<typeof block>>): Sublayer[] =>
      steps(norms.rms, 'before', { mixer: selfAttention(side), ...bodies, ffn: gatedFfn(side) })
    const model = encoderDecoder(
      sound,
      {
        n_layers: text.count('num_hidden_layers'),
        input: [block('token-embedding', { vocab_size: text.count('vocab_size') })],
        layer: layers(text, {}),
        output: [{ block: norms.rms }],
      },
      {
        n_layers: sound.count('num_hidden_layers'),
        input: [block('token-embedding', { vocab_size: rows, rows_per_token: channels })],
        layer: layers(sound, { cross }),
        output: [{ block: norms.rms }, block('output-head', { vocab_size: rows })],
      },
      { max_context: sound.count('max_position_embeddings') },
    )
    model.stacks[0]!.d_model = text.count('hidden_size')
    return { ...model, name: 'dia', model_type: 'dia' }
  },
}
