/** Expressions of every shape: written as code, walked and evaluated by mathjs they come to the same. */
import { runInThisContext } from 'node:vm'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emit } from '../../src/formulas/emit-expression.ts'
import type { Expression } from '../../src/formulas/expression.ts'
import { choose, normalCdf, normalPdf } from '../../src/formulas/probability.ts'
import { mod } from '../../src/formulas/runtime.ts'
import { interpret } from '../../src/formulas/interpret.ts'
import { parseExpression } from '../../src/formulas/parse.ts'
import { evaluateWith } from '../../src/formulas/reference.ts'
import { sum } from '../../src/formulas/runtime.ts'
import { formulas } from './compiled.ts'

const names = ['a', 'b', 'c']
const operation = (op: string, ...args: fc.Arbitrary<Expression>[]): fc.Arbitrary<Expression> =>
  fc.tuple(...args).map((parts) => ({ op, args: parts }))
const oneOf = (ops: readonly string[], ...args: fc.Arbitrary<Expression>[]) =>
  fc.constantFrom(...ops).chain((op) => operation(op, ...args))

/** Numbers and conditions made of three names, as formulas make them. */
const { number } = fc.letrec<{ number: Expression; condition: Expression }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<Expression>(...names, 1, 2, 3, 0.5, -2),
    oneOf(['+', '-', '*', '/', 'min', 'max', 'mod'], tie('number'), tie('number')),
    oneOf(['neg', 'abs', 'floor', 'ceil', 'round'], tie('number')),
    operation('^', fc.constantFrom<Expression>('a', 'b', 2, 3), tie('number')),
    operation('if', tie('condition'), tie('number'), tie('number')),
    operation('sum', fc.constant<Expression>('k'), fc.constant(0), fc.constant(3), tie('number')),
  ),
  condition: fc.oneof(
    { maxDepth: 5 },
    oneOf(['==', '!=', '<', '<=', '>', '>='], tie('number'), tie('number')),
    oneOf(['and', 'or'], tie('condition'), tie('condition')),
    operation('not', tie('condition')),
  ),
}))
const values = fc.record({
  a: fc.integer({ min: 1, max: 100 }),
  b: fc.double({ min: 0.1, max: 10, noNaN: true }),
  c: fc.integer({ min: -5, max: 5 }),
})

function run(code: string, { a, b, c }: Record<string, number>): number {
  const compiled = runInThisContext(`(a, b, c, mod, sum) => ${code}`) as (
    ...all: unknown[]
  ) => number
  return compiled(a, b, c, mod, sum)
}

const same = (found: number, expected: number): boolean =>
  Object.is(found, expected) ||
  found === expected ||
  Math.abs(found - expected) <= 1e-9 * Math.abs(expected)

test('code, walk and reference agree on random expressions', () => {
  fc.assert(
    fc.property(number, values, (expression, scope) => {
      const expected = interpret(expression, scope)
      expect(run(emit(expression), scope)).toSatisfy((found: number) =>
        same(found, Number(expected)),
      )
      // mathjs leaves the real numbers for the root of a negative one, which no formula takes.
      const reference = evaluateWith(expression, new Map(Object.entries(scope)), formulas)
      if (typeof reference === 'number' && Number.isFinite(expected))
        expect(reference).toSatisfy((found: number) => same(found, Number(expected)))
    }),
    { numRuns: 2000 },
  )
})

describe('what is written stays as it is written', () => {
  test.each([
    ['a * (b / c)', 'a * (b / c)'],
    ['a - (b - c)', 'a - (b - c)'],
    ['(a + b) + c', 'a + b + c'],
    ['-a ^ b', '-(a ** b)'],
    ['(-a) ^ b', '(-a) ** b'],
    ['2 ^ 3 ^ a', '2 ** 3 ** a'],
    ['-2 ^ a', '-(2 ** a)'],
    ['a ^ 2', 'a * a'],
    ['b / a ^ 2', 'b / (a * a)'],
    ['if(a > 1 and not (b > 2), a, b)', 'a > 1 && !(b > 2) ? a : b'],
    ['if(a, if(b, 1, 2), 3) + 1', '(a ? (b ? 1 : 2) : 3) + 1'],
    ['params.query * pi', 'params_query * Math.PI'],
    ['a - -1', 'a - (-1)'],
  ])('%s', (text, code) => {
    expect(emit(parseExpression(text))).toBe(code)
  })
})

const compute = (text: string): number => interpret(parseExpression(text), {}) as number

describe('functions that formulas may call', () => {
  test('round halves upwards, as multiples of a width are rounded', () => {
    expect([2.5, 3.5, -2.5, 2.4999999].map((x) => compute(`round(${x})`))).toEqual([3, 4, -2, 2])
  })

  test('ceil and floor are exact: what is above a whole number by a rounding error is above it', () => {
    expect(compute('ceil(3 + 1e-15)')).toBe(4)
    expect(compute('floor(3 - 1e-15)')).toBe(2)
    expect(compute('ceil(0.1 * 3 * 10)')).toBe(4)
  })

  test('comparisons are exact', () => {
    expect(compute('if(0.1 + 0.2 == 0.3, 1, 0)')).toBe(0)
    expect(compute('if(9007199254740992 == 9007199254740991, 1, 0)')).toBe(0)
    expect(compute('if(infinity == infinity, 1, 0)')).toBe(1)
  })

  test('mod has the sign of the divisor', () => {
    expect(compute('mod(7, 3)')).toBe(1)
    expect(compute('mod(-1, 8)')).toBe(7)
    expect(compute('mod(5.5, 2)')).toBe(1.5)
  })

  // Abramowitz and Stegun, tables 26.1 and 26.2.
  test.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [-1, 0.158655253931457],
    [1.96, 0.97500210485178],
    [-3, 0.001349898031630095],
    [40, 1],
    [-40, 0],
  ])('normal_cdf(%d) is the table value', (x, expected) => {
    expect(normalCdf(x)).toBeCloseTo(expected, 14)
  })

  test('normal_cdf grows, and its slope is normal_pdf', () => {
    for (let x = -6; x <= 6; x += 0.25) {
      expect(normalCdf(x + 0.25)).toBeGreaterThan(normalCdf(x))
      const slope = (normalCdf(x + 1e-4) - normalCdf(x - 1e-4)) / 2e-4
      expect(slope).toBeCloseTo(normalPdf(x), 7)
    }
  })

  test('choose counts subsets, and is nothing outside the triangle', () => {
    expect(choose(5, 2)).toBe(10)
    expect(choose(256, 8)).toBe(409_663_695_276_000)
    expect([choose(5, 0), choose(5, 5), choose(5, 6), choose(5, -1)]).toEqual([1, 1, 0, 0])
  })

  test('sum runs over both ends, and over nothing backwards', () => {
    expect(compute('sum(k, 1, 4, k ^ 2)')).toBe(30)
    expect(compute('sum(k, 1, 0, k)')).toBe(0)
  })

  test('at and length read a list', () => {
    const list = { factors: [4, 5, 6] }
    expect(interpret(parseExpression('at(factors, 2)'), list)).toBe(6)
    expect(interpret(parseExpression('length(factors)'), list)).toBe(3)
  })
})
