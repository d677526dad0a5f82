/** What is pruned meets no condition: the designs that are left are those that a search finds one by one. */
import { expect, test } from 'vitest'
import { prepareSearch } from '../../../../src/engine/ask/search/search.ts'
import type { Space } from '../../../../src/engine/ask/search/space.ts'
import { designsThatMeet } from '../../../../src/engine/ask/size/prune.ts'
import { published } from '../architectures.ts'

const every = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step)

const spaces: Record<string, Partial<Space> & { model: string }> = {
  dense: {
    model: 'llama-3.1-8b',
    hold: ['d_head'],
    vary: {
      d_model: every(3072, 6144, 512),
      'ffn.d_ff': every(6144, 20_480, 512),
      'mixer.n_kv_heads': [1, 2, 3, 4, 6, 8, 12, 16],
    },
    constraints: ['params.total <= 9e9', 'params.total >= 8.5e9', 'memory.bytes <= 19e9'],
  },
  // Heads of 128 that eight key-value heads share need widths of 1024.
  'experts and key-value heads': {
    model: 'qwen3-30b-a3b',
    hold: ['d_head'],
    vary: {
      d_model: every(1024, 3072, 256),
      'ffn.d_ff_expert': every(256, 1536, 256),
      'ffn.n_experts': [4, 16, 64, 96, 128],
      'ffn.top_k': [1, 4, 8, 16],
      'mixer.n_kv_heads': [2, 4, 8],
    },
    constraints: [
      'params.total <= 30e9',
      'params.total >= 25e9',
      'params.active <= 4e9',
      'params.active >= 3e9',
      'd_model <= 4 * ffn.d_ff_expert',
    ],
  },
  // Eight groups of experts, of which four are chosen.
  'groups of experts': {
    model: 'deepseek-v3',
    vary: {
      d_model: every(2048, 6144, 1024),
      'ffn.d_ff_expert': every(512, 2048, 512),
      'ffn.n_experts': [4, 6, 12, 16, 20, 32, 64, 72, 100, 128],
      'ffn.top_k': [1, 2, 6, 8, 12],
    },
    constraints: ['params.total <= 100e9', 'params.total >= 80e9', 'params.active <= 9e9'],
  },
  'a deployment': {
    model: 'llama-3.1-8b',
    hold: ['d_head'],
    vary: {
      d_model: every(4096, 8192, 1024),
      'ffn.d_ff': every(8192, 32_768, 1024),
      'mixer.n_kv_heads': [1, 2, 4, 8],
    },
    constraints: ['fit.per_rank.needed <= 20e9', 'fit.per_rank.needed >= 19e9'],
    deployment: { device: 'L40S', devices: 2, parallel: { tp: 2 } },
  },
  'a deployment under a runtime': {
    model: 'llama-3.1-8b',
    hold: ['d_head'],
    vary: {
      d_model: every(4096, 16_384, 1024),
      'ffn.d_ff': every(8192, 65_536, 2048),
      'mixer.n_kv_heads': [4, 8],
    },
    constraints: ['fit.per_rank.needed <= 20e9', 'fit.per_rank.needed >= 19e9'],
    deployment: { device: 'H100 SXM', devices: 8, parallel: { tp: 8 }, runtime: 'vllm' },
  },
  'experts over ranks': {
    model: 'qwen3-30b-a3b',
    hold: ['d_head'],
    vary: {
      d_model: every(1024, 4096, 512),
      'ffn.d_ff_expert': every(256, 1536, 128),
      'ffn.n_experts': [4, 16, 64, 96, 128],
      'mixer.n_kv_heads': [2, 4, 8],
    },
    constraints: ['fit.per_rank.needed <= 20e9', 'fit.per_rank.needed >= 15e9'],
    deployment: { device: 'H100 SXM', devices: 4, parallel: { tp: 4, ep: 4 }, runtime: 'vllm' },
  },
}

test.each(Object.entries(spaces))('in a space of %s', async (_name, { model, ...said }) => {
  const search = prepareSearch({
    architecture: await published(model),
    workload: { context: 8192 },
    set: {},
    hold: [],
    vary: {},
    constraints: [],
    minimise: [],
    maximise: [],
    show: [],
    seed: 1,
    ...said,
  })
  const one = (place: number): boolean => search.run(place, place + 1).feasible === 1
  const expected = Array.from({ length: search.total }, (_, place) => place).filter(one)
  const { met, looked } = designsThatMeet(
    search,
    search.conditions.flatMap((condition) => {
      if (condition.text.startsWith('fit.')) return [{ condition, dip: 0.03 }]
      return /^(params|memory)/.test(condition.text) ? [{ condition, dip: 0 }] : []
    }),
  )
  expect(met.map(({ place }) => place)).toEqual(expected)
  expect(expected.length).toBeGreaterThan(0)
  expect(looked).toBeLessThan(search.total / 2)
  for (const { place, values } of met) expect(values).toEqual(search.describe(place).values)
})
