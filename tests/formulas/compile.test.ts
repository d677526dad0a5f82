/** What the compiler says about several files at once; mistakes within one file stand in tests/mistakes. */
import { describe, expect, test } from 'vitest'
import { compileFormulas } from '../../src/formulas/compile.ts'
import { emitModules } from '../../src/formulas/emit.ts'
import { loadFormulaFiles } from '../../src/formulas/load.ts'
import type { TextFile } from '../../src/formulas/read-file.ts'

const files = loadFormulaFiles()
const basis = files.filter(({ file }) => /contract|functions/.test(file))
const contract = basis.filter(({ file }) => file.endsWith('contract.yaml'))
const messages = (all: readonly TextFile[]): string[] =>
  compileFormulas(all).errors.map(({ message }) => message)

const block = (name: string, weight: string): string => `
block: ${name}
title: A matrix
about: Multiplies with a matrix.
quantities:
  params:
    counts: parameter
    sum:
      weight:
        role: other
        cut: none
        expr: ${weight}
zero: [flops, setup_flops, elementwise_flops, activation_bytes, cache_bytes]
examples:
  - of: a width of four
    given:
      d_model: 4
    expect:
      params: 16
`
const shared = (name: string, expr: string): string => `
function: ${name}
title: A function
about: Of one number.
parameters: [size]
expr: ${expr}
examples:
  - of: one
    given:
      size: 1
    expect: 1
`

describe('several files', () => {
  test('a name is given once', () => {
    const twice = [
      { file: 'formulas/ffn/square.yaml', text: block('square', 'd_model ^ 2') },
      { file: 'formulas/mixers/square.yaml', text: block('square', 'd_model ^ 2') },
    ]
    expect(messages([...basis, ...twice])).toEqual([
      'formulas/mixers/square.yaml › block: the name square is taken by formulas/ffn/square.yaml',
    ])
  })

  test('a scenario takes from a block what the block says', () => {
    const asked = (from: string): TextFile => ({
      file: 'formulas/scenarios/asked.yaml',
      text: `
scenario: asked
title: A scenario
about: It asks for a weight.
settings:
  size:
    label: Size
    type: number
    from: ${from}
    default: 1
quantities:
  twice:
    label: Twice as much
    counts: number
    expr: 2 * size
examples:
  - of: one
    given: {}
    expect:
      twice: 2
`,
    })
    const square = { file: 'formulas/ffn/square.yaml', text: block('square', 'd_model ^ 2') }
    for (const right of ['square.params', 'ffn.params.weight', 'ffn.layers', 'workload.batch'])
      expect(messages([...basis, square, asked(right)])).toEqual([])
    expect(messages([...basis, square, asked('square.parms')])).toEqual([
      'formulas/scenarios/asked.yaml › settings.size.from: square says no parms; did you mean params?',
    ])
  })

  test('a function is named once', () => {
    const twice = [
      { file: 'formulas/functions/same.yaml', text: shared('same', 'size') },
      { file: 'formulas/functions/more/same.yaml', text: shared('same', 'size') },
    ]
    expect(messages([...contract, ...twice])).toEqual([
      'formulas/functions/more/same.yaml › function: the name same is taken by formulas/functions/same.yaml',
    ])
  })

  test('functions that call each other in a circle are shown as the circle', () => {
    const circle = [
      { file: 'formulas/functions/left.yaml', text: shared('left', 'right(size)') },
      { file: 'formulas/functions/right.yaml', text: shared('right', 'left(size)') },
      { file: 'formulas/functions/apart.yaml', text: shared('apart', 'size') },
    ]
    expect(messages([...contract, ...circle])).toEqual([
      'formulas/functions/left.yaml › expr: left is defined by itself: left → right → left; break the cycle',
      'formulas/functions/right.yaml › expr: right is defined by itself: right → left → right; break the cycle',
    ])
  })

  test('every file at fault is named, in the order of the files', () => {
    const wrong = [
      { file: 'formulas/ffn/second.yaml', text: block('second', 'd_modle ^ 2') },
      { file: 'formulas/ffn/first.yaml', text: 'block: [' },
      { file: 'formulas/ffn/right.yaml', text: block('right', 'd_model ^ 2') },
    ]
    const { errors, formulas } = compileFormulas([...basis, ...wrong])
    expect(errors.map(({ file }) => file)).toEqual([wrong[0]!.file, wrong[1]!.file])
    expect(Object.keys(formulas.blocks)).toEqual(['right'])
  })

  test('whoever calls a function at fault is not blamed for it', () => {
    const both = [
      { file: 'formulas/ffn/caller.yaml', text: block('caller', 'd_model * wrong(d_model)') },
      { file: 'formulas/functions/wrong.yaml', text: shared('wrong', 'sise') },
    ]
    expect(messages([...contract, ...both])).toEqual([
      'formulas/functions/wrong.yaml › expr: sise is not known here; did you mean size?',
    ])
  })

  test('a function that calls one at fault is not blamed for it', () => {
    const found = messages([
      ...contract,
      { file: 'formulas/functions/inner.yaml', text: shared('inner', 'size + unknown') },
      { file: 'formulas/functions/outer.yaml', text: shared('outer', 'inner(size)') },
    ])
    expect(found).toEqual([expect.stringMatching(/^formulas\/functions\/inner\.yaml › expr: /)])
  })

  test('one contract is needed', () => {
    expect(() => compileFormulas([])).toThrow(
      'formulas/contract.yaml: there is no contract; one is needed',
    )
    expect(() =>
      compileFormulas([...contract, { ...contract[0]!, file: 'formulas/two.yaml' }]),
    ).toThrow('formulas/two.yaml: is a contract beside formulas/contract.yaml; one is needed')
  })
})

test('a file far longer than any is refused before its parser takes seconds', () => {
  const long = { file: 'formulas/ffn/long.yaml', text: `block: [${'1, '.repeat(50_000)}1]` }
  expect(messages([...contract, long])).toEqual([
    'formulas/ffn/long.yaml: bad YAML: it has 150010 characters, and 65536 are the most',
  ])
})

test('a nesting that overflows the parser of YAML is a mistake like any other', () => {
  const deep = { file: 'formulas/ffn/deep.yaml', text: `block: ${'['.repeat(20_000)}` }
  expect(messages([...contract, deep])).toEqual([
    expect.stringMatching(/^formulas\/ffn\/deep.yaml: bad YAML: /),
  ])
})

describe('what is written', () => {
  test('is the same for the same files', () => {
    const [once, again] = [files, files].map((all) => emitModules(compileFormulas(all).formulas))
    expect(once).toEqual(again)
  })

  test('keeps words within their comments and texts', () => {
    const hostile = block('hostile', 'size ^ 2').replace(
      'quantities:',
      `settings:
  size:
    label: "*/ throw 1 /*"
    type: count
    default: 4
checks:
  - must: size > 0
    else: "\`\${size} {size}\\\\"
quantities:`,
    )
    const { formulas, errors } = compileFormulas([
      ...basis,
      { file: 'formulas/ffn/hostile.yaml', text: hostile },
    ])
    expect(errors).toEqual([])
    const code = emitModules(formulas).get('blocks/hostile.ts')!
    expect(code).toContain('/** * / throw 1 /*. */')
    expect(code).toContain('return `\\`\\$${s.size} ${s.size}\\\\`')
  })
})

test('what a setting follows is an equation, whatever blanks it is written with', () => {
  const following = (text: string): string | undefined => {
    const changed = files.map(({ file, text: own }) => ({
      file,
      text: file.endsWith('mixers/attention.yaml')
        ? own.replace('default: d_model / n_heads', `default: ${text}`)
        : own,
    }))
    const code = emitModules(compileFormulas(changed).formulas).get('blocks/attention.ts')
    return /"follows":(\{"op":"\/".*?\})/.exec(code!)?.[1]
  }
  expect(following('d_model/n_heads')).toBe('{"op":"/","args":["d_model","n_heads"]}')
  expect(following('d_model / n_heads')).toBe(following('d_model/n_heads'))
})
