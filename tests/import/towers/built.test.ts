/** The whole of every multimodal model type that could be built, towers and all: what is counted is what was built. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { importConfig } from '../../../src/import/index.ts'

interface Built {
  model_type: string
  total?: number
  /** Of the language model; null where there is no more. */
  language?: number | null
  config: object
}

const file = new URL('../../oracle/measure/counts.ndjson', import.meta.url)
const built = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Built)
  .filter(({ total, language }) => total !== undefined && (language ?? total) !== total)

/** Null where the language model, or some tower, is not modelled. */
function wholeOf({ config }: Built): number | null {
  try {
    return evaluate(prepare(importConfig(config).architecture)).params.whole?.total ?? null
  } catch {
    return null
  }
}

const whole = new Map(built.map((each) => [each.model_type, wholeOf(each)]))

/**
 * FLOPs that torch's counter (`FlopCounterMode`, eager attention) reads off one square image through the towers of the default
 * config, by model type and side: windows filled up, relative positions and pooling heads with all that is run.
 */
const counted_flops: readonly (readonly [type: string, side: number, flops: number])[] = [
  ['blip', 384, 110_967_164_928],
  ['cohere2_vision', 512, 986_927_136_768],
  ['deepseek_vl', 224, 43_226_378_240],
  ['florence2', 768, 380_985_933_824],
  ['got_ocr2', 1024, 977_446_043_648],
  ['kosmos-2.5', 1000, 6_126_770_847_744],
  ['paligemma', 224, 213_551_677_440],
  ['vipllava', 336, 425_404_760_064],
]

test.each(counted_flops)(
  '%s at %i pixels needs the FLOPs that were counted',
  (type, side, flops) => {
    const { config } = built.find(({ model_type }) => model_type === type)!
    const images = { count: 1, width: side, height: side }
    const cost = evaluate(prepare(importConfig(config).architecture), { images })
    expect(cost.flops.towers).toBe(flops)
  },
)

describe('the whole of a multimodal model', () => {
  const counted = built.filter(({ model_type }) => whole.get(model_type) !== null)

  test.each(counted)('$model_type is what was built', ({ model_type, total }) => {
    expect(whole.get(model_type)).toBe(total)
  })

  test('is known of most model types that see or hear', () => {
    expect(counted.map(({ model_type }) => model_type)).toEqual(
      expect.arrayContaining(
        `audioflamingo3 blip blip-2 cohere2_vision cosmos3_omni deepseek_vl exaone4_5 florence2 gemma3 glm46v glm4v glm4v_moe glm_ocr glmasr glmga
        got_ocr2 hyperclovax_vision_v2 instructblip instructblipvideo internvl kimi_k25 kosmos-2 kosmos-2.5 lfm2_vl lighton_ocr llama4 llava llava_next llava_next_video llava_onevision
        minicpmv4_6 minicpmv4_7 minimax_m3_vl mistral3 mllama modernvbert musicflamingo ovis2 paddleocr_vl paligemma pp_chart2table qianfan_ocr
        qwen2_5_omni_thinker qwen2_5_vl qwen2_audio qwen2_vl qwen3_5 qwen3_5_moe qwen3_asr qwen3_omni_moe_thinker qwen3_vl qwen3_vl_moe shieldgemma2 step3p7 video_llama_3 video_llava
        vipllava voxtral`.split(/\s+/),
      ),
    )
  })
})
