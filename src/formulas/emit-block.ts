/** Writes a block's module: settings, checks, and the functions that add its answers to sums. */
import { head, importsFor, json, pascal } from './emit-code.ts'
import { allSlots } from './emit-contract.ts'
import { emit } from './emit-expression.ts'
import { straightLines } from './emit-lines.ts'
import {
  emitCheck,
  emitResolve,
  emitSettingsType,
  settingMeta,
  settingsType,
} from './emit-settings.ts'
import { isOperation, type Expression } from './expression.ts'
import type { Contract, Definition, Formulas, Mechanism, Question } from './mechanism.ts'
import { camel, variable } from './names.ts'

export function emitBlock(mechanism: Mechanism, { contract, functions }: Formulas): string {
  const { name, is, title, folder } = mechanism
  const makesPositions = mechanism.definitions.some((definition) => definition.name === 'positions')
  const tells = is === undefined ? undefined : contract.traits[is]!.tells
  const code = [
    emitResolve(mechanism, contract),
    emitCheck(mechanism),
    emitAdd(mechanism, contract, 'model'),
    emitAdd(mechanism, contract, 'pass'),
    emitAdd(mechanism, contract, 'step'),
    ...(makesPositions ? [emitPositions(mechanism, contract)] : []),
    ...(tells === undefined ? [] : [emitTell(mechanism, contract, tells)]),
    ...(mechanism.matrices.length > 0 ? [emitMatrices(mechanism, contract)] : []),
  ].join('\n')
  return [
    head,
    `import type { BlockFormulas, Given, ${mechanism.matrices.length > 0 ? 'Matrix, ' : ''}Names, Pass, ${mechanism.matrices.length > 0 ? 'Shares, ' : ''}Sums${tells === undefined ? '' : ', Told'} } from '../../runtime.ts'`,
    ...importsFor(code, functions),
    '',
    emitSettingsType(mechanism),
    code,
    `export const ${camel(name)}: BlockFormulas = {`,
    `  name: ${json(name)},`,
    ...(is === undefined ? [] : [`  is: ${json(is)},`]),
    `  title: ${json(title)},`,
    `  folder: ${json(folder)},`,
    `  settings: ${settingMeta(mechanism)},`,
    '  resolve,',
    '  check,',
    '  addModel,',
    '  addPass,',
    '  addStep,',
    ...(makesPositions ? ['  positions,'] : []),
    ...(tells === undefined ? [] : ['  tell,']),
    ...(mechanism.matrices.length > 0 ? ['  matrices,'] : []),
    '}\n',
  ].join('\n')
}

/** How many positions a front end makes. */
function emitPositions(mechanism: Mechanism, contract: Contract): string {
  const { code, settings, pass } = straightLines(mechanism, contract, ['positions'])
  return `function positions(${settings}: ${settingsType(mechanism)}, ${pass}: Pass): number {\n${code}  return positions\n}\n`
}

/** What it tells the engine, by name. */
function emitTell(mechanism: Mechanism, contract: Contract, names: readonly string[]): string {
  const { code, settings, pass } = straightLines(mechanism, contract, names)
  const fields = names.map((name) =>
    variable(name) === name ? name : `${name}: ${variable(name)}`,
  )
  return `function tell(${settings}: ${settingsType(mechanism)}, ${pass}: Pass): Told {\n${code}  return { ${fields.join(', ')} }\n}\n`
}

/** The shapes of what the block stores. */
function emitMatrices(mechanism: Mechanism, contract: Contract): string {
  const { matrices } = mechanism
  const counts = matrices.flatMap(({ inputs, outputs, copies }) => [inputs, outputs, copies])
  const { code, settings } = straightLines(mechanism, contract, [], counts)
  const rows = matrices.map(
    ({ is, role, cut, joined, inputs, outputs, copies }) =>
      `    { is: ${json(is)}, role: ${json(role)}, cut: ${json(cut)}, joined: ${json(joined)}, inputs: ${emit(inputs)}, outputs: ${emit(outputs)}, copies: ${emit(copies)} },\n`,
  )
  return `function matrices(${settings}: ${settingsType(mechanism)}): Matrix<number, keyof Shares>[] {\n${code}  return [\n${rows.join('')}  ]\n}\n`
}

/** An answer to add: what, and where. */
interface Addition {
  slot: string
  names: string[]
}

/** The function that adds a block's answers to the questions asked of a model, a pass or a step. */
function emitAdd(mechanism: Mechanism, contract: Contract, asked_of: Question['asked_of']): string {
  const answer = (name: string): Definition =>
    mechanism.definitions.find((definition) => definition.name === name)!
  const questions = contract.questions.filter(
    (question) => question.asked_of === asked_of && answer(question.name).expression !== 0,
  )
  const conditions: Expression[] = []
  const additions = questions.flatMap(({ name, split }) =>
    split
      ? additionsByClass(name, mechanism, contract, conditions)
      : [{ slot: slotOf(name, contract), names: [name] }],
  )
  const { code, settings, pass } = straightLines(
    mechanism,
    contract,
    additions.flatMap(({ names }) => names),
    conditions,
  )
  const used = additions.length > 0 ? '' : '_'
  const parameters = [
    `${settings}: ${settingsType(mechanism)}`,
    ...(asked_of === 'model' ? [] : [`${pass}: Pass`]),
    `${used}times: number`,
    `${used}to: Sums`,
  ]
  const lines = additions.map(
    ({ slot, names }) => `  to[${slot}]! += times * ${sumOf(names.map(variable))}\n`,
  )
  return `function add${pascal(asked_of)}(${parameters.join(', ')}): void {\n${code}${lines.join('')}}\n`
}

const sumOf = (terms: readonly string[]): string =>
  terms.length > 1 ? `(${terms.join(' + ')})` : terms[0]!

const slotOf = (name: string, contract: Contract): string =>
  `/* ${name} */ ${allSlots(contract).indexOf(name)}`

/** The parts of an answer, those of one class together; conditions that choose a class are added to `conditions`. */
function additionsByClass(
  question: string,
  { definitions }: Mechanism,
  contract: Contract,
  conditions: Expression[],
): Addition[] {
  const byClass = new Map<string, string[]>()
  for (const { name, part_of, class: chosen } of definitions) {
    if (part_of !== question) continue
    const slot = slotOfClass(chosen!, question, contract, conditions)
    byClass.set(slot, [...(byClass.get(slot) ?? []), name])
  }
  return [...byClass].map(([slot, names]) => ({ slot, names }))
}

function slotOfClass(
  chosen: Expression,
  question: string,
  contract: Contract,
  conditions: Expression[],
): string {
  if (!isOperation(chosen)) return slotOf(`${question}.${chosen as string}`, contract)
  const [condition, then, otherwise] = chosen.args as [Expression, Expression, Expression]
  conditions.push(condition)
  const [first, second] = [then, otherwise].map((each) =>
    slotOfClass(each, question, contract, conditions),
  )
  return `${emit(condition, 1)} ? ${first} : ${second}`
}
