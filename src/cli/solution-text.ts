/** What solving found, as tables, JSON and CSV. */
import { answersOf } from '../engine/ask/family/family.ts'
import type { CurvePoint } from '../engine/ask/solve/several.ts'
import type { Reached, Solution } from '../engine/ask/solve/solve.ts'
import type { Design } from '../engine/vary/index.ts'
import { parseMeasure } from '../engine/ask/quantity/measures.ts'
import { beside, percent, saidAnswer, shortAnswer, showNumber, showValue } from './answer-text.ts'
import { answersTable } from './answers-table.ts'
import type { Column } from './columns.ts'
import type { Memory } from './deployment-options.ts'
import { changedSettings } from './changed-settings.ts'
import { styled } from './output.ts'
import { alignedTable, csv } from './table.ts'
import { visible } from './visible.ts'

/**
 * @param across the nearest on the other side of the target
 * @param memory what the target is a share of, where it is a device's memory
 */
export function solutionText(
  solutions: readonly Solution[],
  before: Design,
  after: Design,
  format: string,
  across: Solution | null,
  memory: Memory | null,
): string {
  switch (format) {
    case 'architecture':
      return `${JSON.stringify(after.architecture, null, 2)}\n`
    case 'json': {
      const all = solutions.map(asObject)
      return `${JSON.stringify(all.length === 1 ? all[0] : all, null, 2)}\n`
    }
    case 'csv':
      return csv([columns, ...solutions.map(asCells)])
    default:
      return `${solutions.map(asText).join('\n')}${acrossText(across)}${memory === null ? '' : `${memory.words}\n`}${changesText(before, after)}`
  }
}

const columns = ['setting', 'value', 'quantity', 'answer', 'target', 'residual', 'solutions']
const asCells = ({
  setting,
  value,
  measure,
  answer,
  target,
  residual,
  solutions,
}: Solution): (string | number | null)[] => [
  setting.address,
  typeof value === 'boolean' ? String(value) : value,
  measure.name,
  answer,
  target,
  residual,
  solutions,
]

const asObject = ({
  setting,
  value,
  same,
  measure,
  answer,
  target,
  residual,
  solutions,
  steady,
  beyond,
  alone,
  on_the_way,
  design,
}: Solution): object => ({
  setting: setting.address,
  value,
  same,
  quantity: measure.name,
  answer,
  target,
  residual,
  solutions,
  steady,
  beyond,
  alone: alone && alone.message,
  on_the_way,
  architecture: design.architecture,
  workload: design.workload,
})

function asText(solution: Solution): string {
  const { setting, value, same, measure, answer, target, residual } = solution
  const { solutions, steady, beyond, alone, design } = solution
  const { name, unit } = measure
  const rows = [
    { cells: [setting.address, showValue(value), ''] },
    { cells: [name, showNumber(answer), shortAnswer(answer, unit)] },
    { cells: ['target', showNumber(target), shortAnswer(target, unit)] },
    {
      cells: [
        'residual',
        showNumber(residual),
        [beside(residual, unit), ...(target === 0 ? [] : [percent(residual / target)])]
          .filter((each) => each !== null)
          .join(', '),
      ],
    },
  ]
  const words = []
  if (alone) words.push(`No other ${setting.address} makes a design: ${visible(alone.message)}.`)
  else if (beyond) words.push(rangeText(solution))
  else if (steady) words.push(`${name} passes the target once.`)
  else
    words.push(
      `${name} goes up and down with ${setting.address}, and passes the target ${solutions} times where it was looked at; this is the nearest.`,
    )
  // Steps of rounding that no digit shows are none for a reader.
  if (same && showNumber(same.from) !== showNumber(same.to))
    words.push(
      `Every value from ${showNumber(same.from)} to ${showNumber(same.to)} gives the same.`,
    )
  if (solution.on_the_way) {
    const { value: before, answer: most } = solution.on_the_way
    words.push(
      `On the way there a sequence comes to more: ${showNumber(most)} (${shortAnswer(most, unit)}) at ${showValue(before)}${most > target ? ', beyond the target' : ''}.`,
    )
  }
  const { max_context } = design.architecture
  if (setting.address === 'context' && Number(value) > max_context)
    words.push(`The model is made for a context of ${showNumber(max_context)} at most.`)
  return `${alignedTable(rows, (row, line) => styled(row === rows[0] ? 'bold' : 'plain', line))}\n${words.join(' ')}\n`
}

/** Between what the quantity stays. */
export function rangeText({ setting, measure: { name, unit }, range }: Solution): string {
  const { least, greatest } = range
  const stays = `Whatever ${setting.address} is, ${name} stays`
  return least.answer === greatest.answer
    ? `${stays} ${shortAnswer(least.answer, unit)}.`
    : `${stays} between ${reached(least, unit)} and ${reached(greatest, unit)}.`
}

const reached = ({ value, answer }: Reached, unit: string): string =>
  `${shortAnswer(answer, unit)} (at ${showValue(value)})`

const acrossText = (across: Solution | null): string =>
  across === null
    ? ''
    : `On its other side, ${showValue(across.value)} gives ${saidAnswer(across.answer, across.measure.unit)}, ${percent(across.residual / across.target)}.\n`

function changesText(before: Design, after: Design): string {
  const rows = changedSettings(before, after)
  return rows.length === 0
    ? '\nThe design stays as it is.\n'
    : `\n${alignedTable(rows, (_, line) => styled('dim', line))}`
}

/** @param shown quantities that are told of each design beside the one that is solved for */
export function curveText(
  points: readonly CurvePoint[],
  along: string,
  name: string,
  format: string,
  shown: readonly string[],
): string {
  const answers = ({ design }: Solution): number[] => answersOf(design, shown)
  if (format === 'json' || format === 'architecture')
    return `${JSON.stringify(
      points.map((point) => ({
        [along]: point.along,
        ...(point.solution
          ? {
              ...asObject(point.solution),
              ...Object.fromEntries(
                answers(point.solution).map((answer, index) => [shown[index]!, answer]),
              ),
            }
          : { problem: point.problem!.message }),
      })),
      null,
      2,
    )}\n`
  if (format === 'csv')
    return csv([
      [along, ...columns, ...shown],
      ...points.flatMap((point) =>
        point.solution
          ? [[showCell(point), ...asCells(point.solution), ...answers(point.solution)]]
          : [],
      ),
    ])
  const solved = points.find(({ solution }) => solution)?.solution
  if (!solved) return ''
  const { measure, design } = solved
  const asked = [
    measure,
    { name: 'residual', unit: measure.unit },
    ...shown.map((each) => parseMeasure(design.architecture, each)),
  ]
  const column = (head: string, cell: (solution: Solution) => string): Column => ({
    head,
    cells: points.map(({ solution }) => (solution ? cell(solution) : '-')),
  })
  return answersTable(
    [
      { head: along, cells: points.map((point) => showValue(point.along)) },
      column(name, ({ value }) => showValue(value)),
      column('off by', ({ residual, target }) => (target === 0 ? '' : percent(residual / target))),
    ],
    asked,
    points.map(({ solution }) =>
      solution ? [solution.answer, solution.residual, ...answers(solution)] : null,
    ),
  )
}

const showCell = ({ along }: CurvePoint): string | number | null =>
  typeof along === 'boolean' ? String(along) : along
