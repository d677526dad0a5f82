/** The parts that costs of a varied design add up from. */
import type { Pass, Sums } from '../../formulas/index.ts'
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
  type Values,
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
  const groups = groupsOf(columns).map((group): Group => {
    const { first } = group
    // One pass for all blocks that it runs through.
    const pass =
      first.of === 'setting' || first.occasion === 'model'
        ? null
        : remembered(inWorkload, (values) => passAt(variation, first, values))
    return { ...group, pass }
  })
  return cellsOf(variation).flatMap((cell) =>
    partsOfCell(
      { ...cell, place: remembered(cell.depends, cell.place) },
      columns,
      groups,
      inWorkload,
    ),
  )
}

type Group = ReturnType<typeof groupsOf>[number] & { pass: ((values: Values) => Pass) | null }

function passAt(variation: Variation, { occasion, at }: Column, values: Values): Pass {
  const workload = variation.workloadAt(values, at)
  return occasion === 'decode'
    ? passOf(workload, 1, workload.context - 1, 0)
    : passOf(workload, workload.context, 0, 0)
}

function partsOfCell(
  cell: Cell,
  columns: readonly PartColumn[],
  groups: readonly Group[],
  inWorkload: readonly number[],
): Part[] {
  const { place, times, times_depend, depends, must_be_right } = cell
  const parts = groups.map(({ first, indices, pass }): Part => {
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
    if (pass === null)
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
          const whole = pass(values)
          const entering = cell.capacity ? routedPass(whole, cell.capacity(values)) : whole
          for (const { formulas, settings } of place(values)) {
            formulas.addPass(settings, entering, 1, to)
            if (decode) formulas.addStep(settings, entering, 1, to)
          }
        }),
    }
  })
  const together = joined(parts)
  if (!must_be_right) return together
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
  return [check, ...together]
}

/** Parts that depend on the same are answered together: blocks are placed once for all of them. */
function joined(parts: readonly Part[]): Part[] {
  const [settings, sums] = [
    parts.filter((part) => part.is_setting),
    parts.filter((part) => !part.is_setting),
  ]
  const groups = new Map<string, Part[]>()
  for (const part of sums) {
    const key = part.depends.toSorted((a, b) => a - b).join()
    groups.set(key, [...(groups.get(key) ?? []), part])
  }
  const merged = [...groups.values()].map((group): Part => ({
    ...group[0]!,
    columns: group.flatMap(({ columns }) => columns),
    answers: (values) => group.flatMap(({ answers }) => answers(values)),
  }))
  return [...settings, ...merged]
}
