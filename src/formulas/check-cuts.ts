/** What a block says its parts are cut by over ranks, and how many there are of it. */
import { mustBeCondition, unitOfResult, type Scope } from './check-units.ts'
import { placeOf } from './compile-quantities.ts'
import { isOperation, type Expression } from './expression.ts'
import type { At } from './formula-error.ts'
import type { Contract, Definition } from './mechanism.ts'
import { didYouMean } from './nearest.ts'
import { plain, sameUnit } from './units.ts'

/** What must be counted for parts that are cut by a word: of experts their width as well, since each may be cut. */
const countedFor = (word: string): string[] =>
  word === 'none' ? [] : word === 'experts' ? [word, 'expert_width'] : [word]

/**
 * @param before settings and the architecture's names: nothing runs yet when parts are cut
 * @throws FormulaError on a word that is none, a count that nothing is cut by, and a part whose count is missing
 */
export function checkCuts(
  cuts: Readonly<Record<string, Expression>>,
  definitions: readonly Definition[],
  before: Scope,
  { classes }: Contract,
  at: At,
): void {
  const used = new Set<string>()
  for (const definition of definitions)
    at(placeOf(definition), () => {
      for (const word of definition.cut === undefined ? [] : wordsIn(definition.cut, before)) {
        const counted = countedFor(word)
        counted.forEach((each) => used.add(each))
        const missing = counted.find((each) => cuts[each] === undefined)
        if (missing !== undefined)
          throw new Error(
            `is cut by ${word}, and the file does not say how many there are; say it under cuts, as ${missing}: …`,
          )
      }
    })
  const known = classes.cut.flatMap(countedFor)
  for (const [word, count] of Object.entries(cuts))
    at(`cuts.${word}`, () => {
      if (!known.includes(word))
        throw new Error(`${word} is none of ${known.join(', ')}${didYouMean(word, known)}`)
      if (!used.has(word)) throw new Error(`no part is cut by ${word}; leave it out`)
      if (!sameUnit(unitOfResult(count, before), plain))
        throw new Error('how many there are is a plain number')
    })
}

/** The words that an expression chooses among; its conditions read settings alone. */
function wordsIn(chosen: Expression, before: Scope): string[] {
  if (!isOperation(chosen)) return [chosen as string]
  const [condition, ...branches] = chosen.args as [Expression, ...Expression[]]
  mustBeCondition(condition, before)
  return branches.flatMap((branch) => wordsIn(branch, before))
}
