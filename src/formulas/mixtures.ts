/** Mixtures of formats: which weights a quantiser puts in which format, by role, matrix and layer. */
import * as z from 'zod'
import { head, importsFor, json } from './emit-code.ts'
import { emit } from './emit-expression.ts'
import { distinctNames } from './expression.ts'
import { check, refuseOther, type WeightFormatEntry } from './data.ts'
import { FormulaError, within } from './formula-error.ts'
import { didYouMean } from './nearest.ts'
import { parseExpression } from './parse.ts'
import type { TextFile } from './read-yaml.ts'

/** What a rule's condition may read of a matrix, and of the model it stands in. */
export interface MatrixPlace {
  /** From 0; that of the stack's first for what stands outside of layers. */
  layer: number
  n_layers: number
  /** How many of its kind stand before it, and how many there are. */
  nth: number
  n_alike: number
  /** The length of a row; 0 where it is not known. */
  inputs: number
  outputs: number
  /** Query heads that share a key and a value; 1 outside of attention. */
  group: number
  /** The most that a layer has; 0 without any. */
  n_experts: number
  /** 1 where the head is the table of the embedding. */
  tied: number
}
const known: readonly (keyof MatrixPlace)[] = [
  'layer',
  'n_layers',
  'nth',
  'n_alike',
  'inputs',
  'outputs',
  'group',
  'n_experts',
  'tied',
]

const word = z.string().min(1)
const words = z.array(word).min(1)
const rule = z.strictObject({
  /** Roles of the weights, and what a matrix is; all where they are left out. */
  roles: words.optional(),
  is: words.optional(),
  /** A condition, of what `MatrixPlace` has. */
  when: word.optional(),
  format: word,
})
export const mixturesFile = z.strictObject({
  family: word,
  about: word,
  source: z.strictObject({ title: word, url: z.url() }),
  /** Asked before the rules of each. */
  before: z.array(rule).default([]),
  mixtures: z.record(
    z.string().regex(/^[a-z][a-z0-9_-]*$/, 'a name in lower case, such as q4_k_m,'),
    z.strictObject({
      about: word.optional(),
      /** Of what no rule names. */
      format: word,
      /** The first that holds decides. */
      rules: z.array(rule).default([]),
    }),
  ),
  /** Asked one after the other of the format that was decided on. */
  after: z.array(rule.extend({ instead_of: words.optional() })).default([]),
})
interface RuleEntry {
  roles?: string[] | undefined
  is?: string[] | undefined
  when?: string | undefined
  format: string
  instead_of?: string[] | undefined
}
export interface MixturesFile {
  family: string
  about: string
  source: { title: string; url: string }
  before: RuleEntry[]
  mixtures: Record<string, { about?: string | undefined; format: string; rules: RuleEntry[] }>
  after: RuleEntry[]
}

/** As the engine reads it. */
export interface MixtureRule {
  roles?: readonly string[]
  is?: readonly string[]
  when?: (place: MatrixPlace) => boolean
  instead_of?: readonly string[]
  format: string
}
export interface Mixture {
  name: string
  family: string
  about: string
  source: { title: string; url: string }
  format: string
  rules: readonly MixtureRule[]
  after: readonly MixtureRule[]
}

/**
 * @param formats what rules may name
 * @throws FormulaError that names the entry and the key, what was found and what is expected
 */
export function readMixtures(
  file: TextFile,
  formats: readonly Pick<WeightFormatEntry, 'name' | 'group'>[],
  roles: readonly string[],
): MixturesFile {
  const body = check(file, mixturesFile)
  const names = formats.filter(({ group }) => !group).map(({ name }) => name)
  const grouped = formats.filter(({ group }) => group).map(({ name }) => name)
  const isFormat = (said: string): boolean =>
    names.includes(said) || grouped.includes(said.replace(/-g\d+$/, ''))
  const at = within(file.file)
  const checkFormats = (path: string, said: readonly string[]): void => {
    const other = said.find((each) => !isFormat(each))
    if (other !== undefined)
      throw new FormulaError(
        file.file,
        path,
        `${other} is no format${didYouMean(other, names) || '; formulas/weight-formats.yaml lists them'}`,
      )
  }
  const checkRules = (path: string, rules: readonly RuleEntry[]): void =>
    rules.forEach((each, index) => {
      const place = `${path}.${index}`
      checkFormats(place, [each.format, ...(each.instead_of ?? [])])
      const other = each.roles?.find((role) => !roles.includes(role))
      if (other !== undefined)
        throw new FormulaError(file.file, place, `${other} is no role; ${roles.join(', ')} are`)
      if (each.when !== undefined) at(`${place}.when`, () => refuseOther(each.when!, known))
    })
  checkRules('before', body.before)
  for (const [name, { format, rules }] of Object.entries(body.mixtures)) {
    checkFormats(`mixtures.${name}`, [format])
    checkRules(`mixtures.${name}.rules`, rules)
  }
  checkRules('after', body.after)
  return body
}

/** The module that the engine reads. @throws FormulaError where two files have a mixture of the same name */
export function emitMixtures(files: readonly MixturesFile[]): string {
  refuseTwice(files.flatMap(({ mixtures }) => Object.keys(mixtures)))
  const shared = files.map(
    ({ family, about, source, before, after }, index) =>
      `const of${index} = { family: ${json(family)}, about: ${json(about)}, source: ${json(source)} }
const before${index}: readonly MixtureRule[] = ${emitRules(before)}
const after${index}: readonly MixtureRule[] = ${emitRules(after)}`,
  )
  const entries = files.flatMap(({ mixtures }, index) =>
    Object.entries(mixtures).map(([name, { about, format, rules }]) => {
      const fields = [
        `...of${index}`,
        ...Object.entries({ name, about, format }).flatMap(([key, value]) =>
          value === undefined ? [] : [`${key}: ${json(value)}`],
        ),
        `rules: before${index}.concat(${emitRules(rules)})`,
        `after: after${index}`,
      ]
      return `  { ${fields.join(', ')} },`
    }),
  )
  const code = [...shared, 'export const mixtures: readonly Mixture[] = [', ...entries, ']'].join(
    '\n',
  )
  return [
    head,
    "import type { Mixture, MixtureRule } from '../mixtures.ts'",
    ...importsFor(code, {}, '..'),
    '',
    code,
    '',
  ].join('\n')
}

function refuseTwice(names: readonly string[]): void {
  const twice = names.find((name, place) => names.indexOf(name) < place)
  if (twice !== undefined)
    throw new FormulaError('formulas/mixtures', twice, 'stands there twice; names must differ')
}

const emitRules = (rules: readonly RuleEntry[]): string =>
  `[${rules
    .map(({ roles, is, when, instead_of, format }) => {
      const tree = when === undefined ? undefined : parseExpression(when)
      return `{ ${[
        ...(roles ? [`roles: ${json(roles)}`] : []),
        ...(is ? [`is: ${json(is)}`] : []),
        ...(tree === undefined
          ? []
          : [
              `when: ({ ${distinctNames(tree).join(', ')} }) => ${typeof tree === 'string' ? `${tree} === 1` : emit(tree)}`,
            ]),
        ...(instead_of ? [`instead_of: ${json(instead_of)}`] : []),
        `format: ${json(format)}`,
      ].join(', ')} }`
    })
    .join(', ')}]`
