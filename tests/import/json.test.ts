/** JSON as Python writes it, and what is broken said with its place. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJson } from '../../src/import/json.ts'

const valueOf = (text: string): unknown => {
  const read = readJson(text)
  if ('mistake' in read) throw new Error(JSON.stringify(read.mistake))
  return read.value
}
const placeOf = (text: string): [number, number] | null => {
  const read = readJson(text)
  return 'mistake' in read ? [read.mistake.line, read.mistake.column] : null
}

describe('numbers that only Python writes', () => {
  test('are read wherever a value may stand', () => {
    expect(
      valueOf('{"a": Infinity, "b": [-Infinity, NaN, 1.5e3], "c": {"d": "NaN, Infinity"}}'),
    ).toEqual({ a: Infinity, b: [-Infinity, Number.NaN, 1500], c: { d: 'NaN, Infinity' } })
    expect(valueOf('NaN')).toBeNaN()
    expect(valueOf('\uFEFF [0.0,\n\tInfinity ]')).toEqual([0, Infinity])
  })

  test('leave everything else as a strict reader has it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 1)
        expect(valueOf(`[NaN, ${text}]`)).toEqual([Number.NaN, JSON.parse(text)])
      }),
    )
  })

  test('make no key reach a prototype', () => {
    const read = valueOf('{"__proto__": {"x": NaN}}') as object
    expect(Object.keys(read)).toEqual(['__proto__'])
    expect('x' in read).toBe(false)
  })
})

describe('what is broken', () => {
  test.each([
    ['{"a": 1,}', 1, 9],
    ['{"a": 1,\n  "b": nul\n}', 2, 8],
    ['{"a": 1\n "b": 2}', 2, 2],
    ["{'a': 1}", 1, 2],
    ['{"a" 1}', 1, 6],
    ['[1, 2', 1, 6],
    ['{"a": "b', 1, 9],
    ['{"a": "\\x"}', 1, 8],
    ['{"a": "\n"}', 1, 8],
    ['{"a": 01}', 1, 7],
    ['{"a": NaNs}', 1, 7],
    ['{"a": +Infinity}', 1, 7],
    ['{"a": None}', 1, 7],
    ['{"a": 1} // end', 1, 10],
    ['', 1, 1],
    ['not json', 1, 1],
  ])('%j is said with line %i, column %i', (text, line, column) => {
    expect(placeOf(text)).toEqual([line, column])
  })

  test('is found in one pass, however long or deep it is', () => {
    expect(placeOf(`[NaN${', {"a": "b"}'.repeat(300_000)}`)).not.toBeNull()
    expect(placeOf(`NaN${' '.repeat(3_000_000)}x`)).toEqual([1, 3_000_004])
    expect(placeOf('['.repeat(1_000_000))).toEqual([1, 1001])
    expect(placeOf(`["${'\\n'.repeat(2_000_000)}`)).not.toBeNull()
  })

  test('is whatever a strict reader refuses, but for the three numbers', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', 'x', ':'),
        (json, at, put) => {
          const cut = at % (json.length + 1)
          const text = json.slice(0, cut) + put + json.slice(cut + 1)
          let strict = true
          try {
            JSON.parse(text)
          } catch {
            strict = false
          }
          expect(placeOf(text) === null).toBe(strict)
        },
      ),
    )
  })
})
