/** Answers as people read them: human units beside every digit, within the width of a terminal. */
import { describe, expect, test } from 'vitest'
import { answersTable } from '../../src/cli/answers-table.ts'
import { beside, ratioText, saidAnswer, shortAnswer } from '../../src/cli/answer-text.ts'
import { flatTable, foldedTable, widest } from '../../src/cli/columns.ts'
import { printCosts } from '../../src/cli/cost-formats.ts'
import { costReport } from '../../src/cli/cost-report.ts'
import { saidIn, shownValue } from '../../src/cli/shown-value.ts'
import { loadModel } from '../../src/import/catalog/index.ts'

const plain = (line: string): string => line

describe('costs of several models', () => {
  const names = ['deepseek-v3', 'llama-3.1-8b', 'qwen3-8b', 'mixtral-8x7b', 'gemma-2-9b']
  const table = async (): Promise<string> => {
    const models = await Promise.all(names.map((name) => loadModel(name)))
    const reports = models.map((model) => costReport(model, { context: 8192 }))
    return printCosts(reports, 'table')
  }

  test('have a row for each model that begins with what is asked for most', async () => {
    const lines = (await table()).split('\n')
    expect(lines[0]).toBe('At a context of 8,192 tokens')
    const [row] = lines.filter((line) => line.startsWith('llama-3.1-8b'))
    expect(row).toMatch(/^llama-3.1-8b +8.030B +8.030B +131.9 TFLOP +19.30 GFLOP +15.01 GB/)
  })

  test('hold every digit beside human units, and no line is wider than a terminal', async () => {
    const text = await table()
    expect(text).toContain('671,026,404,352  671.0B')
    expect(text).toContain('19,304,284,160  19.30 GFLOP')
    for (const line of text.split('\n').filter((each) => !/^(Note|Warning): /.test(each)))
      expect(line.length).toBeLessThanOrEqual(widest)
  })
})

test('a table is folded before it is wider than a terminal, and begins with its keys each time', () => {
  const keys = [{ head: 'model', cells: ['a', 'b'], left: true }]
  const columns = Array.from({ length: 5 }, (_, place) => ({
    head: `a head of several words ${place}`,
    cells: ['1'.repeat(30), String(place)],
  }))
  const text = foldedTable(keys, columns, plain)
  expect(text.match(/^a /gm)).toHaveLength(3)
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(widest)
})

test('heads are broken between words, no wider than their cells need', () => {
  expect(flatTable([{ head: 'Weights and cache', cells: ['682.4 GB', '1'] }], plain)).toBe(
    ' Weights\n     and\n   cache\n682.4 GB\n       1\n',
  )
})

test('where digits make a table too wide, the human units of all answers come before them', () => {
  const asked = ['flops.prefill', 'flops.decode', 'flops.elementwise_prefill'].map((name) => ({
    name,
    unit: 'FLOP',
  }))
  const row = [752_572_532_523_008, 212_432_977_920, 1_411_114_860_544]
  const [head, line] = answersTable([{ head: 'context', cells: ['8,192'] }], asked, [row]).split(
    '\n',
  )
  expect(head).toMatch(/^context  flops.prefill  flops.decode  flops.elementwise_prefill +flops/)
  expect(line).toMatch(/^ +8,192 +752.6 TFLOP +212.4 GFLOP +1.411 TFLOP +752,572,532,523,008 +212,/)
})

test('numbers that are read at a glance stand alone', () => {
  expect(beside(4096, '')).toBeNull()
  expect(beside(8_030_261_248, 'parameter')).toBe('8.030B')
  expect(saidAnswer(32, '')).toBe('32')
  expect(saidAnswer(19_304_284_160, 'FLOP')).toBe('19,304,284,160 (19.30 GFLOP)')
})

test('no number is written with an exponent where people read it', () => {
  expect(shortAnswer(1_014_540.25, 'dollar')).toBe('1.015M')
  expect(ratioText(123_456)).toBe('123.5k x')
  expect(ratioText(1.8652)).toBe('1.865 x')
})

test('formats are called as they were said, and by name where only their bytes are known', () => {
  const show = shownValue('dtype', saidIn('bf16,q4_0'))
  expect([2, 0.5625, 1].map(show)).toEqual(['bf16', 'q4_0', 'fp8'])
  expect(shownValue('n_layers', ['2'])(2)).toBe('2')
})
