/** Towers as transformers 5.18 builds them on the meta device, and the FLOPs that torch's counter reads off one image. */
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { importConfig } from '../../../src/import/index.ts'

const small_text = { hidden_size: 4096, num_hidden_layers: 1, intermediate_size: 8 }

/** The language model is cut short: towers know no more of it than its width. */
const cases = [
  {
    of: 'LLaVA, class default',
    config: { model_type: 'llava', text_config: { model_type: 'llama', ...small_text } },
    image: [500, 300],
    towers: { vision: 303_507_456, projector: 20_979_712 },
    flops: 406_077_407_232,
    tokens: 576,
  },
  {
    of: 'Gemma 3 4B',
    config: {
      model_type: 'gemma3',
      text_config: { model_type: 'gemma3_text', ...small_text, hidden_size: 2560 },
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
]

describe.each(cases)('$of', ({ config, image: [width, height], towers, flops, tokens }) => {
  const { architecture, report, notes } = importConfig(config)
  const model = prepare(architecture)
  const run = (context: number) =>
    evaluate(model, { context, images: { count: 1, width: width!, height: height! } })

  test('has the parameters of the built towers', () => {
    const { whole, total } = evaluate(model).params
    expect(whole!.towers).toMatchObject(towers)
    const all = Object.values(towers).reduce((sum, each) => sum + each, 0)
    expect(whole!.total).toBe(total + all)
  })

  test('needs as many FLOPs for an image as were counted', () => {
    expect(run(4096).flops.towers).toBe(flops)
  })

  test('holds an image in as many tokens as the processor makes of it', () => {
    expect(() => run(tokens)).not.toThrow()
    expect(() => run(tokens - 1)).toThrow(/tokens/)
  })

  test('reports every key', () => {
    expect(report.not_understood).toEqual([])
    expect(report.left_out).toEqual([])
    expect(notes.map(({ text }) => text).join()).toContain('params.whole')
  })
})
