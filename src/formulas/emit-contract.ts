/** Writes the contract: the types of what blocks are given, and an array of sums with a place for every answer. */
import { comment, head, json, pascal } from './emit-code.ts'
import type { Contract, ContractName, Question } from './mechanism.ts'

/** A question's slots: one, or one for each class it is split by. */
const slotsOf = (question: Question, { classes }: Contract): string[] =>
  question.split
    ? classes[question.split].map((each) => `${question.name}.${each}`)
    : [question.name]

/** The slots of all answers, in order. */
export const allSlots = (contract: Contract): string[] =>
  contract.questions.flatMap((question) => slotsOf(question, contract))

/** Of what each answer holds on a rank: by role and format, by kind, or by what the cache holds and how it grows. */
const rankSlotsOf = (question: Question, { classes }: Contract): string[] => {
  const { name, split, parts_say } = question
  const by = split === 'role' ? classes.format : split && classes[split]
  if (by === undefined) return [name]
  const slots = by.map((each) => `${name}.${each}`)
  return parts_say.includes('holds')
    ? classes.holds.flatMap((held) => by.map((each) => `${name}.${held}.${each}`))
    : slots
}

/** The questions whose answers are cut over ranks. */
export const cutQuestions = ({ questions }: Contract): Question[] =>
  questions.filter(({ parts_say }) => parts_say.includes('cut'))

/** The slots of what a rank holds and does, in order. */
export const rankSlots = (contract: Contract): string[] =>
  cutQuestions(contract).flatMap((question) => rankSlotsOf(question, contract))

export function emitContract(contract: Contract): string {
  const slots = allSlots(contract)
  const batched = contract.questions.filter(
    ({ asked_of, per }) => asked_of !== 'model' && per === 'sequence',
  )
  const places = batched.flatMap((question) =>
    slotsOf(question, contract).map((name) => slots.indexOf(name)),
  )
  return [
    head,
    comment(
      'Sums of answers, a place for each; plain arrays of doubles are made faster than typed ones.',
    ),
    'export type Sums = number[]\n',
    comment('What a stack tells its blocks.'),
    ...emitNames('Names', namesOf(contract, 'architecture')),
    comment('What a pass tells the blocks it runs through.'),
    ...emitNames('Pass', [...namesOf(contract, 'pass'), ...namesOf(contract, 'piece')]),
    comment('What the pieces tell that a tower is shown one by one.'),
    ...emitNames('Piece', namesOf(contract, 'piece')),
    comment('Where each answer stands in an array of sums.'),
    `export const slot = {\n${slots.map((name, place) => `  ${json(name)}: ${place},\n`).join('')}} as const\n`,
    comment('Where what a rank holds and does stands in an array of sums.'),
    `export const rankSlot = {\n${rankSlots(contract)
      .map((name, place) => `  ${json(name)}: ${place},\n`)
      .join('')}} as const\n`,
    comment('How much of its parts a rank holds: so many of so many.'),
    `export type Shares = Record<${contract.classes.cut.map(json).join(' | ')}, { held: number; of: number }>\n`,
    comment('Slots that are multiplied by the batch.'),
    `export const perSequence: readonly number[] = ${json(places)}\n`,
    comment("The classes of a question's answer, and their sum."),
    ...contract.questions
      .filter(({ split }) => split)
      .flatMap((question) => emitReaders(question, contract)),
    `\nexport const classes = ${json(contract.classes)} as const\n`,
    `export const classWords = ${json(contract.words)} as const\n`,
    comment('What may stand beside a language model.'),
    `export const towerRoles = ${json(Object.keys(contract.towers))} as const`,
    `export type TowerRole = (typeof towerRoles)[number]`,
    `export const towerWords: Readonly<Record<TowerRole, string>> = ${json(contract.towers)}\n`,
    comment('What a block may say it is.'),
    `export type Trait = ${Object.keys(contract.traits).map(json).join(' | ')}\n`,
  ].join('\n')
}

export const namesOf = ({ names }: Contract, of: ContractName['of']): ContractName[] =>
  names.filter((name) => name.of === of)

function emitNames(type: string, names: readonly ContractName[]): string[] {
  const fields = names.flatMap(({ name, label, choice }) => [
    `  ${comment(`${label}.`)}`,
    `  ${name}: ${choice ? choice.map(json).join(' | ') : 'number'}`,
  ])
  return [`export type ${type} = {`, ...fields, '}\n']
}

/** Straight code: looping over the slots at run time would cost as much as a small block's formulas. */
function emitReaders(question: Question, contract: Contract): string[] {
  const slots = allSlots(contract)
  const places = slotsOf(question, contract).map((name): [string, string] => [
    name.split('.')[1]!,
    `sums[${slots.indexOf(name)}]!`,
  ])
  const name = pascal(question.name)
  return [
    `export const read${name} = (sums: Sums) => ({ ${places.map(([each, sum]) => `${each}: ${sum}`).join(', ')} })`,
    `export const total${name} = (sums: Sums): number => ${places.map(([, sum]) => sum).join(' + ')}`,
  ]
}
