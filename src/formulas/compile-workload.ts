/** The contract's workload -> its keys: what each may be, what it is unless said, what formulas read of it. */
import { shapeOf, shapeOfName } from './check-units.ts'
import { dropUndefined } from './drop-undefined.ts'
import type { Expression } from './expression.ts'
import type { WorkloadKeyFile } from './file-schema.ts'
import type { At } from './formula-error.ts'
import type { Choice, Contract, ContractName, Field, WorkloadKey } from './mechanism.ts'
import { checkName } from './names.ts'
import { didYouMean } from './nearest.ts'
import { parseExpression } from './parse.ts'
import { parseUnit, plain, type Shape } from './units.ts'

/** What a document may leave unsaid, so that a default goes on to its next expression. */
export const perhapsUnsaid: readonly string[] = ['max_source', 'states']

type Names = Pick<ContractName, 'name' | 'of'>

/** @throws Error where its parts do not fit its type or each other */
export function compileWorkloadKey(
  name: string,
  said: WorkloadKeyFile,
  names: readonly Names[],
  all: Readonly<Record<string, WorkloadKeyFile>>,
): WorkloadKey {
  const { type, of: choices, default: fallback, max, unit, option, example, fields, ...rest } = said
  checkName(name)
  if (unit !== undefined) parseUnit(unit)
  const of = choices && valuesOf(choices, fallback)
  const [expected, problem] = checkType(type, said)
  if (problem) throw new Error(`${expected}, since its type is ${type}`)
  for (const made of rest.becomes ?? [])
    if (!names.some((each) => each.name === made && each.of === 'pass'))
      throw new Error(
        `becomes ${made}, which is no name of a pass${didYouMean(
          made,
          names.map((each) => each.name),
        )}`,
      )
  if (rest.instead_of !== undefined && !Object.hasOwn(all, rest.instead_of))
    throw new Error(`stands in the place of ${rest.instead_of}, which is no key of the workload`)
  if ((rest.with === undefined) !== (rest.without === undefined))
    throw new Error('says one of with and without; the stacks it needs, and what it is elsewhere')
  return {
    name,
    type,
    ...dropUndefined(rest),
    short: rest.short ?? rest.label,
    unit: unit ?? (type === 'format' ? 'byte' : ''),
    min: rest.min ?? 1,
    default: defaultsOf(of, fallback),
    example: example ?? (type === 'format' || type === 'formats' ? 'bf16' : 'N'),
    ...(of && { of }),
    ...(fields && { fields: fieldsOf(fields) }),
    ...(max === undefined ? {} : { max: parseExpression(max) }),
    ...(rest.instead_of === undefined && { option: option ?? name.replaceAll('_', '-') }),
  }
}

/** What is wrong with the parts of a key, for its type. */
function checkType(
  type: WorkloadKey['type'],
  { of, default: fallback, instead_of, fields, without }: WorkloadKeyFile,
): [string, boolean] {
  switch (type) {
    case 'choice':
      return ['needs its values under of', of === undefined]
    case 'formats':
      return [
        'has no default: a model says what its weights are published in',
        fallback !== undefined,
      ]
    case 'record':
      return ['needs its fields, and to be none elsewhere', !fields || without !== 'none']
    default:
      return [
        'needs a default',
        fallback === undefined && instead_of === undefined && without !== 'none',
      ]
  }
}

function fieldsOf(fields: NonNullable<WorkloadKeyFile['fields']>): Field[] {
  return Object.entries(fields).map(([name, field]) => {
    checkName(field.reads)
    return { name, ...dropUndefined(field) }
  })
}

/** In the order of the file, but that the default stands first: keys that are whole numbers are read in their own order. */
function valuesOf(
  choices: NonNullable<WorkloadKeyFile['of']>,
  fallback: WorkloadKeyFile['default'],
): Choice[] {
  const values = Object.entries(choices).map(([value, words]): Choice => ({
    value,
    ...dropUndefined(words),
  }))
  const usual = ({ value }: Choice): boolean => value === String(fallback)
  return [...values.filter(usual), ...values.filter((each) => !usual(each))]
}

/** Of a choice without another default the first. */
function defaultsOf(
  of: readonly Choice[] | undefined,
  fallback: WorkloadKeyFile['default'],
): Expression[] {
  if (fallback === undefined) return of ? [{ text: of[0]!.value }] : []
  return [fallback].flat().map((each) => parseExpression(each))
}

/** What formulas read of a key, as names of theirs. */
export const nameInExpressions = ({
  name,
  label,
  symbol,
  unit,
  type,
  of,
  becomes,
  instead_of,
  fields,
}: WorkloadKey): ContractName[] =>
  fields?.map(({ label: words, reads }) => ({ name: reads, label: words, unit, of: 'pass' })) ??
  (becomes || instead_of !== undefined || type === 'formats'
    ? []
    : [
        {
          name,
          label,
          unit,
          of: 'pass',
          ...(symbol === undefined ? {} : { symbol }),
          ...(type === 'choice' ? { choice: of!.map(({ value }) => value) } : {}),
        },
      ])

/** Defaults and limits read the architecture and the keys before. */
export function checkLimits({ names, workload }: Contract, at: At): void {
  const number: Shape = { kind: 'number', unit: plain }
  const scope = new Map<string, Shape>(perhapsUnsaid.map((name) => [name, number]))
  for (const name of names) if (name.of === 'architecture') scope.set(name.name, shapeOfName(name))
  for (const { name, type, default: fallback, max } of workload) {
    if (type !== 'choice')
      for (const each of fallback) at(`workload.${name}.default`, () => shapeOf(each, scope))
    if (max !== undefined) at(`workload.${name}.max`, () => shapeOf(max, scope))
    if (type === 'tokens' || type === 'count' || type === 'format') scope.set(name, number)
  }
}

/** A default that follows from nothing, or is that of another key, where a document leaves unsaid what it may. */
export function constantDefault(
  { default: fallback }: WorkloadKey,
  all: readonly WorkloadKey[],
): number | string | undefined {
  const last = fallback.at(-1)
  if (typeof last === 'number') return last
  const other = all.find(({ name }) => name === last)
  if (other) return constantDefault(other, all)
  return typeof last === 'object' && 'text' in last ? last.text : undefined
}
