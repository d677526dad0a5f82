/** What a search finds is what looking at every design one by one finds: every count, every nearest miss, the front and its ties. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ArchcostError } from '../../../src/engine/index.ts'
import { asker, family } from '../../../src/engine/ask/family/family.ts'
import { mergeFindings, type Findings } from '../../../src/engine/ask/search/findings.ts'
import { prepareSearch, type Search } from '../../../src/engine/ask/search/search.ts'
import { readSpace } from '../../../src/engine/ask/search/space.ts'
import type { Architecture } from '../../../src/engine/index.ts'
import type { SettingValue } from '../../../src/engine/vary/index.ts'
import { architectures, published } from './architectures.ts'

const holds: Record<string, (left: number, right: number) => boolean> = {
  '<=': (left, right) => left <= right,
  '<': (left, right) => left < right,
  '>=': (left, right) => left >= right,
  '>': (left, right) => left > right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  'multiple of': (left, right) => left % right === 0,
}

type Lists = Readonly<Record<string, readonly SettingValue[]>>

interface Condition {
  left: string
  relation: string
  right: string | number
}

/** Of whole numbers only, so that no order of adding matters. */
const measures = [
  'params.total',
  'params.active',
  'params.non_embedding',
  'flops.decode',
  'flops.prefill at context=40',
  'cache.bytes',
  'memory.bytes',
  'd_model',
  'batch',
  'context',
]

const lists = fc.record({
  n_layers: fc.constantFrom([2], [1, 2, 3, 5], [6, 2]),
  d_model: fc.constantFrom(
    [64, 96],
    [128, 64, 80, 100, 96],
    [64, 72, 80, 88, 96, 104, 112, 120, 128],
  ),
  context: fc.constantFrom([20, 300], [700, 30, 64, 100, 101, 33, 32], range(1, 150, 7)),
  batch: fc.constantFrom([1], [1, 4], range(1, 19, 1)),
})

function range(from: number, to: number, step: number): number[] {
  return Array.from(
    { length: Math.floor((to - from) / step) + 1 },
    (_, index) => from + index * step,
  )
}

const conditions = fc.array(
  fc.record({
    left: fc.constantFrom(...measures),
    relation: fc.constantFrom('<=', '<=', '<', '>=', '>', '==', '!=', 'multiple of'),
    /** A measure, or what the left is for some design. */
    right: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(...measures) },
      { weight: 4, arbitrary: fc.nat() },
    ),
  }),
  { maxLength: 5 },
)

const goals = fc.uniqueArray(fc.constantFrom(...measures), { minLength: 1, maxLength: 4 })

test('for random architectures, spaces, conditions and goals', () => {
  fc.assert(
    fc.property(
      architectures,
      lists,
      conditions,
      goals,
      fc.nat(),
      fc.array(fc.nat(), { maxLength: 3 }),
      (architecture, vary, raw, wanted, sense, cuts) => {
        const minimise = wanted.filter((_, index) => (sense >> index) % 2 === 0)
        const maximise = wanted.filter((_, index) => (sense >> index) % 2 === 1)
        const asked = raw.map(stated(architecture, vary))
        check(architecture, vary, asked, minimise, maximise, cuts)
      },
    ),
    { numRuns: 100 },
  )
})

test('where experts are many and their width is long', async () => {
  const architecture = await published('mixtral-8x7b')
  const vary = {
    n_layers: range(8, 32, 8),
    'ffn.n_experts': [4, 8, 16],
    'ffn.top_k': [1, 2, 6],
    'ffn.d_ff_expert': range(1024, 16384, 512),
  }
  const asked = [
    { left: 'params.total', relation: '<=', right: 30e9 },
    { left: 'params.active', relation: '<', right: 8e9 },
    { left: 'params.active', relation: '>', right: 1e9 },
  ]
  check(architecture, vary, asked, ['flops.decode'], ['params.total'], [100, 555])
})

/** A condition on a number, with one that stands right at an edge: what some design has. */
function stated(
  architecture: Architecture,
  vary: Lists,
): (raw: { left: string; relation: string; right: string | number }) => Condition {
  return ({ left, relation, right }) => {
    if (typeof right === 'string') return { left, relation, right }
    const values = Object.values(vary).map((list, index) => list[(right >> index) % list.length]!)
    const ask = asker(family({ architecture, workload: {} }, Object.keys(vary), [left]))
    const answer = ask(values)
    const edge = answer instanceof ArchcostError ? 1000 : answer[0]!
    return { left, relation, right: relation === 'multiple of' ? 1 + (right % 16) : edge }
  }
}

function check(
  architecture: Architecture,
  vary: Lists,
  asked: readonly Condition[],
  minimise: readonly string[],
  maximise: readonly string[],
  cuts: readonly number[],
): void {
  const search = prepareSearch(
    readSpace({
      architecture,
      vary,
      constraints: asked.map(({ left, relation, right }) => `${left} ${relation} ${right}`),
      minimise,
      maximise,
    }),
  )
  const found = search.run(0, search.looks)
  expect(found).toEqual(
    oneByOne(search, architecture, asked, [...minimise, ...maximise], minimise.length),
  )
  const ends = [0, ...cuts.map((cut) => cut % search.looks), search.looks].toSorted((a, b) => a - b)
  const pieces = ends.slice(1).map((end, index) => search.run(ends[index]!, end))
  expect(pieces.reduce(mergeFindings)).toEqual(found)
}

function oneByOne(
  { names, lists: listed, order, total, conditions: { length } }: Search,
  architecture: Architecture,
  asked: readonly Condition[],
  wanted: readonly string[],
  minimised: number,
): Findings {
  const sides = asked.flatMap(({ left, right }) =>
    typeof right === 'string' ? [left, right] : [left],
  )
  const walked = order.map((setting) => names[setting]!)
  const all = order.map((setting) => listed[setting]!)
  const ask = asker(family({ architecture, workload: {} }, walked, [...wanted, ...sides]))
  const found: Findings = {
    looked: total,
    designs: 0,
    feasible: 0,
    duplicates: 0,
    unbuildable: new Map(),
    ruled_out: Array.from({ length }, () => ({ count: 0, place: 0, miss: Infinity })),
    front: [],
  }
  const met: { place: number; goals: number[] }[] = []
  for (let place = 0; place < total; place++) {
    let rest = place
    const values = all
      .toReversed()
      .map((list) => {
        const value = list[rest % list.length]!
        rest = Math.floor(rest / list.length)
        return value
      })
      .toReversed()
    const answers = ask(values)
    if (answers instanceof ArchcostError) {
      const problem = answers.path ?? answers.message
      const known = found.unbuildable.get(problem)
      found.unbuildable.set(problem, {
        count: (known?.count ?? 0) + 1,
        place: known?.place ?? place,
      })
      continue
    }
    found.designs++
    let next = wanted.length
    const failed = asked.findIndex(({ relation, right }, index) => {
      const left = answers[next++]!
      const against = typeof right === 'string' ? answers[next++]! : right
      if (holds[relation]!(left, against)) return false
      const ruled = found.ruled_out[index]!
      ruled.count++
      const miss =
        relation === 'multiple of' ? 1 : Math.abs(left - against) / Math.max(Math.abs(against), 1)
      if (miss < ruled.miss) Object.assign(ruled, { miss, place })
      return true
    })
    if (failed >= 0) continue
    found.feasible++
    met.push({
      place,
      goals: wanted.map((_, index) => (index < minimised ? 1 : -1) * answers[index]!),
    })
  }
  found.front = frontOf(met)
  return found
}

/** Compared with every design, ties told by their first. */
function frontOf(designs: readonly { place: number; goals: number[] }[]): Findings['front'] {
  const distinct = new Map<string, Findings['front'][number]>()
  for (const { place, goals: each } of designs) {
    const known = distinct.get(each.join())
    if (known) known.equal++
    else distinct.set(each.join(), { place, goals: each, equal: 1 })
  }
  const points = [...distinct.values()]
  return points
    .filter(
      (point) =>
        !points.some(
          (other) =>
            other !== point && other.goals.every((goal, index) => goal <= point.goals[index]!),
        ),
    )
    .toSorted((a, b) => {
      const first = a.goals.findIndex((goal, index) => goal !== b.goals[index])
      return a.goals[first]! - b.goals[first]!
    })
}
