import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asLatex, asPython, asText, latexName } from '../../../src/engine/print/expression.ts'
import type { Expression } from '../../../src/formulas/expression.ts'
import { parseExpression } from '../../../src/formulas/parse.ts'

const { tree } = fc.letrec<{ tree: Expression; branch: Expression; leaf: Expression }>((tie) => {
  const two = fc.tuple(tie('tree'), tie('tree'))
  const binary = (...ops: string[]) =>
    fc.tuple(fc.constantFrom(...ops), two).map(([op, args]) => ({ op, args }))
  return {
    leaf: fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.nat(99)),
    branch: fc.oneof(
      binary('+', '-', '*', '/', '^'),
      fc.constantFrom('a', 'b').map((name) => ({ op: 'neg', args: [name] })),
      tie('tree').map((arg) => ({ op: 'neg', args: [{ op: '+', args: [arg, 'c'] }] })),
      fc.tuple(binary('<', '<=', '==', '!='), two).map(([condition, args]) => ({
        op: 'if',
        args: [{ op: 'or', args: [{ op: 'not', args: [condition] }, condition] }, ...args],
      })),
      two.map((args) => ({ op: 'min', args })),
    ),
    tree: fc.oneof({ maxDepth: 5 }, tie('leaf'), tie('branch')),
  }
})

test('text holds the parentheses it needs: read again, it is the same expression', () => {
  const spelled: Record<string, string> = {
    '×': '*',
    '−': '-',
    '≤': '<=',
    '≠': '!=',
    ' = ': ' == ',
  }
  fc.assert(
    fc.property(tree, (expression) => {
      const text = asText(expression).replace(/[×−≤≠]| = /g, (sign) => spelled[sign]!)
      expect(parseExpression(text)).toEqual(expression)
    }),
  )
})

test('so does Python, whose operators bind as ours do', () => {
  fc.assert(
    fc.property(tree, (expression) => {
      const python = asPython(expression, (name) => name)
      if (!python.includes(' if '))
        expect(parseExpression(python.replaceAll('**', '^'))).toEqual(expression)
    }),
  )
})

test.each([
  ['a * (b + c)', 'a × (b + c)', 'a * (b + c)', 'a \\cdot \\left(b + c\\right)'],
  ['a - (b - c)', 'a − (b − c)', 'a - (b - c)', 'a - \\left(b - c\\right)'],
  ['(a / b) / c', 'a / b / c', 'a / b / c', '\\frac{\\frac{a}{b}}{c}'],
  ['(a ^ b) ^ c', '(a^b)^c', '(a ** b) ** c', '\\left(a^{b}\\right)^{c}'],
  ['-a ^ 2', '−a^2', '-a ** 2', '-a^{2}'],
  [
    'ceil(a / 16)',
    'ceil(a / 16)',
    'math.ceil(a / 16)',
    '\\left\\lceil \\frac{a}{16} \\right\\rceil',
  ],
  [
    'if(a < infinity, 1, 0)',
    'if(a < ∞, 1, 0)',
    '(1 if a < math.inf else 0)',
    '\\begin{cases} 1 & a < \\infty \\\\ 0 & \\text{otherwise} \\end{cases}',
  ],
  ['a == "yarn"', 'a = "yarn"', 'a == "yarn"', 'a = \\text{yarn}'],
  [
    'sum(b, 1, c, a * b)',
    'sum(b, 1, c, a × b)',
    'sum(a * b for b in range(1, c + 1))',
    '\\sum_{b=1}^{c} \\left(a \\cdot b\\right)',
  ],
  ['1234567 * a', '1,234,567 × a', '1234567 * a', '1{,}234{,}567 \\cdot a'],
])('%s in three notations', (formula, text, python, latex) => {
  const expression = parseExpression(formula)
  expect(asText(expression)).toBe(text)
  expect(asPython(expression, (name) => name)).toBe(python)
  expect(asLatex(expression, (name) => name)).toBe(latex)
})

test('in LaTeX a name is its symbol, or upright words', () => {
  expect(latexName('n_kv_heads', 'K')).toBe('K')
  expect(latexName('d_head', 'd_h')).toBe('d_{h}')
  expect(latexName('n_sink', 'n_sink')).toBe('n_{\\mathrm{sink}}')
  expect(latexName('bytes_per_weight')).toBe('\\mathrm{bytes\\_per\\_weight}')
})
