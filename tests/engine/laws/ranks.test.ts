/** Laws of ranks: what they hold and do is the whole, cut, and never grows when it is cut further. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attempt, ArchcostError } from '../../../src/architecture/errors.ts'
import { cutModel, prefillWork, weightBytes, type Stage } from '../../../src/engine/deploy/rank.ts'
import { cacheLayers, partsOf, type Parts } from '../../../src/engine/deploy/cache-layers.ts'
import { completeParallel, type Degrees } from '../../../src/engine/deploy/parallel.ts'
import { bytesOfWeights } from '../../../src/architecture/weight-bytes.ts'
import { encodedPositions } from '../../../src/engine/encoded.ts'
import { noSums } from '../../../src/architecture/stored.ts'
import { addPass, prefillPass } from '../../../src/engine/sums.ts'
import {
  completeWorkload,
  evaluate,
  prepare,
  type Architecture,
} from '../../../src/engine/index.ts'
import { classes, slot } from '../../../src/formulas/index.ts'
import { rankSlot } from '../../../src/formulas/generated/contract.ts'
import { anyArchitecture } from './architectures.ts'
import { add, same } from './cost.ts'
import { workload } from './workloads.ts'

type Given = Parameters<typeof completeWorkload>[1]

/** What the ranks of all stages hold and do, by name; null where the model cannot be cut so. */
function ranksOf(architecture: Architecture, degrees: Degrees, given: Given) {
  const model = prepare(architecture)
  const all = completeWorkload(model, given)
  const stages = attempt(() => cutModel(model, completeParallel(degrees), false))
  if (stages instanceof ArchcostError) return null
  return stages.map((stage) => amounts(stage, model, all, degrees.cp ?? 1))
}

function amounts(
  stage: Stage,
  model: ReturnType<typeof prepare>,
  all: ReturnType<typeof completeWorkload>,
  cp: number,
): Record<string, number> {
  const work = prefillWork(stage, model, all)
  const byName = (sums: readonly number[], name: string): [string, number][] =>
    Object.entries(rankSlot).flatMap(([key, place]) =>
      key.startsWith(name) ? [[key, sums[place]!]] : [],
    )
  return Object.fromEntries([
    ...byName(stage.weights, 'params'),
    ...byName(work, 'flops'),
    ...byName(work, 'activation_bytes'),
    ...(model.decoder ? Object.entries(elements(stage, model, all, cp)) : []),
  ])
}

/** Elements of a sequence's cache. */
const elements = (
  stage: Stage,
  model: ReturnType<typeof prepare>,
  all: ReturnType<typeof completeWorkload>,
  cp: number,
): Parts => {
  const one = Object.fromEntries(classes.holds.map((held) => [held, 1])) as Parts
  return partsOf(cacheLayers(stage, model, all, one), all.context, cp)
}

const degree = fc.constantFrom(1, 2, 3, 4, 8)
const each = (
  check: (architecture: Architecture, given: Given, degrees: number[]) => void,
  numRuns = 50,
): void =>
  fc.assert(fc.property(anyArchitecture, workload, fc.tuple(degree, degree, degree), check), {
    numRuns,
  })

/** The same with tables that four ranks share evenly. */
const withEvenTables = (architecture: Architecture): Architecture => ({
  ...architecture,
  stacks: architecture.stacks.map((stack) => ({
    ...stack,
    input: stack.input.map((use) =>
      typeof use['vocab_size'] === 'number' ? { ...use, vocab_size: 4 * use['vocab_size'] } : use,
    ),
  })),
})

/** What stands or is done by all ranks of all stages. */
const sumOf = (ranks: readonly Record<string, number>[], name: string): number =>
  add(ranks.map((rank) => rank[name]!))

describe('every degree 1 gives the whole', () => {
  test('weights and cache are those of the cost', () => {
    each((architecture, given) => {
      const model = prepare(architecture)
      const all = completeWorkload(model, given)
      const [stage] = cutModel(model, completeParallel({}), false) as [Stage]
      const { weights, cache, params } = evaluate(model, { ...given, batch: 1 })
      expect(
        add(
          Object.values(rankSlot)
            .slice(0, 12)
            .map((place) => stage.weights[place]!),
        ),
      ).toBe(params.total)
      expect(same(weightBytes(stage, bytesOfWeights(model, all.weights)), weights.bytes)).toBe(true)
      if (!cache) return
      const { state, convolution, ...others } = elements(stage, model, all, 1)
      const bytes =
        add(Object.values(others)) * all.bytes_per_cache +
        (state + convolution) * all.bytes_per_state
      expect(same(bytes, cache.bytes)).toBe(true)
    })
  })

  test('FLOPs and activations are those of a prefill through the decoder', () => {
    each((architecture, given) => {
      const model = prepare(architecture)
      if (!model.decoder) return
      const all = completeWorkload(model, given)
      const work = prefillWork(cutModel(model, completeParallel({}), false)[0]!, model, all)
      const whole = noSums()
      addPass(model.decoder, prefillPass(all, encodedPositions(model, all)), whole)
      for (const name of Object.keys(rankSlot).filter((key) => /^(flops|activation)/.test(key)))
        expect(
          same(work[rankSlot[name as 'flops.linear']]!, whole[slot[name as 'flops.linear']]!),
        ).toBe(true)
    })
  })
})

describe('shares add up', () => {
  test('of two, four and more ranks what is replicated is the same, where everything divides', () => {
    each((random, given) => {
      const architecture = withEvenTables(random)
      const whole = ranksOf(architecture, {}, given)!
      const [two, four] = [2, 4].map((tp) => ranksOf(architecture, { tp }, given))
      if (!two || !four) return
      for (const name of Object.keys(whole[0]!)) {
        const [all, half, quarter] = [whole, two, four].map((ranks) => sumOf(ranks, name)) as [number, number, number] // prettier-ignore
        // Key-value heads that two ranks share stand on more of them, never on fewer.
        const replicated = 2 * half - all
        expect(replicated).toBeGreaterThanOrEqual(-1e-9 * all)
        expect(4 * quarter - all).toBeGreaterThanOrEqual(3 * replicated - 1e-9 * all)
      }
    })
  })

  test('stages hold every layer once, and only tables and shared blocks twice', () => {
    each((architecture, given, [pp]) => {
      const whole = ranksOf(architecture, {}, given)!
      const stages = ranksOf(architecture, { pp }, given)
      if (!stages) return
      for (const name of Object.keys(whole[0]!)) {
        const [all, cut] = [sumOf(whole, name), sumOf(stages, name)]
        if (name.startsWith('params')) expect(cut).toBeGreaterThanOrEqual(all)
        else expect(same(cut, all)).toBe(true)
        for (const stage of stages) expect(stage[name]!).toBeLessThanOrEqual(all * (1 + 1e-12))
      }
    })
  })
})

describe('no share rises when a degree rises', () => {
  const rises = (lower: Degrees, higher: Degrees, architecture: Architecture, given: Given) => {
    const [before, after] = [lower, higher].map((degrees) => ranksOf(architecture, degrees, given))
    if (!before || !after) return
    for (const name of Object.keys(before[0]!))
      expect(Math.max(...after.map((rank) => rank[name]!))).toBeLessThanOrEqual(
        Math.max(...before.map((rank) => rank[name]!)) * (1 + 1e-12),
      )
  }
  test('tensor parallelism', () => {
    each((architecture, given, [tp, times]) =>
      rises({ tp }, { tp: tp! * times! }, architecture, given),
    )
  })
  test('experts over more ranks, and each of them cut', () => {
    each((architecture, given, [ep, times, etp]) => {
      rises({ dp: 64 * 27, ep, etp: 1 }, { dp: 64 * 27, ep: ep! * times!, etp: 1 }, architecture, given)
      rises({ dp: 64, ep: 2, etp: 1 }, { dp: 64 * 3, ep: 2, etp }, architecture, given)
    }) // prettier-ignore
  })
  test('tokens of a growing cache over more ranks', () => {
    each((architecture, given, [cp, times]) =>
      rises({ cp }, { cp: cp! * times! }, architecture, given),
    )
  })
})
