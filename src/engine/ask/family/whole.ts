/** A design as one part, for documents whose parts depend on each other: two stacks, or blocks that share what they store. */
import { prepare } from '../../../architecture/check.ts'
import type { Model } from '../../../architecture/model.ts'
import type { Sums } from '../../../formulas/index.ts'
import { addModel, addPass, addStep, encodedPositions, noSums, passOf } from '../../sums.ts'
import type { Workload } from '../../types.ts'
import type { Variation } from '../../vary/variation.ts'
import type { Column } from '../quantity/measures.ts'
import {
  groupsOf,
  read,
  remembered,
  settingIn,
  type Part,
  type PartColumn,
  type SettingColumn,
} from './term.ts'

export function wholeParts(variation: Variation, columns: readonly PartColumn[]): Part[] {
  const all = [...variation.settings.keys()]
  const inDocument = all.filter((index) => variation.settings[index]!.place.of !== 'workload')
  const modelAt = remembered(inDocument, (values) =>
    prepare(variation.designAt(values).architecture),
  )
  const once = { times: () => 1, times_depend: [] }
  return groupsOf(columns).map(({ first, indices }): Part => {
    if (first.of === 'setting')
      return {
        ...once,
        columns: indices,
        depends: inDocument,
        is_setting: true,
        answers: (values) =>
          indices.map((index) =>
            settingIn(blocksOf(modelAt(values)), columns[index] as SettingColumn),
          ),
      }
    return {
      ...once,
      columns: indices,
      depends: first.occasion === 'model' ? inDocument : all,
      answers: (values) => {
        const sums = noSums()
        if (first.occasion === 'model') addAll(modelAt(values), sums)
        else addRun(modelAt(values), variation.workloadAt(values, first.at), first.occasion, sums)
        return indices.map((index) => read(sums, columns[index] as Column))
      },
    }
  })
}

const blocksOf = ({ stacks }: Model) =>
  stacks.flatMap(({ input, groups, output }) => [
    ...input,
    ...groups.flatMap(({ blocks }) => blocks),
    ...output,
  ])

function addAll({ stacks }: Model, to: Sums): void {
  for (const { input, groups, output } of stacks) {
    addModel(input, 1, to)
    for (const { blocks, layers, routed } of groups)
      addModel(routed ? [...blocks, routed.router] : blocks, layers.length, to)
    addModel(output, 1, to)
  }
}

function addRun(model: Model, workload: Workload, occasion: 'prefill' | 'decode', to: Sums): void {
  const positions = encodedPositions(model, workload)
  const { encoder, decoder } = model
  if (occasion === 'prefill') {
    if (encoder)
      addPass(encoder, passOf(workload, positions, 0, workload.source ?? workload.context), to)
    if (decoder) addPass(decoder, passOf(workload, workload.context, 0, positions), to)
    return
  }
  const step = passOf(workload, 1, workload.context - 1, positions)
  addPass(decoder!, step, to)
  addStep(decoder!, step, to)
}
