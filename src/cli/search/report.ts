/** What a search found, as tables, lines and words. */
import { ArchcostError } from '../../engine/index.ts'
import type { Described, Search } from '../../engine/ask/search/search.ts'
import type { Space } from '../../engine/ask/search/space.ts'
import type { Findings } from '../../engine/ask/search/findings.ts'
import { answersTable } from '../answers-table.ts'
import { saidIn, shownValue } from '../shown-value.ts'
import { percent, showNumber, showValue } from '../answer-text.ts'
import { csv } from '../table.ts'
import { visible } from '../visible.ts'

export type Format = 'table' | 'csv' | 'json' | 'ndjson'

/** @param vary what varies, in the order of the space */
export function frontText(
  search: Search,
  { front }: Findings,
  vary: Space['vary'],
  format: Format,
  limit: number,
): string {
  const names = Object.keys(vary)
  const shown = front
    .slice(0, limit)
    .map(({ place, equal }) => ({ equal, ...tell(search, place, names) }))
  switch (format) {
    case 'csv':
      return csv([
        [...names, ...search.told.map(({ name }) => name), 'equal_designs'],
        ...shown.map(({ values, answers, equal }) => [
          ...values.map((value) => (typeof value === 'boolean' ? String(value) : value)),
          ...answers,
          equal,
        ]),
      ])
    case 'json':
      return `${JSON.stringify(
        shown.map((each) => asObject(search, names, each)),
        null,
        2,
      )}\n`
    case 'ndjson':
      return shown.map((each) => `${JSON.stringify(asObject(search, names, each))}\n`).join('')
    case 'table': {
      const varied = names.map((name, place) => {
        const show = shownValue(name, saidIn(vary[name]))
        return { head: name, cells: shown.map(({ values }) => show(values[place])) }
      })
      const more =
        front.length > shown.length
          ? `… and ${front.length - shown.length} more; --limit says how many are shown\n`
          : ''
      return (
        answersTable(
          varied,
          search.told,
          shown.map(({ answers }) => answers),
        ) + more
      )
    }
  }
}

interface Told {
  values: Described['values']
  answers: readonly number[]
}

function tell(search: Search, place: number, names: readonly string[]): Told {
  const { values, answers } = search.describe(place)
  return {
    values: names.map((name) => values[search.names.indexOf(name)]!),
    answers: answers instanceof ArchcostError ? [] : answers,
  }
}

const asObject = (
  search: Search,
  names: readonly string[],
  { values, answers, equal }: Told & { equal: number },
): object => ({
  ...Object.fromEntries(names.map((name, index) => [name, values[index]])),
  ...Object.fromEntries(search.told.map(({ name }, index) => [name, answers[index]])),
  equal_designs: equal,
})

/** What was looked at, and what ruled out what. */
export function summaryLines(search: Search, found: Findings, names: readonly string[]): string[] {
  const { total, looks } = search
  const whole =
    looks === total
      ? 'designs'
      : `sampled designs of ${showNumber(total)} (${coverage(looks / total)} of the space)`
  const lines = [
    `Looked at ${showNumber(found.looked)}${found.looked < looks ? ` of ${showNumber(looks)}` : ''} ${whole}: ${showNumber(found.feasible)} ${found.feasible === 1 ? 'meets' : 'meet'} every condition, ${showNumber(found.front.length)} ${found.front.length === 1 ? 'is' : 'are'} on the Pareto front, beaten by no other.`,
  ]
  if (search.told.some(({ name }) => name.startsWith('loss')))
    lines.push(
      'A loss is predicted by a scaling law that was fitted on dense models; it is no measurement.',
    )
  const equal = found.front.reduce((sum, point) => sum + point.equal - 1, 0)
  if (equal > 0)
    lines.push(`${showNumber(equal)} more reach the same objectives as one that is shown.`)
  if (found.duplicates > 0)
    lines.push(
      `${showNumber(found.duplicates)} differ from another only in the order of alike blocks, and are not counted.`,
    )
  found.ruled_out.forEach(({ count, miss, place }, index) => {
    if (count === 0) return
    const { text, relation } = search.conditions[index]!
    // Nothing is nearer to being divisible than anything else.
    const near =
      relation === 'multiple of'
        ? ''
        : `; the nearest misses by ${missed(miss)}, with ${shape(search, place, names)}`
    lines.push(`${text} rules out ${showNumber(count)}${near}.`)
  })
  for (const [problem, { count, place }] of found.unbuildable) {
    const { answers } = search.describe(place)
    const why =
      answers instanceof ArchcostError && answers.path === problem ? answers.message : problem
    lines.push(
      `${showNumber(count)} cannot be built: ${visible(why)} (as with ${shape(search, place, names)}).`,
    )
  }
  return lines
}

const missed = (miss: number): string =>
  miss < 1 ? percent(miss).replace('+', '') : `${Number(miss.toPrecision(3))} times what is wanted`

const coverage = (share: number): string =>
  share < 1e-4 ? share.toExponential(1) : `${(100 * share).toPrecision(2)}%`

function shape(search: Search, place: number, names: readonly string[]): string {
  const { values } = tell(search, place, names)
  return names.map((name, index) => `${name} ${showValue(values[index])}`).join(', ')
}
