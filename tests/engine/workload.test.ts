/** Workloads are completed with the defaults, and what cannot be run is refused with the key at fault. */
import { describe, expect, test } from 'vitest'
import { ArchcostError, completeWorkload, prepare } from '../../src/engine/index.ts'

const stack = (role: string): object => ({ role, n_layers: 0, input: [], layer: [], output: [] })
const model = (...roles: string[]) =>
  prepare({
    name: 'small',
    d_model: 8,
    max_context: 4096,
    max_source: 1500,
    stacks: roles.map(stack),
  })
const decoder = model('decoder')

describe('defaults', () => {
  test('the context is 8,192 tokens, or the longest where that is less', () => {
    expect(completeWorkload(decoder).context).toBe(4096)
  })

  test('only an encoder beside a decoder has a source of its own', () => {
    expect(completeWorkload(model('encoder', 'decoder')).source).toBe(1500)
    expect(completeWorkload(model('encoder', 'decoder'), { source: 7 }).source).toBe(7)
    expect(completeWorkload(model('encoder'), { source: 7 }).source).toBeNull()
    expect(completeWorkload(decoder, { source: 7 }).source).toBeNull()
  })

  test('undefined is as good as left out', () => {
    expect(completeWorkload(decoder, { batch: undefined as never })).toEqual(
      completeWorkload(decoder),
    )
  })
})

test.each([
  [{ contxt: 4 }, 'contxt: is not part of a workload; did you mean context?'],
  [JSON.parse('{"__proto__": 1}'), '__proto__: is not part of a workload'],
  [{ context: 0 }, 'context: 0 is given, but a number above 0 and up to 1000000000000 is expected'],
  [{ context: 1.5 }, 'context: 1.5 is given, but a whole number is expected'],
  [
    { context: '8192' },
    'context: "8192" is given, but a number above 0 and up to 1000000000000 is expected',
  ],
  [
    { context: Number.NaN },
    'context: NaN is given, but a number above 0 and up to 1000000000000 is expected',
  ],
  [
    { context: 1e300 },
    'context: 1e+300 is given, but a number above 0 and up to 1000000000000 is expected',
  ],
  [
    { batch: null },
    'batch: null is given, but a number above 0 and up to 1000000000000 is expected',
  ],
  [
    { bytes_per_cache: -1 },
    'bytes_per_cache: -1 is given, but a number above 0 and up to 1000000000000 is expected',
  ],
  [{ pairs: 'all' }, 'pairs: "all" is given, but one of causal, full is expected'],
  [{ head: ['last'] }, 'head: ["last"] is given, but one of last, all is expected'],
])('%j is refused', (given, message) => {
  expect(() => completeWorkload(decoder, given as object)).toThrow(ArchcostError)
  expect(() => completeWorkload(decoder, given as object)).toThrow(message)
})

test('a value nested too deeply to be printed is refused all the same', () => {
  let deep: unknown = 1
  for (let level = 0; level < 50_000; level++) deep = [deep]
  expect(() => completeWorkload(decoder, { context: deep as never })).toThrow(
    'context: a list is given, but a number above 0',
  )
})
