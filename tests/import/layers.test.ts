/** Kinds of layers are told by the shortest rule that is true of them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { picks } from '../../src/architecture/layers.ts'
import { byKind, layersWhere } from '../../src/import/layers.ts'

const flags = (text: string): boolean[] => text.split('').map((letter) => letter === 'x')

describe('layersWhere', () => {
  test.each([
    ['xxx.....', [{ first: 3 }]],
    ['......xx', [{ last: 2 }]],
    ['.x.x.x.x', [{ every: 2, offset: 1 }]],
    ['..x..x..', [{ every: 3, offset: 2 }]],
    ['x....x....x', [{ every: 5, offset: 0 }]],
    ['x..x..x.x', [{ last: 1 }, { every: 3, offset: 0 }]],
    ['xx.x.x.x', [{ first: 2 }, { every: 2, offset: 1 }]],
    ['.x..x...', [[1, 4]]],
    ['.x...xx.', [[1, 5, 6]]],
    ['....x...', [[4]]],
    ['xxxxx', [{ first: 5 }]],
    ['.....', []],
  ])('%s', (text, picked) => {
    expect(layersWhere(flags(text))).toEqual(picked)
  })

  test('a rule of the family is kept where it is true, even of no layer', () => {
    const hint = { every: 6, offset: 5 }
    expect(layersWhere(flags('.....'), hint)).toEqual([hint])
    expect(layersWhere(flags('.....x..'), hint)).toEqual([hint])
    expect(layersWhere(flags('....x...'), hint)).toEqual([[4]])
  })

  test('whatever the layers, the picks say exactly them', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (wanted) => {
        const some = layersWhere(wanted)
        expect(
          wanted.map((_, layer) => some.some((pick) => picks(pick, layer, wanted.length))),
        ).toEqual(wanted)
      }),
    )
  })
})

describe('byKind', () => {
  const body = (kind: string) => ({
    block: 'attention',
    n_heads: 8,
    window: kind === 'full' ? null : 4,
  })

  test('the commonest kind is the rule, and an exception says only what differs', () => {
    expect(byKind(['slides', 'slides', 'full', 'slides', 'slides', 'full'], body)).toEqual({
      ...body('slides'),
      except: [{ layers: { every: 3, offset: 2 }, window: null }],
    })
  })

  test('kinds that come to the same are one', () => {
    expect(byKind(['a', 'b', 'a'], () => ({ block: 'ffn' }))).toEqual({ block: 'ffn' })
  })

  test('another block is said whole', () => {
    const kinds = ['dense', 'sparse', 'sparse']
    const of = (kind: string) =>
      kind === 'dense' ? { block: 'ffn', d_ff: 4 } : { block: 'moe', top_k: 2 }
    expect(byKind(kinds, of)).toEqual({
      block: 'moe',
      top_k: 2,
      except: [{ layers: { first: 1 }, block: 'ffn', d_ff: 4 }],
    })
  })
})
