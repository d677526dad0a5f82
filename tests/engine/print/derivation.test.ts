import { describe, expect, test } from 'vitest'
import { explain } from '../../../src/engine/explanations.ts'
import { prepare } from '../../../src/engine/index.ts'
import {
  derivationLatex,
  derivationPython,
  derivationText,
} from '../../../src/engine/print/derivation.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'

const mistral = prepare((await loadModel('mistral-7b-v0.1')).architecture)
const cache = explain(mistral, { context: 8192 }, 'cache.bytes')

describe('as a tree', () => {
  const text = derivationText(cache)
  const lines = text.split('\n')

  test('it begins with the number, in both kinds of bytes', () => {
    expect(lines[0]).toBe('cache.bytes = 536,870,912 bytes (536.9 MB = 512.0 MiB)  Cache')
  })

  test('each step has its equation, the values put in, why, and the source', () => {
    const equation = lines.findIndex((line) =>
      line.includes('= causal × (1 − kv_shared) × n_kv_heads'),
    )
    expect(equation).toBeGreaterThan(0)
    expect(lines[equation + 1]).toContain('= 1 × (1 − 0) × 8 × 128 × 4,096 × 2')
    expect(lines[equation - 1]).toContain('A window stops the cache from growing.')
    expect(text).toContain('https://arxiv.org/abs/2305.13245')
    expect(text).toContain('formulas/mixers/attention.yaml')
  })

  test('it ends in what is given, what follows and the workload', () => {
    expect(text).toMatch(/n_kv_heads = 8 {2}Key-value heads, given/)
    expect(text).toMatch(/bytes_per_keys = 2 bytes {2}.*, workload/)
    expect(text).toMatch(/window = 4,096 tokens {2}Sliding window, given/)
  })

  test('what stands twice is opened once', () => {
    // Keys, and values.
    expect(text.split('= causal × ').length).toBe(3)
    expect(text).toContain('as above')
  })

  test('it can be cut at a depth', () => {
    expect(derivationText(cache, 0).split('\n')[0]).toBe(lines[0])
    expect(derivationText(cache, 1)).not.toContain('n_kv_heads = 8')
  })
})

test('as Python, everything is defined before it is used', () => {
  const defined = new Set([
    'math',
    'if',
    'else',
    'not',
    'and',
    'or',
    'for',
    'in',
    'range',
    'sum',
    'len',
    'min',
    'max',
    'abs',
    'print',
    'round',
    'return',
    'def',
    'import',
  ])
  const program = derivationPython(explain(mistral, { context: 8192 }, 'flops.prefill'))
    .replace(/#.*/g, '')
    .replace(/"[^"]*"|math\.\w+/g, '')
  for (const line of program.split('\n')) {
    const [, name, parameters] = /^def (\w+)\((.*)\)/.exec(line) ?? []
    if (name !== undefined) for (const each of [name, ...parameters!.split(', ')]) defined.add(each)
    const [, variable, expression = line] = /^(\w+) = (.*)/.exec(line) ?? []
    for (const used of expression.match(/[A-Za-z_]\w*/g) ?? [])
      expect(defined.has(used), `${used} in ${line}`).toBe(true)
    if (variable !== undefined) defined.add(variable)
  }
})

test('as LaTeX, braces and environments close', () => {
  const latex = derivationLatex(explain(mistral, { context: 8192 }, 'flops.prefill'))
  expect(latex.match(/\{/g)!.length).toBe(latex.match(/\}/g)!.length)
  expect(latex.match(/\\begin/g)!.length).toBe(latex.match(/\\end/g)!.length)
  expect(latex.match(/\\left/g)!.length).toBe(latex.match(/\\right/g)!.length)
  expect(latex).not.toMatch(/[^\\]_[a-z]{2}/)
})
