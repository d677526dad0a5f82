import { describe, expect, test } from 'vitest'
import { readArguments } from '../../src/cli/arguments.ts'
import type { Command } from '../../src/cli/command.ts'
import { UsageError } from '../../src/cli/errors.ts'
import { readWorkload, workloadOptions } from '../../src/cli/workload-options.ts'

const command: Command = {
  operands: 'MODEL…',
  takes: { min: 1, max: 2 },
  about: '',
  options: { ...workloadOptions, ledger: { about: '' } },
  examples: [],
  run: async () => 0,
}
const read = (...words: string[]) => readArguments('cost', command, words)

test('options stand anywhere, with a space or an equals sign', () => {
  expect(read('--batch=4', 'a', '--context', '128k', 'b', '--ledger')).toEqual({
    operands: ['a', 'b'],
    options: { batch: '4', context: '128k', ledger: 'true' },
    help: false,
    notes: [],
  })
})

test('an option that was renamed is understood, and answered with its name of today', () => {
  const moved: Command = { ...command, renamed: { lines: 'batch' } }
  const { options, notes } = readArguments('cost', moved, ['a', '--lines', '4'])
  expect(options).toEqual({ batch: '4' })
  expect(notes).toEqual(['--lines is --batch now; the next release knows it by that name alone'])
  expect(() => readArguments('cost', moved, ['a', '--lines', '4', '--batch', '4'])).toThrow(
    '--batch is given twice',
  )
})

test('a list may be given in several options', () => {
  const listed: Command = { ...command, options: { set: { value: 'SETTING=VALUE,…', about: '' } } }
  const words = ['a', '--set', 'n_heads=8,top_k=2', '--set', 'd_head=64']
  expect(readArguments('cost', listed, words).options).toEqual({
    set: 'n_heads=8,top_k=2,d_head=64',
  })
})

test('a lone dash is standard input, and what follows two dashes is no option', () => {
  expect(read('-').operands).toEqual(['-'])
  expect(read('--', '--batch').operands).toEqual(['--batch'])
})

test.each(['-', '--', '--context=1', ''])(
  'a word without end after %j is refused in few',
  (start) => {
    expect(() => read('a', `${start}${','.repeat(100_000)}`, 'b', 'c')).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{20,500}$/) }),
    )
  },
)

test('help asks for nothing else', () => {
  expect(read('--help').help).toBe(true)
  expect(read('-h').help).toBe(true)
})

describe('what is wrong is named, with the way out', () => {
  test.each([
    [['a', '--contxt', '1'], 'cost has no option --contxt; did you mean --context?'],
    [['a', '--qqqqqqqq'], 'cost has no option --qqqqqqqq; see archcost cost --help'],
    [['a', '--constructor'], 'cost has no option --constructor'],
    [['a', '-x'], 'cost has no option -x'],
    [['a', '--context'], '--context needs a value, as in --context 128Ki'],
    [['a', '--context', '--batch', '2'], '--context needs a value'],
    [['a', '--pairs'], '--pairs needs a value: causal, full'],
    [['a', '--pairs', 'ful'], '--pairs is one of causal, full, not "ful"; did you mean full?'],
    [['a', '--ledger=no'], '--ledger takes no value'],
    [['a', '--batch', '1', '--batch', '2'], '--batch is given twice'],
    [[], 'cost needs MODEL…'],
    [['a', 'b', 'c'], 'cost takes MODEL… and nothing more, not also c'],
  ])('%j', (words, message) => {
    expect(() => read(...words)).toThrow(UsageError)
    expect(() => read(...words)).toThrow(message)
  })
})

describe('the workload', () => {
  test('numbers take suffixes, formats are bytes', () => {
    expect(
      readWorkload({
        context: '64Ki',
        batch: '16',
        source: '1_500',
        dtype: 'fp8',
        'cache-dtype': '0.5',
        'state-dtype': 'BF16',
        pairs: 'full',
        head: 'all',
      }),
    ).toEqual({
      context: 65536,
      batch: 16,
      source: 1500,
      weights: { default: 'fp8' },
      bytes_per_cache: 0.5,
      bytes_per_state: 2,
      pairs: 'full',
      head: 'all',
    })
  })

  test('weights have a format for all, or by role', () => {
    expect(readWorkload({ dtype: '0.5' }).weights).toEqual({ default: 0.5 })
    expect(readWorkload({ dtype: 'experts=mxfp4, default=BF16' }).weights).toEqual({
      experts: 'mxfp4',
      default: 'bf16',
    })
  })

  test('what is left out is left to the engine', () => {
    expect(readWorkload({})).toEqual({})
  })

  test.each([
    [{ context: '0' }, '--context: "0" is below 1'],
    [{ context: '1.5' }, '--context: "1.5" is not a whole number'],
    [{ context: '80GB' }, '--context: "80GB" is a number of bytes'],
    [{ batch: 'many' }, '--batch: "many" is not a number'],
    [
      { dtype: 'bf17' },
      'a number of bits such as 4.85bits, or a number of bytes, not "bf17"; did you mean bf16?',
    ],
    [{ 'cache-dtype': '0' }, '--cache-dtype'],
    [{ dtype: 'expert=mxfp4' }, 'weights.expert: is none of default, embedding'],
    [{ dtype: 'experts=mxfp5' }, '--dtype experts is one of fp32'],
    [{ dtype: 'head=fp8,head=bf16' }, '--dtype says head twice'],
  ])('%j is a usage error', (options, message) => {
    expect(() => readWorkload(options)).toThrow(UsageError)
    expect(() => readWorkload(options)).toThrow(message)
  })
})
