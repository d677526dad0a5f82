/** Qwen-Omni: the vision towers of Qwen-VL, and a tower that hears, beside a model that thinks; what speaks reads it. */
import type { Tower } from '../../architecture/schema.ts'
import { qwen2 } from '../families/qwen.ts'
import type { Defaults, Reader } from '../reader.ts'
import { gridTower, spannedTower } from './qwen_audio.ts'
import { deepstackTower, windowedTower } from './qwen_vl.ts'
import { token2wav } from './token2wav.ts'
import type { TowerFamily } from './tower-family.ts'

type Senses = (thinker: Reader) => Tower[]

function sensesOf(thinker: Reader, build: Senses): Tower[] {
  thinker.ignore('position_id_per_seconds', 'seconds_per_chunk', 'ignore_index')
  return build(thinker)
}

/** The model that thinks, by itself. */
const thinker = (build: Senses): TowerFamily => ({
  defaults: {},
  ties: 'outer, or untied',
  build: (c) => sensesOf(c, build),
})

const talkerDefaults: Defaults = {
  vocab_size: 8448,
  embedding_size: 3584,
  hidden_size: 3584,
  intermediate_size: 18944,
  num_hidden_layers: 28,
  num_attention_heads: 28,
  num_key_value_heads: 4,
  head_dim: 128,
  max_position_embeddings: 32768,
  sliding_window: 32768,
  max_window_layers: 28,
  tie_word_embeddings: false,
}

/** A second decoder, which writes the tokens of speech: Qwen2 on vectors of the thinker's width, led to its own. */
function talkerOf(c: Reader): Tower {
  const t = c.part('talker_config', talkerDefaults)
  t.ignore('position_id_per_seconds', 'seconds_per_chunk', 'spatial_merge_size')
  const { d_model, stacks } = qwen2.build(t)
  const { input, layer, output, n_layers } = stacks[0]!
  const vocab_size = t.count('vocab_size')
  const narrowed = { d_emb: t.count('embedding_size'), projected: 1, projection_bias: 1 }
  return {
    role: 'talker',
    n_layers,
    d_model,
    input: input.map((use) => (use.block === 'token-embedding' ? { ...use, ...narrowed } : use)),
    layer,
    output: output.map((use) => (use.block === 'output-head' ? { ...use, vocab_size } : use)),
  }
}

const speaks = (c: Reader): boolean => c.flag('enable_audio_output')

const family = (build: Senses, voice?: (c: Reader) => Tower[]): TowerFamily => ({
  defaults: { enable_audio_output: true },
  ties: 'never',
  build: (c) => {
    c.ignore('enable_talker', 'enable_audio_output_')
    if (!speaks(c))
      c.leaveOut(
        'enable_audio_output is false, so that nothing speaks',
        'talker_config',
        'token2wav_config',
        'code2wav_config',
      )
    return [
      ...sensesOf(c.part('thinker_config', {}), build),
      ...(speaks(c) && voice ? voice(c) : []),
    ]
  },
  unmodelled: (c) => (speaks(c) && !voice ? ['talker', 'codec'] : []),
})

const senses = (c: Reader): Tower[] => [windowedTower(c), spannedTower(c)]
const deeperSenses = (c: Reader): Tower[] => [deepstackTower(c, [8, 16, 24]), gridTower(c)]

export const qwen2_5_omni = family(senses, (c) => [talkerOf(c), ...token2wav(c)])
export const qwen2_5_omni_thinker = thinker(senses)
export const qwen3_omni_moe = family(deeperSenses)
export const qwen3_omni_moe_thinker = thinker(deeperSenses)
