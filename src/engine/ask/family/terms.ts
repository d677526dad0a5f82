/** The parts that costs of a varied design add up from. */
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import type { PlacedBlock } from '../../../architecture/model.ts'
import type { Pass, Sums } from '../../../formulas/index.ts'
import { addModel, noSums, passOf, routedPass } from '../../sums.ts'
import type { Variation } from '../../vary/variation.ts'
import { cellsOf, type Cell } from './varied-blocks.ts'
import type { Column } from '../quantity/measures.ts'
import { noting } from './reads.ts'
import {
  groupsOf,
  read,
  remembered,
  settingIn,
  type Part,
  type PartColumn,
  type SettingColumn,
  type Values,
} from './term.ts'
import { wholeParts } from './whole.ts'

/** The parts of a variation. Stacks side by side, and blocks that share what they store, are one part: the whole. */
export function partsOf(variation: Variation, columns: readonly PartColumn[]): Part[] {
  const { base } = variation
  const simple =
    base.stacks.length === 1 &&
    base.stacks[0]!.role === 'decoder' &&
    !JSON.stringify(base).includes('"share":')
  return simple ? partsOfStack(variation, columns) : wholeParts(variation, columns)
}

/** Columns that blocks answer together. */
interface Question {
  /** Their places among all that is asked. */
  indices: readonly number[]
  columns: readonly Column[]
  /** Places of the settings that its answers depend on. */
  depends: readonly number[]
  add: (blocks: readonly PlacedBlock[], values: Values, to: Sums) => void
}

function partsOfStack(variation: Variation, columns: readonly PartColumn[]): Part[] {
  const groups = groupsOf(columns)
  const shown = groups.flatMap(({ first, indices }) => (first.of === 'setting' ? indices : []))
  const asking = groups.flatMap(({ first, indices }) => {
    const of = indices.map((index) => columns[index] as Column)
    return first.of === 'setting' ? [] : [questionOf(variation, first, indices, of)]
  })
  // One for all, cleared for each question: that costs less than another one.
  const sums = noSums()
  return cellsOf(variation).flatMap((each) => {
    const cell = { ...each, place: remembered(each.depends, each.place) }
    // What depends on the same is answered together.
    const together = new Map<string, Question[]>()
    for (const question of asking.map((ask) => ask(cell))) {
      const key = question.depends.join()
      together.set(key, [...(together.get(key) ?? []), question])
    }
    return [
      ...checkOf(cell),
      ...settingsOf(cell, shown, columns),
      ...[...together.values()].map((questions) => sumsOf(cell, questions, sums)),
    ]
  })
}

/** Must be right even where no layer holds it. */
function checkOf({ place, depends, times_depend, must_be_right }: Cell): Part[] {
  if (!must_be_right) return []
  const answers = (values: Values): number[] => {
    place(values)
    return []
  }
  const times = (values: Values): number => Number(must_be_right(values))
  return [{ columns: [], depends, answers, times, times_depend }]
}

function settingsOf(
  { place, depends, times, times_depend }: Cell,
  indices: readonly number[],
  all: readonly PartColumn[],
): Part[] {
  if (indices.length === 0) return []
  const answers = (values: Values): number[] =>
    indices.map((index) => settingIn(place(values), all[index] as SettingColumn))
  return [{ columns: indices, is_setting: true, depends, answers, times, times_depend }]
}

/** A question, as it is asked of one cell after another. */
function questionOf(
  variation: Variation,
  { occasion, at }: Column,
  indices: readonly number[],
  columns: readonly Column[],
): (cell: Cell) => Question {
  if (occasion === 'model') {
    const add: Question['add'] = (blocks, _values, to) => addModel(blocks, 1, to)
    return ({ depends }) => ({ indices, columns, depends, add })
  }
  const inWorkload = variation.settings.flatMap(({ place }, index) =>
    place.of === 'workload' && !(place.key in at) ? [{ key: place.key, index }] : [],
  )
  const decode = occasion === 'decode'
  // One pass for all blocks that it runs through.
  const passAt = remembered(
    inWorkload.map(({ index }) => index),
    (values) => {
      const workload = variation.workloadAt(values, at)
      return decode
        ? passOf(workload, 1, workload.context - 1, 0)
        : passOf(workload, workload.context, 0, 0)
    },
  )
  const run = (blocks: readonly PlacedBlock[], pass: Pass, to: Sums): void => {
    for (const { formulas, settings } of blocks) {
      formulas.addPass(settings, pass, 1, to)
      if (decode) formulas.addStep(settings, pass, 1, to)
    }
  }
  return ({ capacity, place, depends }) => {
    const entering = (values: Values): Pass =>
      capacity ? routedPass(passAt(values), capacity(values)) : passAt(values)
    const { present } = variation
    const { noted, reads } = noting(entering(present))
    // Where no layer holds them, the design as it is may have no such blocks, and nothing tells what they read.
    const unknown = attempt(() => run(place(present), noted, noSums())) instanceof ArchcostError
    // A step has one new token at any context, a prefill no past.
    const ofContext = capacity ? ['n_new', 'n_past'] : [decode ? 'n_past' : 'n_new']
    const reached = inWorkload.filter(({ key }) =>
      (key === 'context' ? ofContext : [key]).some((name) => unknown || reads.has(name)),
    )
    return {
      indices,
      columns,
      depends: [...depends, ...reached.map(({ index }) => index)],
      add: (blocks, values, to) => run(blocks, entering(values), to),
    }
  }
}

function sumsOf(
  { place, times, times_depend }: Cell,
  questions: readonly Question[],
  sums: Sums,
): Part {
  const columns = questions.flatMap(({ indices }) => indices)
  const answers = (values: Values): number[] => {
    const blocks = place(values)
    const found: number[] = []
    for (const question of questions) {
      // Faster than the array's own `fill`, which takes as long as the formulas of a block.
      for (let slot = 0; slot < sums.length; slot++) sums[slot] = 0
      question.add(blocks, values, sums)
      for (const column of question.columns) found.push(read(sums, column))
    }
    return found
  }
  return { columns, depends: questions[0]!.depends, answers, times, times_depend }
}
