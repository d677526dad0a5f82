/** Writes checked formulas as TypeScript modules: a module of code and a module of explanations per mechanism. */
import { emit, variable } from './emit-expression.ts'
import { distinctNames, isOperation, operationsIn, type Expression } from './expression.ts'
import { builtIns, specialForms } from './functions.ts'
import type { Contract, Definition, Formulas, Mechanism, Question, Setting, SharedFunction } from './mechanism.ts'
import { inOrder } from './order.ts'

const head = '// Written by `npm run formulas` from the files under formulas/. Changes here are lost.\n'

/** Generated modules by their path below the folder of generated code. */
export function emitModules(formulas: Formulas): Map<string, string> {
  const { contract, functions, blocks, scenarios } = formulas
  const modules = new Map([
    ['contract.ts', emitContract(contract)],
    ['functions.ts', emitFunctions(functions)],
    ['blocks.ts', emitIndex('blocks', 'BlockFormulas', 'blocks', Object.keys(blocks))],
    ['explanations.ts', emitIndex('explanations', 'BlockExplanation', 'explain', Object.keys(blocks))],
    ['scenarios.ts', emitIndex('scenarios', 'ScenarioFormulas', 'scenarios', Object.keys(scenarios))],
  ])
  for (const mechanism of Object.values(blocks)) {
    modules.set(`blocks/${mechanism.name}.ts`, emitBlock(mechanism, contract))
    modules.set(`explain/${mechanism.name}.ts`, emitExplanation(mechanism, contract))
  }
  for (const mechanism of Object.values(scenarios)) modules.set(`scenarios/${mechanism.name}.ts`, emitScenario(mechanism, contract))
  return modules
}

const json = (value: unknown): string => JSON.stringify(value)
const camel = (name: string): string => name.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase())
const pascal = (name: string): string => camel(`_${name}`)

function emitIndex(name: string, type: string, folder: string, names: readonly string[]): string {
  const imports = names.map((each) => `import { ${camel(each)} } from './${folder}/${each}.ts'\n`).join('')
  const entries = names.map((each) => `  ${json(each)}: ${camel(each)},\n`).join('')
  return `${head}import type { ${type} } from '../runtime.ts'\n${imports}\nexport const ${name}: Readonly<Record<string, ${type}>> = {\n${entries}}\n`
}

/** A question's slots: one, or one for each class it is split by. */
function slotsOf(question: Question, { classes }: Contract): string[] {
  return question.split ? classes[question.split].map((each) => `${question.name}.${each}`) : [question.name]
}
const allSlots = (contract: Contract): string[] => contract.questions.flatMap((question) => slotsOf(question, contract))

function emitContract(contract: Contract): string {
  const typeOf = (of: 'architecture' | 'workload'): string =>
    contract.names
      .filter((name) => name.of === of)
      .map(({ name, label, choice }) => `  /** ${label}. */\n  ${name}: ${choice ? choice.map(json).join(' | ') : 'number'}\n`)
      .join('')
  const slots = allSlots(contract)
  return (
    `${head}/** Sums of answers, a place for each; plain arrays of doubles are made faster than typed ones. */\nexport type Sums = number[]\n\n/** What a stack tells its blocks. */\nexport type Names = {\n${typeOf('architecture')}}\n\n` +
    `/** What a pass tells the blocks it runs through. */\nexport type Pass = {\n${typeOf('workload')}}\n\n` +
    `/** Where each answer stands in an array of sums. */\nexport const slot = {\n${slots.map((name, place) => `  ${json(name)}: ${place},\n`).join('')}} as const\n\n` +
    `/** Slots that are multiplied by the batch. */\nexport const perSequence: readonly number[] = ${json(
      contract.questions.filter(({ asked_of, per }) => asked_of !== 'model' && per === 'sequence').flatMap((question) => slotsOf(question, contract).map((name) => slots.indexOf(name))),
    )}\n\n` +
    `/** The classes of a question's answer, and their sum. */\n${contract.questions
      .filter(({ split }) => split)
      .map((question) => emitReaders(question, contract))
      .join('')}\n` +
    `export const names = ${json(contract.names)} as const\n\nexport const questions = ${json(contract.questions)} as const\n\nexport const classes = ${json(contract.classes)} as const\n`
  )
}

function emitReaders(question: Question, contract: Contract): string {
  const slots = allSlots(contract)
  const places = slotsOf(question, contract).map((name): [string, number] => [name.split('.')[1]!, slots.indexOf(name)])
  const name = pascal(question.name)
  return (
    `export const read${name} = (sums: Sums) => ({ ${places.map(([each, place]) => `${each}: sums[${place}]!`).join(', ')} })\n` +
    `export const total${name} = (sums: Sums): number => ${places.map(([, place]) => `sums[${place}]!`).join(' + ')}\n`
  )
}

function emitFunctions(functions: Record<string, SharedFunction>): string {
  const all = Object.values(functions)
  const code = all.map(
    ({ name, title, parameters, expression }) =>
      `/** ${title}. */\nexport const ${name} = (${parameters.map((parameter) => `${parameter}: number`).join(', ')}): number => ${emit(expression)}\n`,
  )
  const meta = all.map(({ name, file, title, about, parameters, expression, why, sources }) => `  ${name}: ${json({ name, file, title, about, parameters, expression, why, sources })},\n`)
  return `${head}import type { SharedFunctionMeta } from '../runtime.ts'\n${importsFor(code.join(''), [], '..')}\n${code.join('\n')}\nexport const sharedFunctions: Readonly<Record<string, SharedFunctionMeta>> = {\n${meta.join('')}}\n`
}

const helpers = ['choose', 'mod', 'normalCdf', 'normalPdf', 'sum']

/** Imports of the helpers and shared functions that some code calls. */
function importsFor(code: string, functions: readonly string[], up = '../..'): string {
  const called = (names: readonly string[]): string[] => names.filter((name) => code.includes(`${name}(`) && new RegExp(`(?<![\\w.])${name}\\(`).test(code))
  const [fromRuntime, shared] = [called(helpers), called(functions)]
  return (
    (fromRuntime.length > 0 ? `import { ${fromRuntime.join(', ')} } from '${up}/runtime.ts'\n` : '') + (shared.length > 0 ? `import { ${shared.join(', ')} } from '../functions.ts'\n` : '')
  )
}

/** Shared functions that the definitions, defaults and checks of a mechanism call. */
function sharedCalls({ definitions, settings, checks }: Mechanism): string[] {
  const expressions = [
    ...definitions.flatMap(({ expression, over }) => [expression, ...(over ? [over.count] : [])]),
    ...settings.flatMap(({ default: fallback }) => (fallback === undefined || Array.isArray(fallback) ? [] : [fallback as Expression])),
    ...checks.map(({ must }) => must),
  ]
  const names = new Set(expressions.flatMap(operationsIn))
  return [...names].filter((op) => /^[a-z]/i.test(op) && !Object.hasOwn(builtIns, op) && !Object.hasOwn(specialForms, op))
}

const settingsOf = ({ settings }: Mechanism): Setting[] => settings.filter(({ type }) => type !== 'block')
const architectureNames = (contract: Contract): string[] => contract.names.filter(({ of }) => of === 'architecture').map(({ name }) => name)
const workloadNames = (contract: Contract): string[] => contract.names.filter(({ of }) => of === 'workload').map(({ name }) => name)

function emitSettingsType(mechanism: Mechanism): string {
  const fields = settingsOf(mechanism).map(({ name, label, type, of }) => {
    const ts = type === 'choice' ? of!.map(json).join(' | ') : type === 'list' ? 'readonly number[]' : 'number'
    return `  /** ${label}. */\n  ${name}: ${ts}\n`
  })
  return `/** Settings of ${mechanism.name}, with the names of its architecture. */\nexport type ${pascal(mechanism.name)}Settings = Names & {\n${fields.join('')}}\n`
}

function emitResolve(mechanism: Mechanism, contract: Contract): string {
  const settings = settingsOf(mechanism)
  const byName = new Map(settings.map((setting) => [setting.name, setting]))
  const needs = (name: string): string[] => {
    const fallback = byName.get(name)?.default
    return fallback === undefined || Array.isArray(fallback) ? [] : distinctNames(fallback as Expression)
  }
  const names = architectureNames(contract)
  const type = `${pascal(mechanism.name)}Settings`
  const lines = inOrder([...byName.keys()], needs).map((name) => {
    const { default: fallback } = byName.get(name)!
    const given = `given.${name} as ${type}[${json(name)}]`
    if (fallback === undefined) return `  const ${name} = ${given}\n`
    return `  const ${name} = (${given} | undefined) ?? ${Array.isArray(fallback) ? json(fallback) : emit(fallback as Expression, 1)}\n`
  })
  return `function resolve(given: Given, names: Names): ${type} {\n  const { ${names.join(', ')} } = names\n${lines.join('')}  return { ${[...names, ...byName.keys()].join(', ')} }\n}\n`
}

function emitCheck(mechanism: Mechanism): string {
  const tests = mechanism.checks.map(({ must, else: text }) => {
    const message = text.replaceAll(/[`\\$]/g, '\\$&').replaceAll(/\{(\w+)\}/g, '${s.$1}')
    return `  ${destructure(distinctNames(must), 's')}if (!(${emit(must)})) return \`${message}\`\n`
  })
  const body = tests.map((test, place) => (tests.length > 1 ? `  {\n  ${test.replaceAll('\n', '\n  ').trimEnd()}\n  }\n` : place === 0 ? test : ''))
  return `function check(${tests.length === 0 ? '_s' : 's'}: ${pascal(mechanism.name)}Settings): string | null {\n${body.join('')}  return null\n}\n`
}

const destructure = (names: readonly string[], from: string): string => {
  const used = names.filter((name) => name !== 'pi' && name !== 'infinity')
  return used.length === 0 ? '' : `const { ${used.join(', ')} } = ${from}\n  `
}

/** Straight-line code for some definitions and all they need, after the settings and names these read. */
function straightLine(mechanism: Mechanism, contract: Contract, wanted: readonly string[], extra: readonly Expression[] = []): { code: string; usesPass: boolean; usesSettings: boolean } {
  const byName = new Map(mechanism.definitions.map((definition) => [definition.name, definition]))
  const needed = new Set<string>()
  const reads = new Set<string>()
  const visit = (name: string): void => {
    const definition = byName.get(name)
    if (!definition) return void reads.add(name)
    if (needed.has(name)) return
    needed.add(name)
    namesRead(definition).forEach(visit)
  }
  wanted.forEach(visit)
  extra.flatMap(distinctNames).forEach(visit)
  const workload = workloadNames(contract)
  const fromPass = workload.filter((name) => reads.has(name))
  const fromSettings = [...reads].filter((name) => !workload.includes(name) && name !== 'pi' && name !== 'infinity')
  const lines = mechanism.definitions.filter(({ name }) => needed.has(name)).map((definition) => `  const ${variable(definition.name)} = ${valueOf(definition)}\n`)
  return {
    code: (fromSettings.length ? `  const { ${fromSettings.join(', ')} } = s\n` : '') + (fromPass.length ? `  const { ${fromPass.join(', ')} } = w\n` : '') + lines.join(''),
    usesPass: fromPass.length > 0,
    usesSettings: fromSettings.length > 0,
  }
}

function namesRead({ expression, over }: Definition): string[] {
  const names = distinctNames(expression)
  return over ? [...names.filter((name) => name !== over.index), ...distinctNames(over.count)] : names
}

function valueOf({ expression, over }: Definition): string {
  if (!over) return emit(expression)
  return `Array.from({ length: Math.ceil(${emit(over.count)}) }, (_, ${over.index}) => ${emit(expression)})`
}

/** The function that adds a block's answers to the questions asked of a model, a pass or a step. */
function emitAdd(mechanism: Mechanism, contract: Contract, asked_of: Question['asked_of']): string {
  const isZero = (name: string): boolean => mechanism.definitions.find((definition) => definition.name === name)?.expression === 0
  const questions = contract.questions.filter((question) => question.asked_of === asked_of && !isZero(question.name))
  const slots = allSlots(contract)
  const place = (name: string): string => `/* ${name} */ ${slots.indexOf(name)}`
  const additions: string[] = []
  const wanted: string[] = []
  const conditions: Expression[] = []
  for (const { name, split } of questions) {
    if (!split) {
      wanted.push(name)
      additions.push(`  to[${place(name)}]! += times * ${variable(name)}\n`)
      continue
    }
    const byClass = new Map<Expression, string[]>()
    for (const part of mechanism.definitions.filter(({ part_of }) => part_of === name)) {
      wanted.push(part.name)
      byClass.set(part.class!, [...(byClass.get(part.class!) ?? []), variable(part.name)])
    }
    for (const [chosen, parts] of byClass) {
      const index = slotOf(chosen, (each) => place(`${name}.${each}`), conditions)
      additions.push(`  to[${index}]! += times * ${parts.length > 1 ? `(${parts.join(' + ')})` : parts[0]}\n`)
    }
  }
  const { code, usesPass, usesSettings } = straightLine(mechanism, contract, wanted, conditions)
  const unused = (name: string, used: boolean): string => (used ? name : `_${name}`)
  const pass = asked_of === 'model' ? '' : `${unused('w', usesPass)}: Pass, `
  const active = additions.length > 0
  return `function add${pascal(asked_of)}(${unused('s', usesSettings)}: ${pascal(mechanism.name)}Settings, ${pass}${unused('times', active)}: number, ${unused('to', active)}: Sums): void {\n${code}${additions.join('')}}\n`
}

/** The slot of a class that settings may choose. */
function slotOf(chosen: Expression, place: (name: string) => string, conditions: Expression[]): string {
  if (!isOperation(chosen)) return place(chosen as string)
  const [condition, then, otherwise] = chosen.args as [Expression, Expression, Expression]
  conditions.push(condition)
  return `${emit(condition, 1)} ? ${slotOf(then, place, conditions)} : ${slotOf(otherwise, place, conditions)}`
}

function emitPositions(mechanism: Mechanism, contract: Contract): string {
  if (!mechanism.definitions.some(({ name }) => name === 'positions')) return ''
  const { code, usesPass, usesSettings } = straightLine(mechanism, contract, ['positions'])
  return `function positions(${usesSettings ? 's' : '_s'}: ${pascal(mechanism.name)}Settings, ${usesPass ? 'w' : '_w'}: Pass): number {\n${code}  return positions\n}\n`.replaceAll('const positions =', 'const made =').replace('return positions', 'return made')
}

function settingMeta({ settings }: Mechanism): unknown[] {
  return settings.map(({ default: _, ...rest }) => rest)
}

function emitBlock(mechanism: Mechanism, contract: Contract): string {
  const { name, title, folder } = mechanism
  const positions = emitPositions(mechanism, contract)
  const functions = [
    emitResolve(mechanism, contract),
    emitCheck(mechanism),
    emitAdd(mechanism, contract, 'model'),
    emitAdd(mechanism, contract, 'pass'),
    emitAdd(mechanism, contract, 'step'),
    ...(positions ? [positions] : []),
  ].join('\n')
  const record = `export const ${camel(name)}: BlockFormulas = {\n  name: ${json(name)},\n  title: ${json(title)},\n  folder: ${json(folder)},\n  settings: ${json(settingMeta(mechanism))},\n  resolve,\n  check,\n  addModel,\n  addPass,\n  addStep,\n${positions ? '  positions,\n' : ''}}\n`
  return `${head}import type { BlockFormulas, Given, Names, Pass, Sums } from '../../runtime.ts'\n${importsFor(functions, sharedCalls(mechanism))}\n${emitSettingsType(mechanism)}\n${functions}\n${record}`
}

function explanationFields(mechanism: Mechanism, contract: Contract): { values: string; fields: string } {
  const { name, title, about, file, terms, sources, definitions, settings } = mechanism
  const all = definitions.map((definition) => definition.name)
  const { code, usesPass, usesSettings } = straightLine(mechanism, contract, all)
  const values = `function values(${usesSettings ? 's' : '_s'}: ${pascal(name)}Settings, ${usesPass ? 'w' : '_w'}: Pass): Record<string, number | number[]> {\n${code}  return {\n${all.map((each) => `    ${json(each)}: ${variable(each)},\n`).join('')}  }\n}\n`
  const shown = definitions.map(({ counted: _, ...rest }) => rest)
  const defaults = Object.fromEntries(settings.flatMap((setting) => (setting.default === undefined ? [] : [[setting.name, setting.default]])))
  const fields = Object.entries({ name, title, about, file, terms, sources, definitions: shown, defaults }).map(([key, value]) => `  ${key}: ${json(value)},\n`)
  return { values, fields: fields.join('') }
}

function emitExplanation(mechanism: Mechanism, contract: Contract): string {
  const { values, fields } = explanationFields(mechanism, contract)
  return `${head}import type { BlockExplanation, Pass } from '../../runtime.ts'\nimport type { ${pascal(mechanism.name)}Settings } from '../blocks/${mechanism.name}.ts'\n${importsFor(values, sharedCalls(mechanism))}\n${values}\nexport const ${camel(mechanism.name)}: BlockExplanation = {\n${fields}  values,\n}\n`
}

function emitScenario(mechanism: Mechanism, contract: Contract): string {
  const { values, fields } = explanationFields(mechanism, contract)
  const code = [emitResolve(mechanism, contract), emitCheck(mechanism), values].join('\n')
  return `${head}import type { Given, Names, Pass, ScenarioFormulas } from '../../runtime.ts'\n${importsFor(code, sharedCalls(mechanism))}\n${emitSettingsType(mechanism)}\n${code}\nexport const ${camel(mechanism.name)}: ScenarioFormulas = {\n${fields}  settings: ${json(settingMeta(mechanism))},\n  resolve,\n  check,\n  values,\n}\n`
}
