/** The file of totals -> checked totals, with one for each class of those that are split. */
import { dropUndefined } from './drop-undefined.ts'
import type { TotalsFile } from './file-schema.ts'
import { within } from './formula-error.ts'
import type {
  Called,
  Contract,
  Formulas,
  Mark,
  Question,
  Summed,
  Total,
  Totals,
} from './mechanism.ts'
import { didYouMean } from './nearest.ts'

export const noTotals: Totals = {
  groups: {},
  totals: [],
  splits: {},
  lists: [],
  null_without_decoder: [],
  null_without_towers: [],
}

type Entry = TotalsFile['entries'][string]

/** @throws FormulaError where a total adds up, calls or claims what it cannot */
export function compileTotals(
  file: string,
  { groups, entries, null_without_decoder, null_without_towers }: TotalsFile,
  contract: Contract,
  functions: Formulas['functions'],
): Totals {
  const at = within(file)
  const totals: Total[] = []
  for (const [name, entry] of Object.entries(entries))
    at(`entries.${name}`, () => {
      if (!Object.hasOwn(groups, entry.group))
        throw new Error(
          `belongs to ${entry.group}, which is no group${didYouMean(entry.group, Object.keys(groups))}`,
        )
      const made = compileTotal(name, entry, totals, contract, functions)
      for (const each of made) checkPlace(each.name, totals)
      totals.push(...made)
    })
  for (const { name, otherwise, same_as } of totals)
    for (const other of [otherwise, same_as])
      if (other !== undefined) at(`entries.${name}`, () => known(other, totals))
  const all = Object.entries(entries)
  return {
    groups,
    totals,
    splits: Object.fromEntries(
      all.flatMap(([name, { split }]) => (split === undefined ? [] : [[name, split]])),
    ),
    lists: all.flatMap(([name, { per, label, about }]) =>
      per === 'layer' ? [{ name, about: about ?? label }] : [],
    ),
    null_without_decoder,
    null_without_towers,
  }
}

/** A total and its classes, or one for each kind of tower; none for a list with an entry for each layer. */
function compileTotal(
  name: string,
  entry: Entry,
  before: readonly Total[],
  contract: Contract,
  functions: Formulas['functions'],
): Total[] {
  const { adds, calls, per, over, group, label, short, about, mark, otherwise, same_as, usual } =
    entry
  if ((adds === undefined) === (calls === undefined))
    throw new Error('says either adds or calls, and not both')
  const base = {
    name,
    group,
    label,
    short,
    mark,
    ...dropUndefined({ about, otherwise, same_as, usual }),
  }
  if (calls !== undefined) {
    const made = compileCall(calls, entry, before, contract, functions)
    const { unit } = known(made.of[0]!, before)
    return [{ ...base, why: entry.why ?? functions[calls]!.about, unit, ...made }]
  }
  const asked = adds!.map((question) => questionNamed(question, contract))
  const { summed, of, unit } = compileSum(entry, asked)
  if (over !== undefined && (entry.split !== undefined || entry.class !== undefined))
    throw new Error(`is over ${over}, whose sums stand in no class`)
  if (per === 'layer') {
    if (adds!.join() !== 'params') throw new Error('is of each layer, which only params is')
    return []
  }
  const why = entry.why ?? asked[0]!.about
  const whole = { ...base, why, unit }
  const classes = of === undefined ? [] : contract.classes[of]
  if (summed.of_class !== undefined && !classes.includes(summed.of_class))
    throw new Error(
      `is of the class ${summed.of_class}, which is none of ${classes.join(', ')}${didYouMean(summed.of_class, classes)}`,
    )
  if (per === 'tower')
    return Object.entries(contract.towers).map(([role, word]) => ({
      ...whole,
      name: `${name}.${role}`,
      label: `${label}: ${word.toLowerCase()}`,
      short: `${short}, ${word.toLowerCase()}`,
      ...summed,
      over: role,
    }))
  if (entry.split === undefined) return [{ ...whole, ...summed, ...dropUndefined({ over }) }]
  if (of === undefined) throw new Error('is split, but what it adds up has no classes')
  const { otherwise: _, usual: __, about: ___, ...ofParts } = whole
  return [
    { ...whole, ...summed },
    ...classes.map((each): Total => {
      const words = contract.words[of][each]!
      return {
        ...ofParts,
        name: `${entry.split}.${each}`,
        label: `${label}: ${words.toLowerCase()}`,
        short: words,
        part_of: name,
        ...summed,
        of_class: each,
      }
    }),
  ]
}

function compileSum(
  { occasion, adds, class: of_class }: Entry,
  asked: readonly Question[],
): { summed: Summed; of: Question['split']; unit: string } {
  const [first, ...others] = asked as [Question, ...Question[]]
  if (occasion === undefined)
    throw new Error('says no occasion; it is one of model, prefill, decode')
  for (const other of others)
    if (other.unit !== first.unit || other.split !== first.split)
      throw new Error(`adds ${other.name} to ${first.name}, which counts something else`)
  for (const { name, asked_of } of asked) {
    const fits = { model: ['model'], pass: ['prefill', 'decode'], step: ['decode'] }[asked_of]
    if (!fits.includes(occasion))
      throw new Error(`is of a ${occasion}, but ${name} is asked of ${fits.join(' or ')}`)
  }
  const weighed = first.split === 'format' ? first.name.replace(/^weights_/, '') : undefined
  if (weighed !== undefined && weighed !== 'stored' && weighed !== 'read')
    throw new Error(`adds ${first.name}, but formats are of weights_stored and weights_read`)
  return {
    summed: { occasion, adds: adds!, ...dropUndefined({ of_class, weighed }) },
    of: first.split,
    unit: weighed === undefined ? first.unit : 'byte',
  }
}

function compileCall(
  calls: string,
  { of = [], mark }: Entry,
  before: readonly Total[],
  contract: Contract,
  functions: Formulas['functions'],
): Called {
  const shared = Object.hasOwn(functions, calls) ? functions[calls] : undefined
  if (!shared)
    throw new Error(
      `calls ${calls}, which is no function${didYouMean(calls, Object.keys(functions))}`,
    )
  const { length } = shared.parameters
  if (of.length !== length)
    throw new Error(
      `calls ${calls} with ${of.length}, but it takes ${length}: ${shared.parameters.join(', ')}`,
    )
  for (const name of of) {
    if (isNumberOfWorkload(name, contract)) continue
    const total = known(name, before)
    if (weight[total.mark] > weight[mark])
      throw new Error(`is said to be ${mark}, but follows from ${name}, which is ${total.mark}`)
  }
  return { calls, of }
}

/** What is a number whatever the model is. */
const isNumberOfWorkload = (name: string, { workload }: Contract): boolean =>
  workload.some((key) => key.name === name && ['tokens', 'count'].includes(key.type) && !key.with)

/** What rests on more may not claim less. */
const weight: Record<Mark, number> = { exact: 0, bound: 1, expected: 2, assumed: 3 }

function known(name: string, totals: readonly Total[]): Total {
  const found = totals.find((each) => each.name === name)
  if (found) return found
  throw new Error(
    `needs ${name}, which is no total above it${didYouMean(
      name,
      totals.map((each) => each.name),
    )}`,
  )
}

function questionNamed(name: string, { questions }: Contract): Question {
  const found = questions.find((each) => each.name === name)
  if (found) return found
  const names = questions.map((each) => each.name)
  throw new Error(`adds ${name}, which is no question of the contract${didYouMean(name, names)}`)
}

/** A total is a number: nothing stands below it in a cost. */
function checkPlace(name: string, others: readonly Total[]): void {
  for (const other of others)
    if (
      name === other.name ||
      name.startsWith(`${other.name}.`) ||
      other.name.startsWith(`${name}.`)
    )
      throw new Error(`the name ${name} is taken by ${other.name}; choose another`)
}
