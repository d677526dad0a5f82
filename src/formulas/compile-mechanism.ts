/** A block's or scenario's file -> a checked mechanism: names, order, contract, units. */
import {
  checkCondition,
  checkDefinition,
  checkSource,
  shapeOfDefinition,
} from './check-definitions.ts'
import { answersByDefault } from './compile-answers.ts'
import { shapeOfName } from './check-units.ts'
import { compileSources } from './compile-functions.ts'
import { defineQuantity, placeOf } from './compile-quantities.ts'
import { checkDefaults, compileSetting, shapeOfSetting } from './compile-settings.ts'
import { dropUndefined } from './drop-undefined.ts'
import { distinctNames, operationsIn, type Expression } from './expression.ts'
import type { BlockFile, RuntimeFile, ScenarioFile } from './file-schema.ts'
import { within, type At } from './formula-error.ts'
import type { Contract, Definition, Matrix, Mechanism, Setting } from './mechanism.ts'
import { checkCuts } from './check-cuts.ts'
import { checkTrait } from './check-trait.ts'
import { checkMechanismName, checkName, variable } from './names.ts'
import { didYouMean } from './nearest.ts'
import { inOrder } from './order.ts'
import { parseExpression } from './parse.ts'
import type { Shape } from './units.ts'

export interface Body {
  kind: 'block' | 'scenario' | 'runtime'
  file: string
  body: BlockFile | ScenarioFile | RuntimeFile
}
export interface Known {
  contract: Contract
  /** Shared functions, with their number of parameters. */
  functions: Record<string, number>
}

/** @throws FormulaError at the first mistake */
export function compileMechanism({ kind, file, body }: Body, known: Known): Mechanism {
  const at = within(file)
  const parse = (text: string | number) => parseExpression(text, known.functions)
  const own = 'block' in body ? body.block : 'scenario' in body ? body.scenario : body.runtime
  at(kind, () => checkMechanismName(own))
  const settings = Object.entries(body.settings).map(([name, said]) =>
    at(`settings.${name}`, () => compileSetting(name, said, kind, parse)),
  )
  const contract = kind === 'block' ? known.contract : undefined
  const said = Object.entries(body.quantities).flatMap(([name, each]) =>
    defineQuantity(name, each, { contract, parse, at }),
  )
  const zero = 'zero' in body ? body.zero : []
  const definitions = contract ? [...said, ...answersByDefault(said, zero, contract, file)] : said

  const is = 'is' in body ? body.is : undefined
  if (is !== undefined)
    at('is', () => checkTrait(is, [...settings, ...definitions], known.contract))
  const { scope, before } = scopes(known, settings, definitions, at)
  checkDefaults(settings, before, at)
  const checks = body.checks.map((check, index) =>
    at(`checks.${index}`, () => {
      const must = parse(check.must)
      checkCondition(must, check.else, before)
      return { must, else: check.else }
    }),
  )
  const matrices = ('matrices' in body ? body.matrices : []).map((matrix, index) =>
    at(`matrices.${index}`, () => compileMatrix(matrix, known, parse, scope)),
  )
  for (const each of definitions)
    at(placeOf(each), () => checkDefinition(each, scope, body.sources))
  const cuts = Object.fromEntries(
    Object.entries('cuts' in body ? body.cuts : {}).map(([word, count]) => [
      word,
      at(`cuts.${word}`, () => parse(count)),
    ]),
  )
  if (contract) checkCuts(cuts, definitions, before, contract, at)
  body.examples.forEach(({ source }, index) =>
    at(`examples.${index}`, () => checkSource(source, body.sources)),
  )
  return {
    kind,
    name: own,
    ...(is === undefined ? {} : { is }),
    file,
    folder: file.split('/').at(-2) ?? '',
    title: body.title,
    about: body.about,
    terms: body.terms ?? [],
    sources: compileSources(body.sources),
    settings,
    checks,
    cuts,
    matrices,
    refuses: 'refuses' in body ? body.refuses : {},
    definitions: at('quantities', () => definitionsInOrder(definitions)),
    examples: body.examples.map(({ source: _, ...example }) => dropUndefined(example)),
  }
}

/** @throws Error where the role is none, or a shape reads what is not known before a pass */
function compileMatrix(
  { is, role, inputs, outputs, copies, cut, joined = is }: BlockFile['matrices'][number],
  { contract }: Known,
  parse: (text: string | number) => Expression,
  scope: ReadonlyMap<string, Shape>,
): Matrix {
  const roles = contract.classes.role
  if (!roles.includes(role))
    throw new Error(`the role ${role} is none of ${roles.join(', ')}${didYouMean(role, roles)}`)
  const words = contract.classes.cut
  if (!words.includes(cut))
    throw new Error(`${cut} is none of ${words.join(', ')}${didYouMean(cut, words)}`)
  const ofPass = new Set(contract.names.flatMap(({ of, name }) => (of === 'pass' ? [name] : [])))
  const read = (text: string | number): Expression => {
    const tree = parse(text)
    for (const name of distinctNames(tree))
      if (!scope.has(name) || ofPass.has(name))
        throw new Error(
          `${name} is not known here; a shape follows from settings, quantities and names of the architecture${didYouMean(name, [...scope.keys()])}`,
        )
    return tree
  }
  const shape = { inputs: read(inputs), outputs: read(outputs), copies: read(copies) }
  return { is, role, cut, joined, ...shape }
}

/** What each name is: everything, and what is known `before` a pass (settings and the architecture's names). */
function scopes(
  known: Known,
  settings: readonly Setting[],
  definitions: readonly Definition[],
  at: At,
): { scope: Map<string, Shape>; before: Map<string, Shape> } {
  const scope = new Map<string, Shape>()
  // Parts and quantities become variables, where params.query and params_query are the same.
  const called = definitions.flatMap(({ expression }) => operationsIn(expression))
  const taken = new Set([...known.contract.names.map(({ name }) => name), ...called])
  const declare = (path: string, name: string, shape: Shape): void =>
    at(path, () => {
      if (taken.has(variable(name)))
        throw new Error(
          `the name ${name} is taken already, by a setting, a quantity, a function or the contract; choose another`,
        )
      checkName(name)
      taken.add(variable(name))
      scope.set(name, shape)
    })
  for (const name of known.contract.names)
    if (name.of === 'architecture') scope.set(name.name, shapeOfName(name))
  for (const setting of settings)
    declare(`settings.${setting.name}`, setting.name, shapeOfSetting(setting))
  const before = new Map(scope)
  for (const name of known.contract.names)
    if (name.of !== 'architecture') scope.set(name.name, shapeOfName(name))
  for (const definition of definitions)
    declare(placeOf(definition), definition.name, shapeOfDefinition(definition))
  return { scope, before }
}

/** What a definition reads, its index left out. */
export function readsOf({ expression, over }: Definition): string[] {
  const names = distinctNames(expression)
  return over
    ? [...names.filter((name) => name !== over.index), ...distinctNames(over.count)]
    : names
}

function definitionsInOrder(definitions: readonly Definition[]): Definition[] {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]))
  const needs = (name: string): string[] | undefined => {
    const definition = byName.get(name)
    return definition && readsOf(definition)
  }
  return inOrder(byName.keys(), needs).map((name) => byName.get(name)!)
}
