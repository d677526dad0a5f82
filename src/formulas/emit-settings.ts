/** Writes what a mechanism does with its settings: their type, their defaults, their checks. */
import { settingsInOrder } from './compile-settings.ts'
import { comment, json, pascal } from './emit-code.ts'
import { namesOf } from './emit-contract.ts'
import { emit } from './emit-expression.ts'
import { destructure } from './emit-lines.ts'
import { distinctNames, type Expression } from './expression.ts'
import { constants } from './functions.ts'
import type { SettingMeta } from './runtime.ts'
import type { Check, Contract, Mechanism, Setting } from './mechanism.ts'

export const settingsType = ({ name }: Mechanism): string => `${pascal(name)}Settings`

/** Attached blocks are evaluated by themselves. */
const valued = ({ settings }: Mechanism): Setting[] =>
  settings.filter(({ type }) => type !== 'block')

/** The settings as forms and checks of documents need them. */
export const metaOf = ({ settings }: Mechanism): SettingMeta[] =>
  settings.map(({ default: fallback, from: _, ...rest }) => ({
    ...rest,
    ...(isFormula(fallback) && { follows: fallback as Expression }),
  }))

export const settingMeta = (mechanism: Mechanism): string => json(metaOf(mechanism))

/** Whether a default is worked out from something else. */
const isFormula = (fallback: Setting['default']): boolean =>
  fallback !== undefined &&
  !Array.isArray(fallback) &&
  distinctNames(fallback as Expression).some((name) => !Object.hasOwn(constants, name))

export function emitSettingsType(mechanism: Mechanism): string {
  const fields = valued(mechanism).flatMap((setting) => [
    `  ${comment(`${setting.label}.`)}`,
    `  ${setting.name}: ${typeOf(setting)}`,
  ])
  return [
    comment(`Settings of ${mechanism.name}, with the names of its architecture.`),
    `export type ${settingsType(mechanism)} = Names & {`,
    ...fields,
    '}\n',
  ].join('\n')
}

function typeOf({ type, of = [] }: Setting): string {
  if (type === 'choice') return of.map(json).join(' | ')
  return type === 'list' ? 'readonly number[]' : 'number'
}

/** A function that completes the settings given with the defaults, each after those it follows from. */
export function emitResolve(mechanism: Mechanism, contract: Contract): string {
  const type = settingsType(mechanism)
  const settings = valued(mechanism)
  const names = namesOf(contract, 'architecture').map(({ name }) => name)
  const lines = settingsInOrder(settings).map(({ name, default: fallback }) => {
    const given = `given.${name} as ${type}[${json(name)}]`
    if (fallback === undefined) return `  const ${name} = ${given}\n`
    const value = Array.isArray(fallback) ? json(fallback) : emit(fallback as Expression, 1)
    return `  const ${name} = (${given} | undefined) ?? ${value}\n`
  })
  const all = [...names, ...settings.map(({ name }) => name)].join(', ')
  return `function resolve(${settings.length > 0 ? 'given' : '_given'}: Given, names: Names): ${type} {\n${destructure(names, 'names')}${lines.join('')}  return { ${all} }\n}\n`
}

/** The settings that checks read. */
export const namesChecked = ({ checks }: Mechanism): string[] =>
  [...new Set(checks.flatMap(({ must }) => distinctNames(must)))].filter(
    (name) => !Object.hasOwn(constants, name),
  )

/** A function that says which check fails first. */
export function emitCheck(mechanism: Mechanism): string {
  const { checks } = mechanism
  const read = namesChecked(mechanism)
  const tests = checks.map(
    ({ must, else: text }) => `  if (!(${emit(must)})) return ${template(text)}\n`,
  )
  return `function check(${read.length > 0 ? 's' : '_s'}: ${settingsType(mechanism)}): string | null {\n${destructure(read, 's')}${tests.join('')}  return null\n}\n`
}

/** A message with the values of the settings it names in braces. */
const template = (text: Check['else']): string =>
  `\`${text.replaceAll(/[`\\$]/g, '\\$&').replaceAll(/\{(\w+)\}/g, '${s.$1}')}\``
