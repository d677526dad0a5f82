/** The quantities of a file -> definitions: one for every equation, parts of sums included. */
import { dropUndefined } from './drop-undefined.ts'
import { isOperation, type Expression } from './expression.ts'
import type { PartFile, QuantityFile } from './file-schema.ts'
import type { At } from './formula-error.ts'
import type { Contract, Definition, Question, Split } from './mechanism.ts'
import type { Parse } from './compile-settings.ts'
import { unquantised } from './compile-contract.ts'
import { parseClass } from './parse.ts'
import { parseUnit } from './units.ts'

export interface Reading {
  /** What blocks must answer; absent in scenarios. */
  contract: Contract | undefined
  parse: Parse
  at: At
}

/** Where a definition stands in its file. */
export const placeOf = ({ name, part_of }: Definition): string =>
  part_of === undefined
    ? `quantities.${name}`
    : `quantities.${part_of}.sum.${name.slice(part_of.length + 1)}`

/** What a quantity is made of: its parts, and itself; a sum is the chain of its parts. */
export function defineQuantity(name: string, said: QuantityFile, reading: Reading): Definition[] {
  return reading.at(`quantities.${name}`, () => {
    const question = reading.contract?.questions.find((asked) => asked.name === name)
    const { expr, sum, over, label, unit, counts, cut, ...told } = dropUndefined(said)
    if ((expr === undefined) === (sum === undefined))
      throw new Error('says either expr or sum, and not both')
    const whole = {
      name,
      label: label ?? question?.label ?? readable(name),
      unit: unitOf({ unit, counts }, question),
      ...(counts === undefined ? {} : { counted: true as const }),
      ...told,
    }
    if (sum !== undefined) {
      if (cut !== undefined)
        throw new Error('is a sum, whose parts each say their cut; leave it out')
      return defineSum(whole, sum, over, question, reading)
    }
    if (question?.split && expr !== 0)
      throw new Error(
        `is split by ${keyOf(question.split)}; write it as a sum of parts that each say their ${keyOf(question.split)}`,
      )
    const index = over && indexOf(over, question, reading)
    const divided = expr === 0 ? {} : saidOfPart({ cut, holds: undefined }, name, question, reading)
    return [
      { ...whole, expression: reading.parse(expr!), ...divided, ...(index ? { over: index } : {}) },
    ]
  })
}

type Whole = Omit<Definition, 'expression'>

function defineSum(
  whole: Whole,
  sum: Record<string, PartFile>,
  over: unknown,
  question: Question | undefined,
  reading: Reading,
): Definition[] {
  if (over !== undefined)
    throw new Error('a list has an expr, not a sum; leave out over, or the parts')
  const parts = Object.entries(sum).map(([name, part]) =>
    reading.at(`quantities.${whole.name}.sum.${name}`, () =>
      definePart(name, part, whole, question, reading),
    ),
  )
  if (parts.length === 0)
    throw new Error('the sum has no parts; list the quantity under zero, or say what it is made of')
  const chain = parts
    .map((part): Expression => part.name)
    .reduce((left, right) => ({ op: '+', args: [left, right] }))
  return [...parts, { ...whole, expression: chain }]
}

function definePart(
  name: string,
  said: PartFile,
  whole: Whole,
  question: Question | undefined,
  reading: Reading,
): Definition {
  const { contract, parse } = reading
  const { expr, label, unit, counts, role, kind, grows, cut, holds, quantised, ...told } =
    dropUndefined(said)
  const given = { role, kind, grows }
  const split = question?.split && keyOf(question.split)
  for (const key of ['role', 'kind', 'grows'] as const) {
    if (split === key && given[key] === undefined)
      throw new Error(`says no ${key}; it is one of ${contract!.classes[key].join(', ')}`)
    if (split !== key && given[key] !== undefined)
      throw new Error(`${whole.name} is not split by ${key}; leave it out`)
  }
  if (quantised === false && split !== 'role')
    throw new Error(`${whole.name} counts no weights; leave quantised out`)
  const own = unit ?? counts
  const counted = counts !== undefined || (unit === undefined && whole.counted)
  return {
    name: `${whole.name}.${name}`,
    label: label ?? readable(name),
    unit: own === undefined ? whole.unit : unitOf({ unit, counts }, undefined),
    part_of: whole.name,
    ...told,
    expression: parse(expr),
    ...(split ? { class: parseClass(given[split]!, contract!.classes[split]) } : {}),
    ...saidOfPart({ cut, holds }, whole.name, question, reading),
    ...(quantised === false
      ? question!.split === 'format'
        ? { class: unquantised }
        : { unquantised: true as const }
      : {}),
    ...(counted ? { counted: true as const } : {}),
  }
}

/** What the contract wants to know of each part beside its class. */
function saidOfPart(
  said: { cut: string | undefined; holds: string | undefined },
  whole: string,
  question: Question | undefined,
  { contract }: Reading,
): Pick<Definition, 'cut' | 'holds'> {
  const found: Record<string, Expression> = {}
  for (const key of ['cut', 'holds'] as const) {
    const asked = question?.parts_say.includes(key)
    if (asked && said[key] === undefined)
      throw new Error(`says no ${key}; it is one of ${contract!.classes[key].join(', ')}`)
    if (!asked && said[key] !== undefined)
      throw new Error(`${whole} is not asked for by ${key}; leave it out`)
    if (asked) found[key] = parseClass(said[key]!, contract!.classes[key])
  }
  if (isOperation(found['holds'] ?? 0))
    throw new Error('holds is one word, not a choice of several')
  return found
}

/** What parts say of themselves: what decides a weight's format follows from its role. */
const keyOf = (split: Split): Exclude<Split, 'format'> => (split === 'format' ? 'role' : split)

function unitOf(
  { unit, counts }: { unit: string | undefined; counts: string | undefined },
  question: Question | undefined,
): string {
  if (unit !== undefined && counts !== undefined) throw new Error('says unit or counts, not both')
  const said = unit ?? counts
  if (said === undefined)
    throw new Error('says neither unit (byte, FLOP) nor counts (a label of plain numbers)')
  if (unit !== undefined) parseUnit(unit)
  if (question && said !== question.unit)
    throw new Error(`is asked for in ${question.unit}, not ${said}`)
  return said
}

function indexOf(
  over: Record<string, string | number>,
  question: Question | undefined,
  { parse }: Reading,
): NonNullable<Definition['over']> {
  const [first, ...others] = Object.entries(over)
  if (first === undefined || others.length > 0)
    throw new Error('over takes one index, as dim: d_rot / 2')
  if (question) throw new Error(`answers the contract with one number; leave out over`)
  return { index: first[0], count: parse(first[1]) }
}

const readable = (name: string): string =>
  (name[0]!.toUpperCase() + name.slice(1)).replaceAll('_', ' ')
