/** Writes what opens a mechanism's numbers: its equations, words and sources, and a function of all values. */
import { head, importsFor, json } from './emit-code.ts'
import { runtimePart } from './compile-runtime.ts'
import { straightLines } from './emit-lines.ts'
import {
  emitCheck,
  emitResolve,
  emitSettingsType,
  namesChecked,
  settingMeta,
  settingsType,
} from './emit-settings.ts'
import type { Expression } from './expression.ts'
import type { Contract, Formulas, Mechanism, Runtime } from './mechanism.ts'
import { camel, variable } from './names.ts'
import type { BlockExplanation, DefinitionMeta } from './runtime.ts'

export function emitExplanation(mechanism: Mechanism, { contract, functions }: Formulas): string {
  const values = emitValues(mechanism, contract)
  return [
    head,
    `import type { BlockExplanation, Pass } from '../../runtime.ts'`,
    `import type { ${settingsType(mechanism)} } from '../blocks/${mechanism.name}.ts'`,
    ...importsFor(values, functions),
    '',
    values,
    `export const ${camel(mechanism.name)}: BlockExplanation = {`,
    ...emitWords(mechanism),
    '  values,',
    '}\n',
  ].join('\n')
}

/** Scenarios are few and small, so one module computes and explains. */
export const emitScenario = (mechanism: Mechanism, formulas: Formulas): string =>
  emitComputed(mechanism, formulas, 'ScenarioFormulas', {
    refuses: mechanism.refuses,
    checked: namesChecked(mechanism),
  })

/** Runtimes alike. */
export const emitRuntime = (mechanism: Mechanism & Runtime, formulas: Formulas): string =>
  emitComputed(mechanism, formulas, 'RuntimeFormulas', { ...runtimePart(mechanism) })

function emitComputed(
  mechanism: Mechanism,
  { contract, functions }: Formulas,
  type: string,
  more: Record<string, unknown>,
): string {
  const code = [
    emitResolve(mechanism, contract),
    emitCheck(mechanism),
    emitValues(mechanism, contract),
  ].join('\n')
  return [
    head,
    `import type { Given, Names, Pass, ${type} } from '../../runtime.ts'`,
    ...importsFor(code, functions),
    '',
    emitSettingsType(mechanism),
    code,
    `export const ${camel(mechanism.name)}: ${type} = {`,
    ...emitWords(mechanism),
    `  settings: ${settingMeta(mechanism)},`,
    `  from: ${json(fromModels(mechanism))},`,
    ...Object.entries(more).map(([key, value]) => `  ${key}: ${json(value)},`),
    '  resolve,',
    '  check,',
    '  values,',
    '}\n',
  ].join('\n')
}

const fromModels = ({ settings }: Mechanism): Record<string, readonly Expression[]> =>
  Object.fromEntries(settings.flatMap(({ name, from }) => (from ? [[name, from]] : [])))

function emitValues(mechanism: Mechanism, contract: Contract): string {
  const names = mechanism.definitions.map(({ name }) => name)
  const { code, settings, pass } = straightLines(mechanism, contract, names)
  const fields = names.map((name) => `    ${json(name)}: ${variable(name)},\n`)
  return `function values(${settings}: ${settingsType(mechanism)}, ${pass}: Pass): Record<string, number | number[]> {\n${code}  return {\n${fields.join('')}  }\n}\n`
}

/** Equations as explanations show them. */
export const shownDefinitions = ({ definitions }: Mechanism): DefinitionMeta[] =>
  definitions.map(({ counted: _, unquantised: __, cut: ___, holds: ____, ...rest }) => rest)

/** Defaults as expressions, by setting. */
export const defaultsOf = ({ settings }: Mechanism): BlockExplanation['defaults'] =>
  Object.fromEntries(
    settings.flatMap((setting) =>
      setting.default === undefined ? [] : [[setting.name, setting.default]],
    ),
  )

function emitWords(mechanism: Mechanism): string[] {
  const { name, title, about, file, terms, sources } = mechanism
  const fields = {
    name,
    title,
    about,
    file,
    terms,
    sources,
    definitions: shownDefinitions(mechanism),
    defaults: defaultsOf(mechanism),
  }
  return Object.entries(fields).map(([key, value]) => `  ${key}: ${json(value)},`)
}
