/** Laws of sums: what is shown in parts adds up to what is shown whole, whichever way it is taken apart. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCost } from '../../../src/engine/read-cost.ts'
import { explain, totals } from '../../../src/engine/explanations.ts'
import {
  breakdown,
  evaluate,
  prepare,
  type Architecture,
  type Exception,
  type LayerGroup,
  type LayerPick,
  type PlacedBlock,
  type Sublayer,
} from '../../../src/engine/index.ts'
import { anyArchitecture } from './architectures.ts'
import { add, cost, expectSame, numbersIn } from './cost.ts'
import { workload } from './workloads.ts'

const each = (check: (architecture: Architecture, given: object) => void, numRuns = 100): void =>
  fc.assert(fc.property(anyArchitecture, workload, check), { numRuns })

describe('parts sum to totals', () => {
  test('parameters by role', () => {
    each((architecture) => {
      const { params } = cost(architecture)
      expect(add(Object.values(params.by_role))).toBe(params.total)
      expect(params.by_role.embedding).toBe(params.embedding)
      expect(params.by_role.head).toBe(params.head)
    })
  })

  test('parameters by layer, with input and output', () => {
    each((architecture) => {
      const model = prepare(architecture)
      const { params } = evaluate(model)
      const ends = breakdown(model).filter(({ sublayer }) => /^(input|output)$/.test(sublayer))
      expect(add(params.by_layer) + add(ends.map((row) => row.cost.params.total))).toBe(
        params.total,
      )
      expect(params.by_layer).toHaveLength(add(architecture.stacks.map(({ n_layers }) => n_layers)))
    })
  })

  test('FLOPs by kind, and the cache by how it grows', () => {
    each((architecture, given) => {
      const { flops, cache } = cost(architecture, given)
      expectSame([add(Object.values(flops.prefill_by_kind))], [flops.prefill])
      if (flops.decode_by_kind)
        expectSame([add(Object.values(flops.decode_by_kind))], [flops.decode])
      if (cache) expectSame([cache.growing + cache.bounded + cache.fixed], [cache.bytes])
    })
  })

  test('the rows of the table of blocks, in every total that blocks answer', () => {
    each((architecture, given) => {
      const model = prepare(architecture)
      const whole = evaluate(model, given)
      const rows = breakdown(model, given)
      expect(add(rows.map((row) => row.cost.params.total))).toBe(whole.params.total)
      for (const total of totals.filter((one) => 'adds' in one)) {
        const sum = add(rows.map((row) => readCost(row.cost, total.name) ?? 0))
        expectSame([sum], [readCost(whole, total.name) ?? 0])
      }
    })
  })

  test('the rows of a group of layers are of blocks that its layers hold', () => {
    each((architecture) => {
      const model = prepare(architecture)
      for (const { stack, group, address, layers } of breakdown(model)) {
        const { groups, input, output } = model.stacks.find(({ role }) => role === stack)!
        const held = group === null ? [...input, ...output] : blocksOf(groups[group]!)
        expect(held.map((block) => block.address)).toContain(address)
        expect(layers).toBe(group === null ? 1 : groups[group]!.layers.length)
      }
    })
  })
})

const blocksOf = ({ blocks, routed }: LayerGroup): PlacedBlock[] =>
  routed ? [...blocks, routed.router] : [...blocks]

test('every number is finite and none is below zero', () => {
  each((architecture, given) => {
    const wrong = numbersIn(cost(architecture, given)).filter(
      ([, value]) => !Number.isFinite(value) || value < 0,
    )
    expect(wrong).toEqual([])
  })
})

test('a token uses no more parameters than there are', () => {
  each((architecture) => {
    const { params } = cost(architecture)
    expect(params.active).toBeLessThanOrEqual(params.total)
    expect(params.active_without_embedding).toBeLessThanOrEqual(params.active)
    expect(params.active_non_embedding).toBeLessThanOrEqual(params.non_embedding)
  })
})

test('a derivation comes to the number it explains, for every total', () => {
  each((architecture, given) => {
    const model = prepare(architecture)
    const shown = new Map(numbersIn(evaluate(model, given)))
    for (const { name } of totals) {
      const expected = shown.get(name)
      if (expected !== undefined) expectSame([explain(model, given, name).value], [expected])
    }
  }, 60)
})

test('a document means the same after a round through JSON', () => {
  each((architecture, given) => {
    const { architecture: read } = prepare(architecture)
    const again: unknown = JSON.parse(JSON.stringify(read))
    expect(cost(again, given)).toEqual(cost(architecture, given))
  })
})

describe('layers may be written as a rule with exceptions, or one by one', () => {
  const picked = (pick: LayerPick, layer: number, n_layers: number): boolean => {
    const layers = Array.from({ length: n_layers }, (_, index) => index)
    if (Array.isArray(pick)) return pick.includes(layer)
    if ('first' in pick) return layers.slice(0, pick.first).includes(layer)
    if ('last' in pick) return layers.slice(-pick.last).includes(layer)
    return layers.filter((index) => (index - (pick.offset ?? 0)) % pick.every === 0).includes(layer)
  }
  /** Each layer an exception of its own, so that no two are computed together. */
  const oneByOne = (sublayer: Sublayer, n_layers: number): Sublayer => ({
    ...sublayer,
    except: Array.from({ length: n_layers }, (_, layer): Exception => {
      const match = sublayer.except?.find(({ layers }) => picked(layers, layer, n_layers))
      return { ...match, layers: [layer] }
    }),
  })

  test('the cost is the same', () => {
    each((architecture, given) => {
      const stacks = architecture.stacks.map((stack) => ({
        ...stack,
        layer: stack.layer.map((sublayer) => oneByOne(sublayer, stack.n_layers)),
      }))
      expectSame(cost({ ...architecture, stacks }, given), cost(architecture, given))
    })
  })
})

test('what is shared is stored once and used everywhere', () => {
  each((architecture, given) => {
    const apart = JSON.parse(
      JSON.stringify(architecture, (key, value: unknown) => (key === 'share' ? undefined : value)),
    ) as Architecture
    const [shared, stored] = [cost(architecture, given), cost(apart, given)]
    expect(shared.params.total).toBeLessThanOrEqual(stored.params.total)
    expect(shared.weights.bytes).toBeLessThanOrEqual(stored.weights.bytes)
    const used = (all: ReturnType<typeof cost>) => ({
      ...all,
      params: null,
      weights: null,
      memory: null,
    })
    expectSame(used(shared), used(stored))
    const first = shared.params.by_layer.findIndex(
      (params, layer) => params !== stored.params.by_layer[layer],
    )
    // The layer that uses it first holds it, so no layer holds less than the same without sharing before that.
    expect(shared.params.by_layer.slice(0, Math.max(0, first))).toEqual(
      stored.params.by_layer.slice(0, Math.max(0, first)),
    )
  })
})
