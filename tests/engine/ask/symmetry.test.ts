/** Designs that are one design written in two ways count once. */
import { describe, expect, test } from 'vitest'
import { prepareSearch, type Search } from '../../../src/engine/ask/search/search.ts'
import { readSpace } from '../../../src/engine/ask/search/space.ts'
import type { Architecture } from '../../../src/engine/index.ts'
import { single } from './architectures.ts'

const searchIn = (architecture: Architecture, vary: object, rest: object = {}): Search =>
  prepareSearch(readSpace({ architecture, vary, minimise: 'flops.decode', ...rest }))

describe('designs that are equal but for the order of alike blocks are counted once', () => {
  const twins = (other: object = {}): Architecture => ({
    name: 'two networks in a layer',
    d_model: 64,
    max_context: 100,
    stacks: [
      {
        role: 'decoder',
        n_layers: 2,
        input: [],
        output: [],
        layer: [
          { name: 'one', block: 'gated-ffn', d_ff: 10 },
          { name: 'mixer', block: 'attention', n_heads: 4 },
          { name: 'two', block: 'gated-ffn', d_ff: 10, ...other },
        ],
      },
    ],
  })
  const widths = [10, 20, 30]
  test('as many as unordered pairs', () => {
    const search = searchIn(twins(), { 'one.d_ff': widths, 'two.d_ff': widths })
    expect(search.run(0, 9)).toMatchObject({ designs: 6, duplicates: 3, feasible: 6 })
  })
  test('not where something else tells them apart', () => {
    const search = searchIn(twins({ activation: 'gelu' }), {
      'one.d_ff': widths,
      'two.d_ff': widths,
    })
    expect(search.run(0, 9)).toMatchObject({ designs: 9, duplicates: 0 })
    const asked = searchIn(
      twins(),
      { 'one.d_ff': widths, 'two.d_ff': widths },
      { constraints: ['one.d_ff >= 20'] },
    )
    expect(asked.run(0, 9)).toMatchObject({ designs: 9, duplicates: 0 })
    const unlike = searchIn(twins(), { 'one.d_ff': widths, 'two.d_ff': [10, 20] })
    expect(unlike.run(0, 6)).toMatchObject({ designs: 6, duplicates: 0 })
  })
  test('blocks side by side too, with several settings each', () => {
    const side = (): object => ({ block: 'gated-ffn', d_ff: 10, activation: 'silu' })
    const architecture: Architecture = {
      ...twins(),
      stacks: [
        {
          ...twins().stacks[0]!,
          layer: [
            {
              name: 'both',
              blocks: [
                { ...side(), name: 'a' },
                { ...side(), name: 'b' },
              ],
            } as never,
          ],
        },
      ],
    }
    const search = searchIn(architecture, {
      'both.a.d_ff': widths,
      'both.b.activation': ['silu', 'gelu'],
      'both.b.d_ff': widths,
      'both.a.activation': ['silu', 'gelu'],
    })
    expect(search.run(0, 36)).toMatchObject({ designs: 21, duplicates: 15 })
  })
})

test('equal goals stand once, by their first design, with how many they are', () => {
  const search = searchIn(single(), { 'mixer.position.theta': [1, 2, 3], n_layers: [1, 2] })
  expect(search.run(0, 6).front).toMatchObject([{ equal: 3 }])
})
