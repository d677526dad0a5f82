/** Prints a derivation: as a tree of words and numbers, as LaTeX, or as a Python program that computes it. */
import {
  isOperation,
  operationsIn,
  sharedFunctions,
  type Expression,
} from '../../formulas/explanations.ts'
import { formatBytes, formatExact } from '../numbers.ts'
import type { Derivation } from '../types.ts'
import { originText } from './origin.ts'
import { asLatex, asPython, asText, latexName, latexNumber, pythonNumber } from './expression.ts'

/** What may be laid over the parts of a printed tree, such as colour. */
export type Emphasis = (part: 'value' | 'aside', text: string) => string

/**
 * A tree in plain text. What stands in it twice is opened once.
 * @param depth how many steps below the number are opened
 */
export function derivationText(
  root: Derivation,
  depth = Infinity,
  emphasis: Emphasis = (_part, text) => text,
): string {
  const lines: string[] = []
  const opened = new Set<string>()
  const visit = (
    node: Derivation,
    first: string,
    rest: string,
    left: number,
    above?: Derivation,
  ): void => {
    lines.push(
      `${first}${headline(node, above === undefined ? node.address : (node.name ?? node.address), emphasis)}`,
    )
    const key = identity(node)
    const closed = node.inputs.length > 0 && (left === 0 || opened.has(key))
    if (closed && opened.has(key)) lines.push(`${rest}    ${emphasis('aside', 'as above')}`)
    if (opened.has(key)) return
    if (!closed) opened.add(key)
    for (const line of details(node, above))
      lines.push(
        `${rest}${node.inputs.length > 0 && !closed ? '│   ' : '    '}${emphasis('aside', line)}`,
      )
    if (closed) return
    node.inputs.forEach((input, place) => {
      const last = place === node.inputs.length - 1
      visit(
        input,
        `${rest}${last ? '└─ ' : '├─ '}`,
        `${rest}${last ? '   ' : '│  '}`,
        left - 1,
        node,
      )
    })
  }
  visit(root, '', '', depth)
  return `${lines.join('\n')}\n`
}

const identity = (node: Derivation): string => `${node.address} ${JSON.stringify(node.value)}`

function headline(node: Derivation, name: string, emphasis: Emphasis): string {
  const { label, unit, value } = node
  const origin = originText(node)
  const size =
    (unit === 'byte' || unit === 'bytes') && typeof value === 'number' && value >= 1000
      ? ` (${formatBytes(value)} = ${formatBytes(value, 'GiB')})`
      : ''
  return `${name} = ${emphasis('value', valueText(value))}${unitText(unit, value)}${size}${emphasis('aside', `  ${label}${origin === null ? '' : `, ${origin}`}`)}`
}

/** Ratios and plain numbers need no unit. */
const unitText = (unit: string, value: Derivation['value']): string =>
  unit === '' || unit === 'ratio' || unit === 'number'
    ? ''
    : ` ${unit}${value === 1 || unit === 'FLOP' || unit.endsWith('s') ? '' : 's'}`

/** Words, equations and values; the source only where it is not that of the step above. */
function details(node: Derivation, above?: Derivation): string[] {
  const { why, equation, taken, source, file } = node
  const values = new Map(node.inputs.map((input) => [input.name, valueText(input.value)]))
  const filled = equation && asText(taken ?? equation, (name) => values.get(name) ?? name)
  const lines = [
    why,
    equation && `= ${asText(equation)}`,
    taken && `= ${asText(taken)}`,
    filled && filled !== asText(equation) && !Array.isArray(node.value) && `= ${filled}`,
  ]
  if (source && JSON.stringify(source) !== JSON.stringify(above?.source))
    lines.push(
      `${source.title}${source.section ? `, section ${source.section}` : ''}, ${source.url}`,
    )
  if (file && file !== above?.file) lines.push(file)
  return lines.filter((line): line is string => typeof line === 'string')
}

function valueText(value: Derivation['value']): string {
  if (typeof value === 'string') return `"${value}"`
  if (typeof value === 'number') return numberText(value)
  const shown =
    value.length > 6
      ? [...value.slice(0, 3).map(numberText), '…', numberText(value.at(-1)!)]
      : value.map(numberText)
  return `[${shown.join(', ')}]`
}

const numberText = (value: number): string =>
  Number.isInteger(value)
    ? formatExact(value)
    : value === Infinity
      ? '∞'
      : Math.abs(value) >= 1e6 && Math.abs(value) < 1e15
        ? formatExact(Math.round(value))
        : value
            .toPrecision(6)
            .replace(/(\.\d*?)0+(?=e|$)/, '$1')
            .replace(/\.(?=e|$)/, '')

/** Every step with an equation once, inputs first. */
function steps(
  root: Derivation,
  isLeftOut: (node: Derivation) => boolean = () => false,
): Derivation[] {
  const found = new Map<string, Derivation>()
  const visit = (node: Derivation): void => {
    if (found.has(identity(node)) || isLeftOut(node)) return
    node.inputs.forEach(visit)
    found.set(identity(node), node)
  }
  visit(root)
  return [...found.values()]
}

/** Aligned equations from the number down, each with the values put in. */
export function derivationLatex(root: Derivation): string {
  const lines = steps(root)
    .toReversed()
    // What a scenario takes from a model as it is has the same letter there.
    .filter(({ origin, equation }) => !(origin === 'model' && typeof equation === 'string'))
    .filter((node) => node.equation !== undefined && typeof node.value === 'number')
    .map((node) => {
      const symbols = new Map(
        node.inputs.map((input) => [input.name, latexName(input.name ?? '', input.symbol)]),
      )
      const values = new Map(
        node.inputs.map((input) => [
          input.name,
          typeof input.value === 'number' ? latexNumber(input.value) : undefined,
        ]),
      )
      const name = (each: string): string => symbols.get(each) ?? latexName(each)
      const chosen = node.taken ?? node.equation!
      return [
        `${latexName(node === root ? node.address : (node.name ?? node.address), node.symbol)} &= ${asLatex(node.equation!, name)} \\\\`,
        `&= ${asLatex(chosen, (each) => values.get(each) ?? name(each))} = ${latexNumber(node.value as number)}`,
      ].join('\n')
    })
  return `\\begin{align*}\n${lines.join(' \\\\\n')}\n\\end{align*}\n`
}

/** A program that prints the number; settings and workload stand in it as constants. */
export function derivationPython(root: Derivation): string {
  const all = steps(root, isCall)
  const variables = identifiers(all)
  const nameIn = (node: Derivation): ((name: string) => string) => {
    const inputs = new Map(node.inputs.map((input) => [input.name, variables.get(identity(input))]))
    return (name) => inputs.get(name) ?? name
  }
  const line = (node: Derivation): string => {
    const said =
      node.equation !== undefined && typeof node.value === 'number'
        ? asPython(node.equation, nameIn(node))
        : pythonValue(node.value)
    return `${variables.get(identity(node))} = ${said}  # ${node.label.replace(/\s+/g, ' ')}\n`
  }
  const functions = functionsIn(all.flatMap((node) => (node.equation ? [node.equation] : [])))
  const definitions = functions.map((name) => {
    const { parameters, expression } = sharedFunctions[name]!
    return `\n\ndef ${name}(${parameters.join(', ')}):\n    return ${asPython(expression, (each) => each)}\n`
  })
  return `import math\n${definitions.join('')}${definitions.length > 0 ? '\n\n' : '\n'}${all.map(line).join('')}${printed(variables.get(identity(root))!, root.value)}\n`
}

/** Python divides whole numbers to floats; what is whole is shown so. */
const printed = (variable: string, value: Derivation['value']): string =>
  Number.isInteger(value) ? `print(round(${variable}))` : `print(${variable})`

/** A call stands in a tree to show what it comes to; in a program it is a call. */
const isCall = ({ address }: Derivation): boolean => /\(/.test(address)

function pythonValue(value: Derivation['value']): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'number' ? pythonNumber(value) : `[${value.map(pythonNumber).join(', ')}]`
}

/** A name of its own for every step. */
function identifiers(nodes: readonly Derivation[]): Map<string, string> {
  const taken = new Set<string>()
  const names = new Map<string, string>()
  for (const node of nodes) {
    const base = node.address.replace(/\W+/g, '_').replace(/^(?=\d)|_$/g, '')
    let name = base
    for (let count = 2; taken.has(name); count++) name = `${base}_${count}`
    taken.add(name)
    names.set(identity(node), name)
  }
  return names
}

/** The shared functions that are called, those that others need first. */
function functionsIn(expressions: readonly Expression[]): string[] {
  const found = new Set<string>()
  const visit = (e: Expression): void => {
    if (!isOperation(e)) return
    for (const op of operationsIn(e)) {
      if (!Object.hasOwn(sharedFunctions, op) || found.has(op)) continue
      visit(sharedFunctions[op]!.expression)
      found.add(op)
    }
  }
  expressions.forEach(visit)
  return [...found]
}
