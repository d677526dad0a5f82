/** The parts that costs of a varied design add up from. */
import type { Sums } from '../../formulas/index.ts'
import { addModel, noSums, passOf, routedPass } from '../sums.ts'
import type { Variation } from '../vary/variation.ts'
import { cellsOf, type Cell } from './cells.ts'
import type { Column } from './measures.ts'
import {
  groupsOf,
  read,
  remembered,
  settingIn,
  type Part,
  type PartColumn,
  type SettingColumn,
} from './part.ts'
import { wholeParts } from './whole-parts.ts'

/** The parts of a variation. Stacks side by side, and blocks that share what they store, are one part: the whole. */
export function partsOf(variation: Variation, columns: readonly PartColumn[]): Part[] {
  const { base } = variation
  const simple =
    base.stacks.length === 1 &&
    base.stacks[0]!.role === 'decoder' &&
    !JSON.stringify(base).includes('"share":')
  return simple ? partsOfStack(variation, columns) : wholeParts(variation, columns)
}

function partsOfStack(variation: Variation, columns: readonly PartColumn[]): Part[] {
  const { settings } = variation
  const inWorkload = settings.flatMap(({ place }, index) =>
    place.of === 'workload' ? [index] : [],
  )
  return cellsOf(variation).flatMap((cell) =>
    partsOfCell(
      variation,
      { ...cell, place: remembered(cell.depends, cell.place) },
      columns,
      inWorkload,
    ),
  )
}

function partsOfCell(
  variation: Variation,
  cell: Cell,
  columns: readonly PartColumn[],
  inWorkload: readonly number[],
): Part[] {
  const { place, times, times_depend, depends, must_be_right } = cell
  const parts = groupsOf(columns).map(({ first, indices }): Part => {
    const part = { columns: indices, times, times_depend }
    if (first.of === 'setting')
      return {
        ...part,
        depends,
        is_setting: true,
        answers: (values) =>
          indices.map((index) => settingIn(place(values), columns[index] as SettingColumn)),
      }
    const of = indices.map((index) => columns[index] as Column)
    const answer = (add: (to: Sums) => void): number[] => {
      const sums = noSums()
      add(sums)
      return of.map((column) => read(sums, column))
    }
    if (first.occasion === 'model')
      return {
        ...part,
        depends,
        answers: (values) => answer((to) => addModel(place(values), 1, to)),
      }
    const decode = first.occasion === 'decode'
    return {
      ...part,
      depends: [...new Set([...depends, ...inWorkload])],
      answers: (values) =>
        answer((to) => {
          const workload = variation.workloadAt(values, first.at)
          const whole = decode
            ? passOf(workload, 1, workload.context - 1, 0)
            : passOf(workload, workload.context, 0, 0)
          const pass = cell.capacity ? routedPass(whole, cell.capacity(values)) : whole
          for (const { formulas, settings } of place(values)) {
            formulas.addPass(settings, pass, 1, to)
            if (decode) formulas.addStep(settings, pass, 1, to)
          }
        }),
    }
  })
  if (!must_be_right) return parts
  const check: Part = {
    columns: [],
    depends,
    answers: (values) => {
      place(values)
      return []
    },
    times: (values) => Number(must_be_right(values)),
    times_depend,
  }
  return [check, ...parts]
}
