/** Which layers a rule speaks of, and which layers are computed together. */
import { describe, expect, test } from 'vitest'
import { picks } from '../../src/architecture/layers.ts'
import type { LayerPick } from '../../src/architecture/schema.ts'
import { prepare } from '../../src/engine/index.ts'

const picked = (pick: LayerPick, n_layers = 8): number[] =>
  Array.from({ length: n_layers }, (_, layer) => layer).filter((layer) =>
    picks(pick, layer, n_layers),
  )

describe('layers are counted from 0', () => {
  test.each<[LayerPick, number[]]>([
    [{ first: 3 }, [0, 1, 2]],
    [{ last: 2 }, [6, 7]],
    [{ first: 20 }, [0, 1, 2, 3, 4, 5, 6, 7]],
    [{ every: 3 }, [0, 3, 6]],
    [{ every: 3, offset: 2 }, [2, 5]],
    [
      [1, 4, 9],
      [1, 4],
    ],
  ])('%j', (pick, layers) => {
    expect(picked(pick)).toEqual(layers)
  })
})

const groupsOf = (layer: unknown[], more: object = {}): (readonly number[])[] => {
  const stack = { role: 'decoder', n_layers: 6, input: [], layer, output: [], ...more }
  const model = prepare({ name: 'six', d_model: 64, max_context: 64, stacks: [stack] })
  return model.stacks[0]!.groups.map(({ layers }) => layers)
}
const attention = { name: 'mixer', block: 'attention', n_heads: 4 }

describe('layers are computed together', () => {
  test('where they are equal', () => {
    expect(groupsOf([attention])).toEqual([[0, 1, 2, 3, 4, 5]])
  })

  test('where the same exceptions hold in them', () => {
    const except = [
      { layers: { first: 1 }, block: null },
      { layers: { every: 2 }, window: 8 },
    ]
    expect(groupsOf([{ ...attention, except }])).toEqual([[0], [1, 3, 5], [2, 4]])
  })

  test('but for the one that stores what all share', () => {
    expect(groupsOf([{ ...attention, share: 'one' }])).toEqual([[0], [1, 2, 3, 4, 5]])
  })

  test('apart where only some tokens pass', () => {
    const depth_routing = { every: 2, offset: 1, capacity: 0.5 }
    expect(groupsOf([attention], { depth_routing })).toEqual([
      [0, 2, 4],
      [1, 3, 5],
    ])
  })
})

test('the first exception that speaks of a layer holds', () => {
  const except = [
    { layers: [1, 2], n_heads: 2 },
    { layers: { first: 3 }, n_heads: 8 },
  ]
  const stack = {
    role: 'decoder',
    n_layers: 4,
    input: [],
    layer: [{ ...attention, except }],
    output: [],
  }
  const { groups } = prepare({ name: 'four', d_model: 64, max_context: 64, stacks: [stack] })
    .stacks[0]!
  const heads = groups.flatMap(({ layers, blocks }) =>
    layers.map((layer) => [layer, blocks[0]!.settings['n_heads'], blocks[0]!.address]),
  )
  expect(heads.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual([
    [0, 8, 'mixer.except[1]'],
    [1, 2, 'mixer.except[0]'],
    [2, 2, 'mixer.except[0]'],
    [3, 4, 'mixer'],
  ])
})

test('an exception with a block of its own takes nothing over but name, norms and share', () => {
  const except = [{ layers: [0], block: 'gated-ffn', d_ff: 8 }]
  const stack = {
    role: 'decoder',
    n_layers: 1,
    input: [],
    layer: [{ ...attention, before: 'rmsnorm', except }],
    output: [],
  }
  const { groups } = prepare({ name: 'one', d_model: 64, max_context: 64, stacks: [stack] })
    .stacks[0]!
  expect(groups[0]!.blocks.map(({ formulas }) => formulas.name)).toEqual(['rmsnorm', 'gated-ffn'])
  expect(groups[0]!.blocks[1]!.given).toEqual({ d_ff: 8 })
})
