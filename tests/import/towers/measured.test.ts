/** Towers as transformers 5.18 builds them on the meta device, and the FLOPs that torch's counter reads off one image. */
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { importConfig } from '../../../src/import/index.ts'

const small_text = { num_hidden_layers: 1, intermediate_size: 8 }

const qwen = { image_token_id: 1, vision_start_token_id: 2 }
const textOf = (model_type: string, hidden_size: number): object => ({
  model_type,
  ...small_text,
  hidden_size,
  num_attention_heads: 8,
  num_key_value_heads: 8,
  head_dim: 64,
})

/** The language model is cut short: towers know no more of it than its width. */
const cases = [
  {
    of: 'LLaVA, class default',
    config: { model_type: 'llava', text_config: textOf('llama', 4096) },
    image: [500, 300],
    towers: { vision: 303_507_456, projector: 20_979_712 },
    flops: 406_077_407_232,
    tokens: 576,
  },
  {
    of: 'Gemma 3 4B',
    config: {
      model_type: 'gemma3',
      text_config: textOf('gemma3_text', 2560),
      vision_config: {
        model_type: 'siglip_vision_model',
        hidden_size: 1152,
        intermediate_size: 4304,
        num_hidden_layers: 27,
        num_attention_heads: 16,
        image_size: 896,
        patch_size: 14,
        vision_use_head: false,
      },
    },
    image: [896, 896],
    towers: { vision: 416_866_032, projector: 2_950_272 },
    flops: 5_461_902_360_576,
    tokens: 256,
  },
  {
    of: 'Gemma 4, default tower',
    config: {
      model_type: 'gemma4',
      text_config: textOf('gemma4_text', 2304),
      vision_config: { model_type: 'gemma4_vision' },
    },
    image: [768, 768],
    towers: { vision: 167_364_608 },
    flops: null,
    tokens: 256,
  },
  {
    of: 'Qwen2.5-VL 7B, 74 by 74 patches',
    config: {
      model_type: 'qwen2_5_vl',
      ...qwen,
      text_config: textOf('qwen2_5_vl_text', 3584),
      vision_config: { hidden_size: 1280, intermediate_size: 3420, out_hidden_size: 3584 },
    },
    image: [1036, 1036],
    towers: { vision: 676_550_144 },
    flops: 7_700_229_242_880,
    tokens: 1369,
  },
  {
    of: 'Qwen3-VL 8B, 64 by 64 patches',
    config: {
      model_type: 'qwen3_vl',
      ...qwen,
      text_config: textOf('qwen3_vl_text', 4096),
      vision_config: { out_hidden_size: 4096 },
    },
    image: [1024, 1024],
    towers: { vision: 576_388_336 },
    flops: 5_797_903_859_712,
    tokens: 1024,
  },
  {
    of: 'Llama 4 Scout, one tile',
    config: {
      model_type: 'llama4',
      text_config: { ...textOf('llama4_text', 5120), num_local_experts: 2 },
      vision_config: {
        hidden_size: 1408,
        intermediate_size: 5632,
        num_hidden_layers: 34,
        num_attention_heads: 16,
        image_size: 336,
        patch_size: 14,
        vision_output_dim: 4096,
        projector_input_dim: 4096,
        projector_output_dim: 4096,
      },
    },
    image: [336, 336],
    towers: { vision: 850_960_896, projector: 20_971_520 },
    flops: 1_015_628_557_312,
    tokens: 144,
  },
  {
    of: 'InternVL with InternViT-300M, one tile',
    config: {
      model_type: 'internvl',
      text_config: textOf('qwen2', 3584),
      vision_config: { attention_bias: true },
    },
    image: [448, 448],
    towers: {},
    flops: 737_685_897_216,
    tokens: 258,
  },
  {
    of: 'Gemma 3n, MobileNet-V5',
    config: { model_type: 'gemma3n', text_config: textOf('gemma3n_text', 2048) },
    image: [500, 300],
    towers: { vision: 294_126_912, projector: 4_460_544 + 3_345_408, audio: 681_348_640 },
    flops: 871_482_949_632 + 2_147_483_648,
    tokens: 256,
  },
  {
    of: 'Phi-4-multimodal, two layers of each tower, six tiles',
    config: {
      ...textOf('phi4_multimodal', 3072),
      vision_config: { num_hidden_layers: 2 },
      audio_config: { num_blocks: 2 },
    },
    image: [1000, 500],
    towers: {
      vision: 47_577_840,
      audio: 48_365_824,
      projector: 60_562_416 - 47_577_840 + 73_543_936 - 48_365_824,
    },
    // Layers, the pooling head, and the projector on what is left of all tiles.
    flops: 513_882_980_352 + 38_120_914_944 + 138_829_824 + 37_604_818_944,
    tokens: 1449,
  },
  {
    of: 'Idefics 3, two layers of its tower, twelve tiles',
    config: {
      model_type: 'idefics3',
      text_config: textOf('llama', 4096),
      vision_config: {
        hidden_size: 1152,
        intermediate_size: 4304,
        num_hidden_layers: 2,
        num_attention_heads: 16,
        image_size: 364,
        patch_size: 14,
      },
    },
    image: [1920, 1080],
    towers: { vision: 31_938_592, projector: 18_874_368 },
    flops: 684_772_208_640,
    tokens: 2227,
  },
  {
    of: 'Idefics 2, two layers of its tower',
    config: {
      model_type: 'idefics2',
      text_config: { ...textOf('mistral', 4096), intermediate_size: 14_336 },
      vision_config: {
        hidden_size: 1152,
        intermediate_size: 4304,
        num_hidden_layers: 2,
        num_attention_heads: 16,
        image_size: 980,
        patch_size: 14,
      },
    },
    image: [1500, 1000],
    towers: { vision: 36_804_640, projector: 743_219_200 },
    flops: 296_013_312_000 + 738_871_214_080,
    tokens: 66,
  },
  {
    of: 'DeepSeek-VL with two towers, class default',
    config: { model_type: 'deepseek_vl_hybrid', text_config: textOf('llama', 4096) },
    image: [500, 300],
    towers: { vision: 92_884_224 + 89_670_912 + 787_456 + 5_898_240 + 1, projector: 20_455_424 },
    flops: 1_029_350_436_864,
    tokens: 196,
  },
  {
    of: 'Aria, two layers of its tower',
    config: {
      model_type: 'aria',
      text_config: textOf('aria_text', 2560),
      vision_config: {
        intermediate_size: 4304,
        num_hidden_layers: 2,
        image_size: 980,
        patch_size: 14,
      },
    },
    image: [500, 300],
    towers: { vision: 36_804_640, projector: 20_427_136 },
    flops: null,
    tokens: 256,
  },
  {
    of: 'LFM2-VL, two layers of its tower, eight tiles and the whole',
    config: {
      model_type: 'lfm2_vl',
      text_config: textOf('lfm2', 2560),
      vision_config: { num_hidden_layers: 2, vision_use_head: false },
    },
    image: [1920, 1080],
    towers: { projector: 14_429_184 },
    flops: 395_423_776_768,
    tokens: 2 + 8 * 257 + 1 + 252,
  },
  {
    of: 'Idefics, two layers of its tower',
    config: {
      ...small_text,
      model_type: 'idefics',
      use_resampler: true,
      vision_config: { embed_dim: 1280, num_hidden_layers: 2 },
    },
    image: [224, 224],
    towers: { vision: 40_442_880, projector: 125_959_680 },
    flops: 21_272_995_840 + 28_990_242_816,
    tokens: 1,
  },
]

describe.each(cases)('$of', ({ config, image: [width, height], towers, flops, tokens }) => {
  const { architecture, report, notes } = importConfig(config)
  const model = prepare(architecture)
  const run = (context: number) =>
    evaluate(model, { context, images: { count: 1, width: width!, height: height! } })

  test('has the parameters of the built towers', () => {
    const { whole, total } = evaluate(model).params
    expect(whole!.towers).toMatchObject(towers)
    const all = Object.values(whole!.towers).reduce((sum, each) => sum + each, 0)
    expect(whole!.total).toBe(total + all)
  })

  test('needs as many FLOPs for an image as were counted', () => {
    if (flops !== null) expect(run(4096).flops.towers).toBe(flops)
  })

  test('holds an image in as many tokens as the processor makes of it', () => {
    expect(() => run(tokens)).not.toThrow()
    if (tokens > 1) expect(() => run(tokens - 1)).toThrow(/tokens/)
  })

  test('reports every key', () => {
    expect(report.not_understood).toEqual([])
    expect(report.left_out).toEqual([])
    expect(notes.map(({ text }) => text).join()).toContain('params.whole')
  })
})

test('tokens of Idefics look at what the resampler makes of an image', () => {
  const { architecture } = importConfig({
    model_type: 'idefics',
    num_hidden_layers: 2,
    use_resampler: true,
    vision_config: { embed_dim: 1280, num_hidden_layers: 2 },
  })
  const cost = evaluate(prepare(architecture), {
    context: 32,
    images: { count: 1, width: 224, height: 224 },
    pairs: 'full',
    head: 'all',
  })
  // Tables, layers with those that look at images, and the last norm.
  expect(cost.params.total).toBe(2 * 131_072_000 + 404_766_720 + 358_629_380 + 4096)
  // As counted, without the products that make rotary angles: 64 for each token and layer, as a product of columns.
  expect(cost.flops.prefill).toBe(108_949_948_416 - 2 * 2 * 32 * 64)
})
