/** What one rank of a deployment holds of a block, by closures: its parts, each times the share of what it is cut by. */
import { closureOf } from './closures.ts'
import { unquantised } from './compile-contract.ts'
import { cutQuestions, rankSlots } from './emit-contract.ts'
import { emit } from './emit-expression.ts'
import { neededFor } from './emit-lines.ts'
import { distinctNames, type Expression } from './expression.ts'
import type { Definition, Formulas, Mechanism, Question } from './mechanism.ts'
import { textOf, type definitionsOf } from './own-values.ts'
import type { CutWord, Pass, RankFormulas, Settings, Shares, Sums } from './runtime.ts'

export function ownRank(
  mechanism: Mechanism,
  formulas: Formulas,
  computed: ReturnType<typeof definitionsOf>,
): RankFormulas {
  const { functions } = formulas
  const add = (asked_of: Question['asked_of']) => adder(asked_of, mechanism, formulas, computed)
  const [weights, work, cache] = [add('model'), add('pass'), add('step')]
  return {
    cuts: Object.entries(mechanism.cuts).map(([word, count]) => {
      const counted = closureOf(count, functions)
      return {
        word: word as CutWord,
        count: (settings: Settings) => Number(counted(settings)),
        text: emit(count),
      }
    }),
    addWeights: (settings, ...rest) => weights(settings, {}, ...rest),
    addWork: work,
    addCache: cache,
  }
}

function adder(
  asked_of: Question['asked_of'],
  mechanism: Mechanism,
  { contract, functions }: Formulas,
  computed: ReturnType<typeof definitionsOf>,
): (settings: Settings, pass: Pass | object, shares: Shares, times: number, to: Sums) => void {
  const slots = rankSlots(contract)
  const chosen = (e: Expression) => closureOf(textOf(e), functions)
  const groups = new Map<string, Definition[]>()
  const questions = cutQuestions(contract).filter((question) => question.asked_of === asked_of)
  for (const { name } of questions)
    for (const definition of partsOf(name, mechanism)) {
      const { class: of_class, unquantised: stays, holds, cut } = definition
      const key = JSON.stringify([name, stays ?? of_class, stays ? '' : holds, cut])
      groups.set(key, [...(groups.get(key) ?? []), definition])
    }
  const additions = [...groups.values()].map((parts) => {
    const {
      name: part,
      part_of: question = part,
      class: of_class,
      unquantised: stays,
      holds,
      cut,
    } = parts[0]!
    const below = holds === undefined ? question : `${question}.${holds}`
    const of = stays || of_class === undefined ? null : chosen(of_class)
    return {
      names: parts.map(({ name }) => name),
      reads: [...(of ? distinctNames(textOf(of_class!)) : []), ...distinctNames(textOf(cut!))],
      slot: (env: Settings): number =>
        slots.indexOf(
          stays
            ? `${question}.${unquantised}`
            : of === null
              ? below
              : `${below}.${of(env) as string}`,
        ),
      cut: chosen(cut!),
    }
  })
  const needed = neededFor(
    mechanism,
    additions.flatMap(({ names, reads }) => [...names, ...reads]),
  )
  return (settings, pass, shares, times, to) => {
    const env = computed({ ...settings, ...pass }, needed)
    for (const { names, slot, cut } of additions) {
      const value = names.reduce((total, name) => total + Number(env[name]), 0)
      const { held, of } = shares[cut(env) as keyof Shares]
      // Multiplied before it is divided, so that whole numbers stay whole.
      to[slot(env)]! += (times * value * held) / of
    }
  }
}

/** The parts of an answer that are something, or the answer without parts. */
function partsOf(question: string, { definitions }: Mechanism): Definition[] {
  const parts = definitions.filter(({ part_of }) => part_of === question)
  const said = parts.length > 0 ? parts : definitions.filter(({ name }) => name === question)
  return said.filter(({ expression }) => expression !== 0)
}
