/**
 * Modules for multi-token prediction that a config names. DeepSeek-V3's are 11.61B by its report; those of GLM-4.5,
 * GLM-4.5-Air and Qwen3-Next are what their checkpoints store beyond the model, less the tables that are stored again
 * and, for GLM, the corrections of all routers.
 */
import { describe, expect, test } from 'vitest'
import { evaluate, prepare, withExtra } from '../../src/engine/index.ts'
import { importConfig } from '../../src/import/index.ts'
import air from '../../src/import/catalog/configs/glm-4.5-air.json' with { type: 'json' }
import next from '../../src/import/catalog/configs/qwen3-next-80b-a3b.json' with { type: 'json' }
import v3 from '../../src/import/catalog/configs/deepseek-v3.json' with { type: 'json' }

const leftOut = (config: object): { name: string; why: string }[] =>
  importConfig(config).report.left_out
const glm45 = {
  ...air,
  hidden_size: 5120,
  intermediate_size: 12288,
  moe_intermediate_size: 1536,
  num_hidden_layers: 92,
  n_routed_experts: 160,
  first_k_dense_replace: 3,
  use_qk_norm: true,
}
const tables = (d_model: number): number => 2 * 151552 * d_model
const shape = {
  model_type: 'mimo',
  hidden_size: 1024,
  num_hidden_layers: 4,
  num_attention_heads: 8,
  num_key_value_heads: 2,
  intermediate_size: 2048,
  vocab_size: 1000,
}

describe('a module for multi-token prediction', () => {
  test.each([
    ['DeepSeek-V3', v3, 11_610_067_968],
    ['GLM-4.5', glm45, 5_539_976_512 - tables(5120) - 90 * 160],
    ['GLM-4.5-Air', air, 3_616_579_328 - tables(4096) - 46 * 128],
    ['Qwen3-Next', { ...next, mtp_num_hidden_layers: 1 }, 1_650_471_424],
  ])('of %s is left out with its parameters and its layer of cache', (_, config, params) => {
    expect(leftOut(config).at(-1)!.why).toContain(
      `not counted: ${params.toLocaleString('en')} parameters and 1 more layer of cache`,
    )
    expect(
      importConfig(config)
        .notes.map(({ text }) => text)
        .join(),
    ).toContain(params.toLocaleString('en'))
  })

  test.each([
    ['DeepSeek-V3', v3, 11_610_067_968, 576],
    ['GLM-4.5-Air', air, 3_616_579_328 - tables(4096) - 46 * 128, 2 * 8 * 128],
    ['Qwen3-Next', { ...next, mtp_num_hidden_layers: 1 }, 1_650_471_424, 2 * 2 * 256],
  ])('of %s is counted where that is asked for', (_, config, params, values) => {
    const { architecture } = importConfig(config)
    const [off, on] = [architecture, withExtra(architecture, ['mtp'])].map((document) =>
      evaluate(prepare(document), { context: 1000 }),
    ) as [ReturnType<typeof evaluate>, ReturnType<typeof evaluate>]
    expect(on.params.total).toBe(off.params.total + params)
    expect(on.params.by_layer).toEqual([...off.params.by_layer, params])
    expect(on.cache!.bytes).toBe(off.cache!.bytes + 1000 * values * 2)
    // Its layer, its projection and the head once more: two FLOPs for each value that a token meets.
    const met = on.params.active - off.params.active + off.params.head
    expect(on.flops.decode! - off.flops.decode!).toBeGreaterThan(2 * met * 0.99)
  })

  test('is never said to cost nothing', () => {
    const { report } = importConfig({
      ...next,
      mtp_num_hidden_layers: 1,
      mtp_use_dedicated_embeddings: false,
    })
    expect(report.left_out.map(({ name }) => name)).toEqual([
      'mtp_num_hidden_layers',
      'mtp_use_dedicated_embeddings',
    ])
    expect(report.ignored.filter((key) => key.includes('mtp'))).toEqual([])
  })

  test('is as often there as the config says', () => {
    const of = (config: object): string => leftOut({ ...shape, ...config })[0]!.why
    expect(of({ num_nextn_predict_layers: 3 })).toMatch(/3 more layers of cache/)
    expect(of({ num_mtp_modules: 2, mtp_transformer_layers: 2, use_mtp: true })).toMatch(
      /4 more layers of cache/,
    )
    expect(of({ mtp_depth: 2 })).toMatch(/what it holds is not known/)
  })

  test('that is not there changes nothing and is no more than read', () => {
    for (const config of [
      { num_nextn_predict_layers: 0 },
      { num_nextn_predict_layers: null },
      { num_mtp_modules: 3, use_mtp: false },
    ]) {
      const { report, notes } = importConfig({ ...shape, ...config })
      expect(report.left_out).toEqual([])
      expect(notes).toEqual(importConfig(shape).notes)
    }
  })
})
