/** A block's or scenario's file -> a checked mechanism: names, order, contract, units. */
import { isOperation, namesIn, type Expression } from './expression.ts'
import { dropUndefined, shapeOfName } from './compile-contract.ts'
import type { BlockFile, PartFile, QuantityFile, ScenarioFile, SettingFile } from './file-schema.ts'
import { FormulaError } from './formula-error.ts'
import { shapeOf } from './check-units.ts'
import type { Check, Contract, Definition, Mechanism, Question, Setting, Source } from './mechanism.ts'
import { didYouMean } from './nearest.ts'
import { inOrder } from './order.ts'
import { parseClass, parseExpression } from './parse.ts'
import { parseUnit, plain, printUnit, sameUnit, type Shape } from './units.ts'

interface Body {
  kind: 'block' | 'scenario'
  file: string
  body: BlockFile | ScenarioFile
}
export interface Known {
  contract: Contract
  /** Shared functions, with their number of parameters. */
  functions: Record<string, number>
}

/** @throws FormulaError at the first mistake */
export function compileMechanism({ kind, file, body }: Body, known: Known): Mechanism {
  const at = <T>(path: string, work: () => T): T => {
    try {
      return work()
    } catch (error) {
      if (error instanceof FormulaError) throw error
      throw new FormulaError(file, path, (error as Error).message)
    }
  }
  const parse = (path: string, text: string | number): Expression => at(path, () => parseExpression(text, known.functions))

  const settings = Object.entries(body.settings).map(([name, said]) => at(`settings.${name}`, () => compileSetting(name, said, parse)))
  const scope = new Map<string, Shape>(known.contract.names.map((name) => [name.name, shapeOfName(name)]))
  for (const setting of settings) declare(scope, `settings.${setting.name}`, setting.name, shapeOfSetting(setting), file)

  const zero = 'zero' in body ? body.zero : []
  const definitions = Object.entries(body.quantities).flatMap(([name, said]) => define(name, said, kind === 'block' ? known.contract : undefined, parse, at))
  if (kind === 'block') definitions.push(...answersByDefault(definitions, zero, known.contract, file))
  for (const definition of definitions) declare(scope, pathOf(definition), definition.name, shapeOfDefinition(definition, at), file)

  checkDefaults(settings, known.contract, scope, at)
  const checks = body.checks.map((check, index): Check => {
    const must = parse(`checks.${index}`, check.must)
    at(`checks.${index}`, () => shapeOf(must, scope))
    return { must, else: check.else }
  })
  for (const definition of definitions) at(pathOf(definition), () => checkDefinition(definition, scope, body.sources))

  const needs = new Map(definitions.map((definition) => [definition.name, namesOf(definition)]))
  const order = at('quantities', () => inOrder([...needs.keys()], (name) => needs.get(name) ?? []))
  const byName = new Map(definitions.map((definition) => [definition.name, definition]))
  return {
    kind,
    name: 'block' in body ? body.block : body.scenario,
    file,
    folder: file.split('/').at(-2)!,
    title: body.title,
    about: body.about,
    terms: body.terms ?? [],
    sources: compileSources(body.sources),
    settings,
    checks,
    definitions: order.map((name) => byName.get(name)!),
    examples: body.examples.map(({ of, given, expect, within }) => ({ of, given, expect, ...(within === undefined ? {} : { within }) })),
  }
}

export function compileSources(sources: BlockFile['sources']): Record<string, Source> {
  return Object.fromEntries(
    Object.entries(sources).map(([name, { title, arxiv, url, section }]) => [
      name,
      { title, url: url ?? `https://arxiv.org/abs/${arxiv}`, ...(section === undefined ? {} : { section: String(section) }) },
    ]),
  )
}

type Parse = (path: string, text: string | number) => Expression
type At = <T>(path: string, work: () => T) => T

const pathOf = ({ name }: Definition): string => `quantities.${name}`

function declare(scope: Map<string, Shape>, path: string, name: string, shape: Shape, file: string): void {
  if (scope.has(name)) throw new FormulaError(file, path, `the name ${name} is taken already, by a setting, a quantity or the contract; choose another`)
  scope.set(name, shape)
}

function compileSetting(name: string, said: SettingFile, parse: Parse): Setting {
  const { default: fallback, of, kind, config_keys = [], ...rest } = dropUndefined(said)
  if ((rest.type === 'choice') !== (of !== undefined)) throw new Error(rest.type === 'choice' ? 'a choice says what of: [a, b]' : `only a choice has "of", and this is a ${rest.type}`)
  if ((rest.type === 'block') !== (kind !== undefined)) throw new Error(rest.type === 'block' ? 'a block says which kind: the folder of blocks that may attach' : 'only a setting of type block has a kind')
  if (fallback === 'none' && rest.none === undefined && rest.type !== 'block' && !of?.includes('none')) throw new Error('defaults to none; say what null means in expressions, as none: infinity or none: "0"')
  const setting: Setting = { name, config_keys, ...rest, ...(of ? { of } : {}), ...(kind ? { kind } : {}) }
  if (fallback === undefined) return setting
  return { ...setting, default_text: Array.isArray(fallback) ? JSON.stringify(fallback) : String(fallback), default: defaultOf(setting, fallback, parse) }
}

function defaultOf(setting: Setting, fallback: string | number | readonly number[], parse: Parse): Expression | readonly number[] {
  if (setting.type === 'list') {
    if (!Array.isArray(fallback)) throw new Error('the default of a list is a list of numbers')
    return fallback
  }
  if (Array.isArray(fallback)) throw new Error(`a list cannot be the default of a ${setting.type}`)
  const value = fallback as string | number
  if (setting.type === 'choice') {
    if (typeof value !== 'string' || !setting.of!.includes(value)) throw new Error(`the default ${value} is none of ${setting.of!.join(', ')}${didYouMean(String(value), setting.of!)}`)
    return { text: value }
  }
  if (value === 'none') return setting.none === 'infinity' ? 'infinity' : 0
  return parse(`settings.${setting.name}.default`, value)
}

function shapeOfSetting(setting: Setting): Shape {
  if (setting.type === 'choice') return { kind: 'choice', of: setting.of! }
  return setting.type === 'list' ? { kind: 'list' } : { kind: 'number', unit: plain }
}

function shapeOfDefinition(definition: Definition, at: At): Shape {
  if (definition.over) return { kind: 'list' }
  const { unit } = definition
  return { kind: 'number', unit: /^(byte|FLOP)(\/(byte|FLOP))*$/.test(unit) ? at(pathOf(definition), () => parseUnit(unit)) : plain }
}

/** A quantity's definitions: its parts, and itself; a sum is the chain of its parts. */
function define(name: string, said: QuantityFile, contract: Contract | undefined, parse: Parse, at: At): Definition[] {
  const path = `quantities.${name}`
  const question = contract?.questions.find((asked) => asked.name === name)
  const { expr, sum, over, label, unit, counts, ...told } = dropUndefined(said)
  if ((expr === undefined) === (sum === undefined)) throw at(path, () => new Error('says either expr or sum, and not both'))
  return at(path, () => {
    const shared = { unit: unitOf(said, question), ...(counts === undefined ? {} : { counted: true as const }), ...told }
    const title = label ?? question?.label ?? readable(name)
    if (sum === undefined) {
      if (question?.split && expr !== 0) throw new Error(`is split by ${question.split}; write it as a sum of parts that each say their ${question.split}`)
      const index = over && Object.entries(over)
      if (index && index.length !== 1) throw new Error('runs over one index')
      return [{ name, label: title, ...shared, expression: parse(path, expr!), ...(index ? { over: { index: index[0]![0], count: parse(`${path}.over`, index[0]![1]) } } : {})}]
    }
    const parts = Object.entries(sum).map(([key, part]) => definePart(`${name}.${key}`, { part_of: name, ...shared }, part, question, contract, parse, at))
    const chain = parts.map((part) => part.name as Expression).reduce((left, right) => ({ op: '+', args: [left, right] }))
    return [...parts, { name, label: title, ...shared, expression: chain }]
  })
}

function definePart(name: string, sum: { part_of: string; unit: string; counted?: true }, said: PartFile, question: Question | undefined, contract: Contract | undefined, parse: Parse, at: At): Definition {
  const { part_of } = sum
  const path = `quantities.${part_of}.sum.${name.slice(part_of.length + 1)}`
  const { expr, label, unit, counts, role, kind, grows, ...told } = dropUndefined(said)
  const given = { role, kind, grows }
  return at(path, () => {
    for (const key of ['role', 'kind', 'grows'] as const) {
      const wanted = question?.split === key
      if (wanted && given[key] === undefined) throw new Error(`says no ${key}; it is one of ${contract!.classes[key].join(', ')}`)
      if (!wanted && given[key] !== undefined) throw new Error(`${part_of} is not split by ${key}; leave it out`)
    }
    const split = question?.split
    return {
      name,
      label: label ?? readable(name.slice(part_of.length + 1)),
      unit: unit ?? counts ?? sum.unit,
      part_of,
      ...told,
      expression: parse(path, expr),
      ...(split ? { class: parseClass(given[split]!, contract!.classes[split]) } : {}),
      ...(counts !== undefined || (unit === undefined && sum.counted) ? { counted: true as const } : {}),
    }
  })
}

function unitOf(said: QuantityFile, question: Question | undefined): string {
  if (said.unit !== undefined && said.counts !== undefined) throw new Error('says unit or counts, not both')
  const unit = said.unit ?? said.counts
  if (unit === undefined) throw new Error('says neither unit (byte, FLOP) nor counts (a label of plain numbers)')
  if (question && unit !== question.unit) throw new Error(`is asked for in ${question.unit}, not ${unit}`)
  return unit
}

const readable = (name: string): string => (name[0]!.toUpperCase() + name.slice(1)).replaceAll('_', ' ')

/** Questions that the file neither answers nor lists as zero: the contract's default, or an error. */
function answersByDefault(definitions: readonly Definition[], zero: readonly string[], contract: Contract, file: string): Definition[] {
  const answered = new Set(definitions.map(({ name }) => name))
  const questions = contract.questions.map(({ name }) => name)
  for (const name of zero) {
    if (!questions.includes(name)) throw new FormulaError(file, 'zero', `${name} is no question of the contract${didYouMean(name, questions)}`)
    if (answered.has(name)) throw new FormulaError(file, 'zero', `${name} is answered under quantities; take it off one of the two`)
  }
  return contract.questions.flatMap((question): Definition[] => {
    if (answered.has(question.name)) return []
    const base = { name: question.name, label: question.label, unit: question.unit }
    const needs = question.default === undefined ? [] : [...new Set(namesOfExpression(question.default))]
    if (zero.includes(question.name) || needs.some((need) => zero.includes(need))) return [{ ...base, expression: 0 }]
    if (question.default === undefined) throw new FormulaError(file, 'quantities', `does not answer ${question.name} (${question.about.replace(/\.$/, '')}); give it, or list it under zero`)
    return [{ ...base, expression: question.default }]
  })
}

function namesOfExpression(e: Expression): string[] {
  const names: string[] = []
  namesIn(e, (name) => names.push(name))
  return names
}

/** What a definition reads, its index left out. */
function namesOf({ expression, over }: Definition): string[] {
  if (!over) return namesOfExpression(expression)
  return [...namesOfExpression(over.count), ...namesOfExpression(expression).filter((name) => name !== over.index)]
}

function checkDefaults(settings: readonly Setting[], contract: Contract, scope: ReadonlyMap<string, Shape>, at: At): void {
  const architecture = contract.names.filter((name) => name.of === 'architecture').map((name) => name.name)
  const allowed = new Map([...scope].filter(([name]) => architecture.includes(name) || settings.some((setting) => setting.name === name)))
  for (const { name, type, default: fallback } of settings) {
    if (fallback === undefined || Array.isArray(fallback) || type === 'choice' || type === 'block') continue
    at(`settings.${name}.default`, () => shapeOf(fallback as Expression, allowed))
  }
  const needs = (name: string): string[] => {
    const fallback = settings.find((setting) => setting.name === name)?.default
    return fallback === undefined || Array.isArray(fallback) ? [] : namesOfExpression(fallback as Expression)
  }
  at('settings', () => inOrder(settings.map(({ name }) => name), needs))
}

function checkDefinition(definition: Definition, scope: ReadonlyMap<string, Shape>, sources: Record<string, unknown>): void {
  const { over, expression, source, class: chosen } = definition
  if (source !== undefined && !Object.hasOwn(sources, source)) throw new Error(`the source ${source} is not among the file's sources${didYouMean(source, Object.keys(sources))}`)
  let inner = scope
  if (over) {
    const count = shapeOf(over.count, scope)
    if (count.kind !== 'number' || !sameUnit(count.unit, plain)) throw new Error('over needs a plain number of values')
    inner = new Map([...scope, [over.index, { kind: 'number', unit: plain }]])
  }
  if (chosen !== undefined) checkClass(chosen, scope)
  const shape = shapeOf(expression, inner)
  if (shape.kind !== 'number') throw new Error(`comes out as a ${shape.kind === 'boolean' ? 'truth' : shape.kind}, not a number`)
  checkResult(definition, shape.unit)
}

/** The conditions that choose a class; its leaves are names of classes. */
function checkClass(chosen: Expression, scope: ReadonlyMap<string, Shape>): void {
  if (!isOperation(chosen)) return
  shapeOf({ op: 'if', args: [chosen.args[0]!, 1, 0] }, scope)
  chosen.args.slice(1).forEach((branch) => checkClass(branch, scope))
}

/** `unit` must be what comes out; `counts` labels a plain number. */
function checkResult(definition: Definition, found: Extract<Shape, { kind: 'number' }>['unit']): void {
  const wanted = /^(byte|FLOP)(\/(byte|FLOP))*$/.test(definition.unit) ? parseUnit(definition.unit) : plain
  if (sameUnit(found, wanted)) return
  if (definition.counted && sameUnit(found, plain)) return
  throw new Error(`${printUnit(wanted)} expected, but the expression is in ${printUnit(found)}`)
}
