/** Search agrees with looking at every design one by one, however it is divided, in any order. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asker, costAt, family } from '../../../src/engine/ask/family/family.ts'
import { mergeFindings, type Findings } from '../../../src/engine/ask/search/findings.ts'
import { readCost } from '../../../src/engine/ask/quantity/measures.ts'
import { prepareSearch, type Search } from '../../../src/engine/ask/search/search.ts'
import { shuffle } from '../../../src/engine/ask/search/sample.ts'
import { readSpace } from '../../../src/engine/ask/search/space.ts'
import type { Architecture } from '../../../src/engine/index.ts'
import { variation, type SettingValue } from '../../../src/engine/vary/index.ts'
import { architectures, published, single } from './architectures.ts'

type Lists = Record<string, SettingValue[]>

const searchIn = (architecture: Architecture, vary: object, rest: object = {}): Search =>
  prepareSearch(readSpace({ architecture, vary, minimise: 'flops.decode', ...rest }))

/** The goals of every design that meets the conditions and that no other beats, by looking at all. */
function frontByHand(
  architecture: Architecture,
  lists: Lists,
  meets: (values: Record<string, SettingValue>, answer: (name: string) => number) => boolean,
  goals: readonly (readonly [string, 1 | -1])[],
): { front: string[]; feasible: number; designs: number } {
  const names = Object.keys(lists)
  const varied = variation({ architecture, workload: {} }, names)
  const choices = Object.values(lists).reduce<SettingValue[][]>(
    (all, list) => all.flatMap((chosen) => list.map((value) => [...chosen, value])),
    [[]],
  )
  const costs = choices.flatMap((values) => {
    try {
      return [{ values, cost: costAt(varied, values) }]
    } catch {
      return []
    }
  })
  const feasible = costs.filter(({ values, cost }) =>
    meets(Object.fromEntries(names.map((name, index) => [name, values[index]!])), (name) =>
      readCost(cost, name)!,
    ),
  )
  const vectors = feasible.map(({ cost }) =>
    goals.map(([name, sign]) => sign * readCost(cost, name)!),
  )
  const beaten = (vector: readonly number[]): boolean =>
    vectors.some(
      (other) =>
        other.every((each, index) => each <= vector[index]!) &&
        other.some((each, index) => each < vector[index]!),
    )
  return {
    front: [
      ...new Set(vectors.filter((vector) => !beaten(vector)).map((vector) => vector.join())),
    ].toSorted(),
    feasible: feasible.length,
    designs: costs.length,
  }
}

const frontOf = ({ front }: Findings): string[] => front.map(({ goals }) => goals.join()).toSorted()

/** Findings of pieces of a search, looked at in any order, each by a search of its own where wanted. */
function inPieces(
  make: () => Search,
  pieces: readonly number[],
  order: readonly number[],
  workers: number,
): Findings {
  const searches = Array.from({ length: workers }, make)
  const cuts = [
    0,
    ...pieces.map((piece) => piece % (searches[0]!.looks + 1)),
    searches[0]!.looks,
  ].toSorted((a, b) => a - b)
  const stretches = cuts.slice(1).map((to, index) => [cuts[index]!, to] as const)
  const shuffled = stretches
    .map((stretch, index) => ({ stretch, key: order[index % order.length]! }))
    .toSorted((a, b) => a.key - b.key)
  return shuffled
    .map(({ stretch: [from, to] }, index) => searches[index % workers]!.run(from, to))
    .reduce(mergeFindings)
}

test('the front of random small spaces', () => {
  fc.assert(
    fc.property(
      architectures,
      fc.array(fc.nat(500), { maxLength: 6 }),
      fc.array(fc.nat(), { minLength: 1, maxLength: 7 }),
      fc.integer({ min: 1, max: 4 }),
      (architecture, pieces, order, workers) => {
        const moe = architecture.stacks[0]!.layer[1]!.block === 'moe'
        const lists: Lists = {
          n_layers: [2, 3, 8],
          d_model: [64, 80, 100, 128],
          context: [20, 300],
          batch: [1, 4],
          ...(moe ? { 'ffn.top_k': [1, 6] } : {}),
        }
        const make = (): Search =>
          searchIn(architecture, lists, {
            constraints: [
              'params.total <= 400k',
              'batch <= context',
              'd_model multiple of 20',
              'flops.prefill > 1M',
            ],
            minimise: ['flops.decode', 'bytes_read.decode_weights'],
            maximise: 'params.active',
          })
        const whole = make()
        const found = whole.run(0, whole.looks)
        const expected = frontByHand(
          architecture,
          lists,
          ({ d_model, batch, context }, answer) =>
            answer('params.total') <= 4e5 &&
            (batch as number) <= (context as number) &&
            (d_model as number) % 20 === 0 &&
            answer('flops.prefill') > 1e6,
          [
            ['flops.decode', 1],
            ['bytes_read.decode_weights', 1],
            ['params.active', -1],
          ],
        )
        expect([found.designs, found.feasible]).toEqual([expected.designs, expected.feasible])
        expect(roughly(frontOf(found))).toEqual(roughly(expected.front))
        const refused = [...found.unbuildable.values()].reduce((sum, { count }) => sum + count, 0)
        const ruledOut = found.ruled_out.reduce((sum, { count }) => sum + count, 0)
        expect(refused + ruledOut + found.feasible).toBe(whole.total)
        expect(inPieces(make, pieces, order, workers)).toEqual(found)
      },
    ),
    { numRuns: 25 },
  )
})

/** Without the last bits, which the order of adding fractions decides. */
const roughly = (front: readonly string[]): string[] =>
  front
    .map((goals) =>
      goals
        .split(',')
        .map((goal) => Number(goal).toPrecision(12))
        .join(),
    )
    .toSorted()

describe('a published model', async () => {
  const llama = await published('llama-3.1-8b')
  const vary = {
    n_layers: '16..48:step:4',
    d_model: '1Ki..8Ki:step:512',
    n_kv_heads: '1,2,4,8',
    batch: '1..256:powers',
  }
  const rest = {
    hold: ['d_head', 'ffn_ratio'],
    constraints: [
      'params.total <= 8e9',
      'cache.bytes at 131072 <= 4 GiB',
      'memory.bytes <= 80 GiB',
    ],
    minimise: ['flops.decode'],
    maximise: ['params.total', 'batch'],
    show: ['mixer.n_heads', 'ffn.d_ff'],
  }

  test('what it tells of a design is what the engine says', () => {
    const search = searchIn(llama, vary, { ...rest, constraints: ['params.total <= 8e9'] })
    const { front } = search.run(0, search.looks)
    expect(front.length).toBeGreaterThan(3)
    for (const { place, goals } of front) {
      const { values, answers, design } = search.describe(place)
      const told = Object.fromEntries(
        search.told.map(({ name }, index) => [name, (answers as number[])[index]]),
      )
      const batch = values[search.names.indexOf('batch')] as number
      expect([told['flops.decode'], -told['params.total']!, -batch]).toEqual(goals)
      const width = values[
        search.family.settings.findIndex(({ address }) => address === 'd_model')
      ] as number
      expect([told['mixer.n_heads'], told['ffn.d_ff']]).toEqual([width / 128, width * 3.5])
      const { architecture, workload } = design()
      const again = asker(family({ architecture, workload }, [], ['params.total']))([])
      expect(again).toEqual([told['params.total']])
    }
  })

  test('conditions that nothing meets say what each rules out, and its nearest miss', () => {
    const search = searchIn(llama, vary, {
      ...rest,
      constraints: ['params.total <= 8e9', 'params.total >= 9e9'],
    })
    const found = search.run(0, search.looks)
    expect([found.feasible, found.front]).toEqual([0, []])
    const [most, least] = found.ruled_out
    expect(most!.count + least!.count).toBe(found.designs)
    const total = (place: number): number =>
      (search.describe(place).answers as number[])[
        search.told.findIndex(({ name }) => name === 'params.total')
      ]!
    expect(total(most!.place) / 8e9 - 1).toBeCloseTo(most!.miss, 12)
    expect(1 - total(least!.place) / 9e9).toBeCloseTo(least!.miss, 12)
  })

  test('a sample is stated, drawn by its seed, without a design twice', () => {
    const search = (seed: number): Search => searchIn(llama, vary, { ...rest, samples: 200, seed })
    const [a, b, c] = [search(1), search(1), search(2)]
    expect([a.looks, a.total]).toEqual([200, 9 * 15 * 4 * 9])
    expect(a.run(0, 200)).toEqual(b.run(0, 200))
    expect(a.run(0, 200)).not.toEqual(c.run(0, 200))
    expect(mergeFindings(b.run(100, 200), b.run(0, 100))).toEqual(a.run(0, 200))
    expect(searchIn(llama, vary, { ...rest, samples: '1M' }).looks).toBe(a.total)
  })
})

test('a shuffle is a permutation', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(1000), (total, seed) => {
      const at = shuffle(total, seed)
      expect(new Set(Array.from({ length: total }, (_, place) => at(place))).size).toBe(total)
    }),
  )
  expect(shuffle(2 ** 50, 1)(12345)).toBeLessThan(2 ** 50)
})

describe('a space that is wrong says where', () => {
  const architecture = single()
  test.each([
    [{ vary: {} }, /vary: says no setting/],
    [{ vary: { n_layers: [1] }, minimise: [] }, /say what is wanted/],
    [
      { vary: { n_layers: [1] }, constraint: 'x' },
      /constraint: is no key of a space; did you mean constraints/,
    ],
    [{ vary: { n_layer: [1] } }, /did you mean n_layers/],
    [{ vary: { n_layers: [1.5] } }, /a whole number/],
    [{ vary: { n_layers: [1], fp8: null } }, /vary.fp8: has no values; between/],
    [{ vary: { n_layers: '9..1' } }, /smaller number stands first/],
    [{ vary: { n_layers: [1] }, constraints: ['params.total 8e9'] }, /is no condition/],
    [{ vary: { n_layers: [1] }, constraints: ['params.total <= 8 GiB'] }, /no number of bytes/],
    [{ vary: { n_layers: [1] }, constraints: ['params.totl <= 8'] }, /did you mean params.total/],
    [{ vary: { n_layers: [1] }, hold: 'ratio' }, /no such setting/],
    [{ vary: { n_layers: [1] }, samples: 0 }, /at least 1/],
    [{ vary: 'n_layers' }, /vary: a range/],
  ])('%j', (space, message) => {
    expect(() =>
      prepareSearch(readSpace({ architecture, minimise: 'flops.decode', ...space })),
    ).toThrow(message)
  })
})
