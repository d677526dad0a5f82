/**
 * Audio towers: FLOPs that torch's counter (`FlopCounterMode`, eager attention) reads off transformers 5.18 for sound of some
 * length, and how many tokens the library makes of it. Rotary angles, which the counter sees as a product, are not among them.
 */
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { importConfig } from '../../../src/import/index.ts'

const text = (model_type: string, hidden_size: number): object => ({
  model_type,
  hidden_size,
  num_hidden_layers: 1,
  intermediate_size: 8,
  num_attention_heads: 8,
  num_key_value_heads: 8,
  head_dim: 64,
})
const omni = (model_type: string, thinker_text: object): object => ({
  model_type,
  audio_config: { encoder_layers: 2 },
  text_config: thinker_text,
})

const qwen2_audio = { model_type: 'qwen2_audio', text_config: text('qwen2', 4096) }
const voxtral = { model_type: 'voxtral', text_config: text('llama', 3072) }
const glmasr = { model_type: 'glmasr', text_config: text('llama', 2048) }
/** Two layers of each tower are enough to tell. */
const omni_2_5 = omni('qwen2_5_omni_thinker', text('qwen2_5_omni_text', 3584))
const omni_3 = omni('qwen3_omni_moe_thinker', text('qwen3_omni_moe_text', 2048))
const gemma4 = {
  model_type: 'gemma4',
  audio_config: { num_hidden_layers: 2 },
  text_config: text('gemma4_text', 1536),
}
const gemma3n = { model_type: 'gemma3n', text_config: text('gemma3n_text', 2048) }
const granite = {
  model_type: 'granite_speech',
  text_config: text('granite', 4096),
  projector_config: { encoder_hidden_size: 1024 },
}
const phi4 = {
  ...text('phi4_multimodal', 3072),
  audio_config: { num_blocks: 2 },
  vision_config: { num_hidden_layers: 1 },
}
const fun_asr = { model_type: 'fun_asr_nano', text_config: text('qwen3', 1024) }

/**
 * What the first layer of Granite's Q-Former makes of queries before they have read anything: the same for all windows, so that
 * the library does it once, and the count here for every window.
 */
const firstLook = (windows: number): number =>
  (windows - 1) * (3 * 10 * 768 ** 2 + 4 * 3 ** 2 * 768)

/** Phi-4's convolutions run over two rows that follow the last, in each of two layers, and what they make is cut off. */
const beyondTheEnd = 2 * 2 * 2 * (1024 ** 2 + 3 * 1024)

const cases: readonly (readonly [
  config: object,
  seconds: number,
  tokens: number,
  flops: number,
])[] = [
  [qwen2_audio, 10, 250, 2_281_635_840_000],
  [voxtral, 10, 375, 2_292_645_888_000],
  [voxtral, 31, 750, 2 * 2_292_645_888_000],
  [glmasr, 10, 125, 2_295_791_616_000],
  [omni_2_5, 10, 250, 48_025_600_000],
  [omni_2_5, 10.37, 259, 50_785_740_800],
  [omni_2_5, 1.5, 37, 7_180_052_480],
  [omni_2_5, 0.9, 22, 4_292_372_480],
  [omni_2_5, 25, 625, 120_628_224_000],
  [omni_3, 10, 130, 56_596_193_280],
  [omni_3, 10.37, 135, 61_518_202_880],
  [omni_3, 1.5, 20, 10_753_228_800],
  [omni_3, 0.9, 12, 5_204_029_440],
  [omni_3, 25, 325, 141_530_286_080],
  // The tower as counted, and the matrix to the language model, which stands outside of it.
  [gemma4, 10, 250, 26_214_129_664 + 2 * 250 * 1536 ** 2],
  [gemma4, 10.37, 260, 27_260_846_080 + 2 * 260 * 1536 ** 2],
  [fun_asr, 10, 167, 82_132_748_288],
  [fun_asr, 10.37, 173, 85_240_936_448],
  [fun_asr, 1.5, 25, 11_757_312_000],
  [granite, 10, 102, 315_343_930_368 + firstLook(34)],
  [granite, 10.37, 105, 325_367_156_736 + firstLook(35)],
  [granite, 1.5, 15, 55_505_184_768 + firstLook(5)],
  [granite, 0.9, 9, 39_326_404_608 + firstLook(3)],
  [granite, 25, 252, 779_975_482_368 + firstLook(84)],
  [phi4, 10, 125, 28_408_315_904 - beyondTheEnd],
  [phi4, 10.37, 130, 29_506_617_344 - beyondTheEnd],
  [phi4, 1.5, 19, 4_265_025_536 - beyondTheEnd],
  [phi4, 25, 313, 71_561_142_272 - beyondTheEnd],
  // The tower, and what leads its rows to the language model.
  [gemma3n, 10, 188, 328_381_538_304 + 396_361_728],
  [gemma3n, 10.37, 188, 340_183_511_040 + 408_944_640],
  [gemma3n, 1.5, 188, 49_251_717_120 + 62_914_560],
  [gemma3n, 40, 188, 983_672_709_120 + 1_182_793_728],
]

const named = cases.map(
  ([config, ...rest]) => [(config as { model_type: string }).model_type, config, ...rest] as const,
)

describe.each(named)('%s', (_, config, audio_seconds, tokens, flops) => {
  const { architecture, report } = importConfig(config)
  const run = (context: number) => evaluate(prepare(architecture), { context, audio_seconds })

  test(`needs for ${audio_seconds} seconds as many FLOPs as were counted`, () => {
    expect(run(4096).flops.towers).toBe(flops)
  })

  test(`holds ${audio_seconds} seconds in ${tokens} tokens`, () => {
    expect(() => run(tokens)).not.toThrow()
    if (tokens > 1) expect(() => run(tokens - 1)).toThrow(/tokens/)
  })

  test('reports every key', () => {
    expect(report.not_understood).toEqual([])
    expect(report.left_out).toEqual([])
  })
})

test('what speaks is counted by its parameters, and its FLOPs are said not to be', () => {
  const { architecture, notes, report } = importConfig({
    model_type: 'qwen2_5_omni',
    thinker_config: {
      model_type: 'qwen2_5_omni_thinker',
      text_config: text('qwen2_5_omni_text', 3584),
    },
    talker_config: { hidden_size: 896, num_attention_heads: 12, num_hidden_layers: 24 },
    token2wav_config: { dit_config: { num_hidden_layers: 22 } },
  })
  // Talker and codec of Qwen2.5-Omni 7B, as transformers builds them.
  expect(evaluate(prepare(architecture)).params.whole!.towers).toMatchObject({
    talker: 1_351_360_256,
    codec: 449_051_264,
  })
  expect(notes.map(({ text: said }) => said).join()).toMatch(/talker and codec.*neither FLOPs/)
  expect(report.not_understood).toEqual([])
})
