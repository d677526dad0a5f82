/** Whatever is given as an architecture is refused with an address, or costs what can be counted. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate, prepare } from '../../src/engine/index.ts'
import { anyArchitecture } from '../engine/laws/architectures.ts'
import { numbersIn } from '../engine/laws/cost.ts'
import { document, refusal, withMixer, type Json } from './documents.ts'

describe('hostile documents', () => {
  test.each([
    [
      'a prototype in a block',
      JSON.parse('{"block": "attention", "__proto__": {"n_heads": 4}}') as Json,
      'stacks.0.layer.0: the key __proto__ is not known',
    ],
    [
      'a constructor in a block',
      { constructor: 4 },
      /^mixer\.constructor: attention has no setting constructor; it has n_heads/,
    ],
    [
      'a function',
      { n_heads: () => 4 },
      'stacks.0.layer.0.n_heads: a function is given, which JSON cannot hold',
    ],
    [
      'a number beyond JSON',
      { n_heads: 4n },
      'stacks.0.layer.0.n_heads: 4n is given, which JSON cannot hold',
    ],
    ['a long name', { block: 'x'.repeat(100_000) }, `mixer: there is no block ${'x'.repeat(60)}`],
    [
      'a long key',
      { ['x'.repeat(100_000)]: 1 },
      new RegExp(`^mixer\\.x{60}: attention has no setting x{60}; it has `),
    ],
  ])('%s', (_, mixer, message) => {
    const refused = refusal(withMixer(mixer))
    if (typeof message === 'string') expect(refused).toBe(message)
    else expect(refused).toMatch(message)
    expect(refused.length).toBeLessThan(1000)
  })

  test('nesting without end', () => {
    let norm: Json = { block: 'rmsnorm' }
    for (let depth = 0; depth < 50_000; depth++) norm = { block: 'rmsnorm', before: norm }
    expect(refusal(withMixer({ before: norm }))).toContain('is nested too deeply')
    const circle: Json = { block: 'rmsnorm' }
    circle['before'] = circle
    expect(refusal(withMixer({ before: circle }))).toContain('is nested too deeply')
  })

  test('a name without end is cut off where the address says it', () => {
    for (const each of ['x', ' ', 'x y ']) {
      const input = [{ block: each.repeat(100_000) }]
      expect(refusal(document({ stack: { input } })).length).toBeLessThanOrEqual(2000)
    }
  })

  test('a missing choice is said to be missing, with what it may be', () => {
    expect(refusal(document({ stack: { role: undefined } }))).toBe(
      'stacks.0.role: is missing; one of decoder, encoder is expected',
    )
  })

  test('anything at all is refused with an address', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
    })
    fc.assert(fc.property(anything, (given) => refusal(given) !== ''))
  })

  /** A document with one value in it replaced, wherever it stands. */
  function withOne(given: unknown, place: number, value: unknown): unknown {
    let met = 0
    const replace = (each: unknown): unknown => {
      if (met++ === place) return value
      if (Array.isArray(each)) return each.map(replace)
      if (typeof each !== 'object' || each === null) return each
      return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, replace(inner)]))
    }
    return replace(given)
  }

  test('one wrong value is refused with an address, or costs what can be counted', () => {
    const value = fc.oneof(
      fc.constantFrom(
        0,
        -1,
        0.5,
        Number.NaN,
        Infinity,
        1e12,
        1e300,
        '',
        '8',
        'constructor',
        null,
        undefined,
      ),
      fc.anything(),
    )
    fc.assert(
      fc.property(anyArchitecture, fc.nat(80), value, (architecture, place, wrong) => {
        const given = withOne(architecture, place, wrong)
        if (refusal(given) !== '') return
        const numbers = numbersIn(evaluate(prepare(given), { context: 100 }))
        expect(numbers.filter(([, number]) => !Number.isFinite(number) || number < 0)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})
