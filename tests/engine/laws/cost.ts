/** Costs as the laws compare them. */
import { expect } from 'vitest'
import { evaluate, prepare, type Cost, type Workload } from '../../../src/engine/index.ts'

export const cost = (architecture: unknown, workload?: Partial<Workload>): Cost =>
  evaluate(prepare(architecture), workload)

/** All numbers of a cost by their path, such as `flops.prefill_by_kind.linear`. */
export function numbersIn(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) =>
    numbersIn(each, path === '' ? key : `${path}.${key}`),
  )
}

/** Equal to the digit where both are whole, and to the last ones where a fraction was added up in another order. */
export function expectSame(found: unknown, expected: unknown): void {
  const others = new Map(numbersIn(found))
  const all = numbersIn(expected)
  expect([...others.keys()]).toEqual(all.map(([path]) => path))
  const different = all.filter(([path, value]) => !same(others.get(path)!, value))
  expect(different.map(([path, value]) => `${path}: ${others.get(path)}, not ${value}`)).toEqual([])
}

export function same(a: number, b: number): boolean {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) return a === b
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b))
}

export const add = (numbers: Iterable<number>): number => {
  let total = 0
  for (const number of numbers) total += number
  return total
}
