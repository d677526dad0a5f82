/** Writes what one rank of a deployment holds of a block: its parts, each times the share of what it is cut by. */
import { head, importsFor, json, pascal } from './emit-code.ts'
import { cutQuestions, rankSlots } from './emit-contract.ts'
import { emit } from './emit-expression.ts'
import { straightLines } from './emit-lines.ts'
import { settingsType } from './emit-settings.ts'
import { distinctNames, isOperation, type Expression } from './expression.ts'
import type { Contract, Definition, Formulas, Mechanism, Question } from './mechanism.ts'
import { unquantised } from './compile-contract.ts'
import { camel, variable } from './names.ts'

const methods = { model: 'Weights', pass: 'Work', step: 'Cache' } as const

export function emitRank(mechanism: Mechanism, { contract, functions }: Formulas): string {
  const { name } = mechanism
  const code = (['model', 'pass', 'step'] as const)
    .map((asked_of) => emitAdd(mechanism, contract, asked_of))
    .join('\n')
  const counts = emitCounts(mechanism)
  return [
    head,
    `import type { Pass, RankFormulas, Shares, Sums } from '../../runtime.ts'`,
    `import type { ${settingsType(mechanism)} } from '../blocks/${name}.ts'`,
    ...importsFor(code + counts, functions),
    '',
    code,
    `export const ${camel(name)}: RankFormulas = {`,
    `  cuts: [${counts}],`,
    '  addWeights,',
    '  addWork,',
    '  addCache,',
    '}\n',
  ].join('\n')
}

function emitCounts(mechanism: Mechanism): string {
  const type = settingsType(mechanism)
  return Object.entries(mechanism.cuts)
    .map(([word, count]) => {
      const names = distinctNames(count)
      const read = names.length > 0 ? `{ ${names.join(', ')} }` : '_s'
      return `{ word: ${json(word)}, count: (${read}: ${type}) => ${emit(count, 1)}, text: ${json(emit(count))} }`
    })
    .join(', ')
}

/** A part, or an answer without parts, and the line that adds PARTS where it goes. */
interface Addition {
  name: string
  to: string
  cut: boolean
}

function emitAdd(mechanism: Mechanism, contract: Contract, asked_of: Question['asked_of']): string {
  const conditions: Expression[] = []
  const additions = cutQuestions(contract)
    .filter((question) => question.asked_of === asked_of)
    .flatMap((question) => additionsOf(question, mechanism, contract, conditions))
  const { code, settings, pass } = straightLines(
    mechanism,
    contract,
    additions.map(({ name }) => name),
    conditions,
  )
  const unused = additions.length > 0 ? '' : '_'
  const shares = additions.some(({ cut }) => cut) ? 'r' : '_r'
  const parameters = [
    `${settings}: ${settingsType(mechanism)}`,
    ...(asked_of === 'model' ? [] : [`${pass}: Pass`]),
    `${shares}: Shares`,
    `${unused}times: number`,
    `${unused}to: Sums`,
  ]
  const places = [...new Set(additions.map(({ to }) => to))]
  const lines = places.map((to) => {
    const names = additions.filter((each) => each.to === to).map(({ name }) => variable(name))
    return `  ${to.replace('PARTS', names.length > 1 ? `(${names.join(' + ')})` : names[0]!)}\n`
  })
  return `function add${pascal(methods[asked_of])}(${parameters.join(', ')}): void {\n${code}${lines.join('')}}\n`
}

function additionsOf(
  question: Question,
  { definitions }: Mechanism,
  contract: Contract,
  conditions: Expression[],
): Addition[] {
  const parts = definitions.filter(({ part_of }) => part_of === question.name)
  const said = parts.length > 0 ? parts : definitions.filter(({ name }) => name === question.name)
  return said
    .filter(({ expression }) => expression !== 0)
    .map((definition) => {
      const { name, cut } = definition
      const share = shareOf(cut!, conditions)
      const slot = slotOf(definition, question, contract, conditions)
      return { name, cut: cut !== 'none', to: `to[${slot}]! += times * PARTS${share}` }
    })
}

function slotOf(
  { class: chosen, unquantised: stays, holds }: Definition,
  { name }: Question,
  contract: Contract,
  conditions: Expression[],
): string {
  const slots = rankSlots(contract)
  const below = holds === undefined ? name : `${name}.${holds}`
  const place = (each: string): string => `/* ${each} */ ${slots.indexOf(each)}`
  if (stays) return place(`${name}.${unquantised}`)
  if (chosen === undefined) return place(below)
  return choose(chosen, conditions, (each) => place(`${below}.${each}`))
}

/** Multiplied before it is divided, so that whole numbers stay whole. */
function shareOf(cut: Expression, conditions: Expression[]): string {
  if (cut === 'none') return ''
  const share = choose(cut, conditions, (word) => `r.${word}`)
  const read = isOperation(cut) ? `(${share})` : share
  return ` * ${read}.held / ${read}.of`
}

/** Code that chooses one of some words; the conditions it reads are added to `conditions`. */
function choose(
  chosen: Expression,
  conditions: Expression[],
  write: (word: string) => string,
): string {
  if (!isOperation(chosen)) return write(chosen as string)
  const [condition, then, otherwise] = chosen.args as [Expression, Expression, Expression]
  conditions.push(condition)
  return `${emit(condition, 1)} ? ${choose(then, conditions, write)} : ${choose(otherwise, conditions, write)}`
}
