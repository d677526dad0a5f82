/** Settings of scenarios vary as others do, and what is found is what `explain` says of the scenario at that value. */
import { describe, expect, test } from 'vitest'
import { prepareSearch } from '../../../src/engine/ask/search/search.ts'
import { sensitivity } from '../../../src/engine/ask/sensitivity.ts'
import { solveCurve, solveTogether } from '../../../src/engine/ask/solve/several.ts'
import { solve } from '../../../src/engine/ask/solve/solve.ts'
import { readSpace } from '../../../src/engine/ask/search/space.ts'
import { sweep } from '../../../src/engine/ask/sweep.ts'
import { explain } from '../../../src/engine/explanations.ts'
import { prepare } from '../../../src/engine/index.ts'
import { findSetting, presentValue, vary } from '../../../src/engine/vary/index.ts'
import { completeWorkload } from '../../../src/engine/workload.ts'
import { published } from './architectures.ts'

const deepseek = { architecture: await published('deepseek-v3'), workload: {} }
const llama = { architecture: await published('llama-3.1-8b'), workload: {} }
const model = prepare(deepseek.architecture)
const said = (quantity: string, set: Record<string, string>): number =>
  explain(model, {}, quantity, { set }).value as number

const ep = 'expert-parallelism.ep'
const per_rank = 'expert-parallelism.params_per_rank'
const bytes = 'expert-parallelism.dispatch_bytes'

const swept = (setting: string, values: string, of: string[], design = deepseek) =>
  [...sweep(design, [{ setting, values }], of).rows()].map(({ answers, problem }) =>
    problem ? problem.message : answers,
  )

describe('sweep', () => {
  test('agrees with explain, and with the paper at 64 ranks', () => {
    const values = ['1', '4', '64', '256']
    const found = swept(ep, values.join(), [per_rank, bytes])
    expect(found).toEqual(
      values.map((value) => [said(per_rank, { ep: value }), said(bytes, { ep: value })]),
    )
    // DeepSeek-V3 on 64 ranks: a router and five experts of 44,040,192, one of them shared.
    expect(found[2]![0]).toBe(222_035_968)
  })

  test('a value that the scenario refuses is left out', () => {
    expect(swept(ep, '2,3', [bytes])).toEqual([
      [said(bytes, { ep: '2' })],
      expect.stringContaining('256 experts cannot be shared evenly by 3 ranks'),
    ])
  })

  test('what is asked at a value of its own has it, beside what follows', () => {
    expect(swept(ep, '2,4', [bytes, `${bytes} at ep=8`])).toEqual(
      ['2', '4'].map((value) => [said(bytes, { ep: value }), said(bytes, { ep: '8' })]),
    )
  })

  test('what the model or a device says is overridden', () => {
    const distinct = 'distinct-experts.distinct'
    expect(swept('distinct-experts.tokens', '1,32', [distinct])).toEqual([
      [said(distinct, { tokens: '1' })],
      [said(distinct, { tokens: '32' })],
    ])
    const seconds = 'roofline.seconds at device=L40S'
    expect(swept('roofline.bandwidth', '1e12', [seconds], llama)).toEqual(
      swept('context', '8192', [`${seconds},bandwidth=1e12`], llama),
    )
  })

  test('flags and choices, none of them a mere absence', () => {
    const scores = 'training-memory.score_bytes'
    // Of Korthikanti, section 4: 5 a s / h without recomputation.
    expect(swept('training-memory.recompute', 'none,full', [scores], llama)).toEqual([
      [(5 * 32 * 8192) / 4096],
      [0],
    ])
    const flags = swept(
      'training-memory.sequence_parallel',
      'true,false',
      ['training-memory.layer_bytes at tp=8'],
      llama,
    )
    expect(flags[0]).not.toEqual(flags[1])
  })

  test('with a setting of the design', () => {
    const axes = [
      { setting: ep, values: '2,4' },
      { setting: 'top_k', values: '4,8' },
    ]
    const rows = [...sweep(deepseek, axes, [bytes]).rows()]
    const byHand = rows.map(({ values: [ranks, top_k] }) => {
      const { architecture } = vary(deepseek, { top_k: top_k! })
      const of = prepare(architecture)
      return [explain(of, {}, bytes, { set: { ep: String(ranks) } }).value]
    })
    expect(rows.map(({ answers }) => answers)).toEqual(byHand)
  })
})

describe('solve', () => {
  test('finds a number of ranks that shares the experts evenly', () => {
    const target = { quantity: per_rank, value: 300e6 }
    const { value, answer, design } = solve(deepseek, ep, target, { side: 'below' })
    expect(value).toBe(64)
    expect(answer).toBe(222_035_968)
    expect(said(per_rank, { ep: '32' })).toBeGreaterThan(target.value)
    expect(design.scenarios).toEqual({ 'expert-parallelism': { ep: 64 } })
  })

  test('finds a bandwidth, which is more than any setting of a model', () => {
    const seconds = 'roofline.seconds'
    const wanted = explain(prepare(llama.architecture), {}, seconds, {
      set: { bandwidth: '8e12' },
    }).value as number
    const { value } = solve(llama, 'roofline.bandwidth', { quantity: seconds, value: wanted })
    expect(Number(value) / 8e12).toBeCloseTo(1, 12)
  })

  test('together with a setting of the design, which keeps what was found before', () => {
    const { solutions } = solveTogether(deepseek, [
      { setting: ep, target: { quantity: per_rank, value: 222_035_968 } },
      { setting: 'top_k', target: { quantity: 'params.active', value: 37_000_000_000 } },
    ])
    expect(solutions.map(({ value }) => value)).toEqual([64, 8])
  })

  test('along a setting of the scenario', () => {
    const along = { setting: ep, values: '64,128' }
    const target = { quantity: 'expert-parallelism.ranks_hit', value: 7 }
    const points = [...solveCurve(deepseek, 'expert-parallelism.top_k', target, along)]
    const found = points.map(({ along: ranks, solution }) => [
      solution!.answer,
      said(target.quantity, { ep: String(ranks), top_k: String(solution!.value) }),
    ])
    expect(found.map(([answer]) => answer)).toEqual(found.map(([, explained]) => explained))
    expect(() => [
      ...solveCurve(deepseek, 'top_k', { quantity: 'params.active', value: 1e9 }, along),
    ]).toThrow(/expert-parallelism.ep: varies, but would change nothing/)
  })
})

test('a search passes over what the scenario refuses, and finds what explain says', () => {
  const search = prepareSearch(
    readSpace({
      architecture: deepseek.architecture,
      vary: { [ep]: [3, 8, 16, 32], 'moe.top_k': [4, 8] },
      constraints: [`${per_rank} <= 1e9`],
      minimise: bytes,
      maximise: 'moe.top_k',
    }),
  )
  const found = search.run(0, search.total)
  // Three ranks never share 256 experts, and eight hold too many.
  expect([found.designs, found.feasible]).toEqual([6, 4])
  expect([...found.unbuildable.values()].map(({ count }) => count)).toEqual([2])
  for (const { place, goals } of found.front) {
    const { values, answers } = search.describe(place)
    const named = Object.fromEntries(search.names.map((name, index) => [name, values[index]]))
    expect(named[ep]).toBe(16)
    const { architecture } = vary(deepseek, { top_k: named['moe.top_k']! })
    const explained = explain(prepare(architecture), {}, bytes, { set: { ep: '16' } }).value
    expect([goals[0], (answers as number[])[0]]).toEqual([explained, explained])
  }
  expect(found.front).toHaveLength(2)
})

test('a search sets them nowhere but where they are asked', () => {
  const space = {
    architecture: deepseek.architecture,
    set: { [ep]: 8 },
    vary: { top_k: [4] },
    minimise: bytes,
  }
  expect(() => readSpace(space)).toThrow(/say it with what is asked/)
})

test('sensitivity tells of what the scenario chooses, not twice of what the model says', () => {
  const quantity = 'roofline.seconds at device=L40S'
  const rows = sensitivity(llama, quantity)
  const own = rows.filter(({ setting }) => setting.address.startsWith('roofline.'))
  expect(own.map(({ setting: { address } }) => address)).toEqual([
    'roofline.bandwidth_efficiency',
    'roofline.bandwidth',
  ])
  // As it is on that device.
  expect(own[1]!.from).toBe(0.864e12)
  expect(own[1]!.before).toBe(explain(prepare(llama.architecture), {}, quantity).value as number)
})

describe('a setting of a scenario', () => {
  test('is what the model says, the default, or what was chosen before', () => {
    const setting = findSetting(deepseek.architecture, ep)
    const workload = completeWorkload(model, {})
    expect(presentValue(model, workload, setting)).toBe(256)
    expect(presentValue(model, workload, setting, { 'expert-parallelism': { ep: 8 } })).toBe(8)
    const dense = prepare(llama.architecture)
    expect(presentValue(dense, completeWorkload(dense, {}), setting)).toBeNull()
  })

  test.each([
    ['expert-parallelism.epp', /is no setting of expert-parallelism; did you mean ep\?/],
    ['expert-parallelism.ranks_hit', /is no setting of expert-parallelism; it has n_experts/],
    ['expert-paralelism.n_ranks', /no such setting/],
    ['distinct-expert.token', /did you mean distinct-experts.tokens\?/],
    ['ep', /did you mean expert-parallelism.ep or training-memory.ep\?/],
    ['distinct-experts.shares', /is a list, which cannot vary/],
  ])('%s is none', (name, message) => {
    expect(() => findSetting(deepseek.architecture, name)).toThrow(message)
  })

  test.each([
    [['params.total', 'distinct-experts.distinct'], /nothing that is asked belongs to expert-par/],
    [[`${bytes} at ep=8`], /says ep itself; leave it out there/],
  ])('does not vary while it changes nothing: %s', (asked, message) => {
    expect(() => swept(ep, '1,2', asked)).toThrow(message)
  })

  test('has the range of its formula file', () => {
    const [least, most] = ['0', '1.5'].map((value) => () => swept(ep, value, [bytes]))
    expect(least).toThrow(/a whole number from 1/)
    expect(most).toThrow(/a whole number/)
  })
})
