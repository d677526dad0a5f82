/** Rows of designs with what was asked of them: human units beside every digit. */
import { beside, showNumber } from './answer-text.ts'
import { flatTable, widest, widthOf, type Column } from './columns.ts'
import { styled } from './output.ts'

export interface Asked {
  name: string
  unit: string
}

/**
 * Each answer with all its digits and its human units behind them. A table that is wider than a terminal has the human units of
 * all answers first, and the digits after them.
 * @param keys what tells the rows apart
 * @param answers by row, in the order asked; null where there are none
 */
export function answersTable(
  keys: readonly Column[],
  asked: readonly Asked[],
  answers: readonly (readonly number[] | null)[],
): string {
  const pairs = asked.map(({ name, unit }, place) => {
    const values = answers.map((row) => row?.[place] ?? null)
    const short = values.map((value) => (value === null ? null : beside(value, unit)))
    return {
      exact: { head: name, cells: values.map((each) => (each === null ? '-' : showNumber(each))) },
      short: short.every((each) => each === null)
        ? null
        : { head: '', cells: short.map((each) => each ?? '') },
    }
  })
  const inPairs = [
    ...keys,
    ...pairs.flatMap(({ exact, short }) => (short === null ? [exact] : [exact, short])),
  ]
  const bold = (line: string): string => styled('bold', line)
  if (widthOf(inPairs) <= widest) return flatTable(inPairs, bold)
  const first = pairs.map(({ exact, short }) =>
    short === null ? exact : { ...short, head: exact.head },
  )
  const digits = pairs.flatMap(({ exact, short }) => (short === null ? [] : [exact]))
  return flatTable([...keys, ...first, ...digits], bold)
}
