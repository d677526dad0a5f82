/** The tree under a total: what each block adds to it, or the other totals it follows from. */
import type { Model } from '../../architecture/model.ts'
import {
  interpret,
  questions,
  sharedFunctions,
  type Expression,
} from '../../formulas/explanations.ts'
import { passAt, placements, type Placement } from '../placements.ts'
import type { Derivation, Workload } from '../types.ts'
import { explainDefinition, openBlock, partsOf } from './block.ts'
import { totalNamed, type Sum, type Total } from './totals.ts'
import { explainWorkload } from './workload.ts'

export function explainTotal(total: Total, model: Model, workload: Workload): Derivation {
  return 'calls' in total
    ? explainCalledTotal(total, model, workload)
    : explainSum(total, model, workload)
}

function explainCalledTotal(
  { name, label, unit, why, calls, of }: Extract<Total, { calls: string }>,
  model: Model,
  workload: Workload,
): Derivation {
  const { expression, parameters, file, sources } = sharedFunctions[calls]!
  const inputs = of.map((each, place): Derivation => {
    const part = totalNamed(each)
    return {
      ...(part
        ? explainTotal(part, model, workload)
        : explainWorkload(each.replace('workload.', '') as keyof Workload, workload)),
      name: parameters[place]!,
    }
  })
  const value = Number(
    interpret(
      expression,
      Object.fromEntries(inputs.map((input) => [input.name, input.value as number])),
    ),
  )
  const source = Object.values(sources)[0]
  return {
    address: name,
    label,
    value,
    unit,
    why,
    equation: expression,
    inputs,
    file,
    ...(source ? { source } : {}),
  }
}

/** The last layer's part of a sum, for one sequence. */
export function explainLastLayer(total: Sum, model: Model, workload: Workload): Derivation {
  const stack = (model.decoder ?? model.encoder)!
  const { blocks } = stack.groups.find(({ layers }) => layers.includes(stack.n_layers - 1))!
  const placed = placements(model)
    .filter(({ block }) => blocks.includes(block))
    .map((placement) => ({ ...placement, layers: 1 }))
  return explainSum(total, model, { ...workload, batch: 1 }, placed)
}

function explainSum(
  total: Sum,
  model: Model,
  workload: Workload,
  placed: readonly Placement[] = placements(model),
): Derivation {
  const { name, label, unit, why, occasion } = total
  const inputs = contributions(total, model, workload, placed)
  const terms = inputs.map(({ name: term, times = 1 }): Expression =>
    times === 1 ? term! : { op: '*', args: [times, term!] },
  )
  const sum =
    terms.length === 0 ? 0 : terms.reduce((left, right) => ({ op: '+', args: [left, right] }))
  const value = inputs.reduce((all, input) => all + input.times! * (input.value as number), 0)
  const base = { address: name, label, unit, why }
  if (
    workload.batch === 1 ||
    occasion === 'model' ||
    questions.find((each) => each.name === total.adds[0])!.per === 'step'
  )
    return { ...base, value, equation: sum, inputs }
  const batch = { ...explainWorkload('batch', workload), name: 'batch' }
  return {
    ...base,
    value: workload.batch * value,
    equation: { op: '*', args: ['batch', sum] },
    inputs: [...inputs, batch],
  }
}

/** What each block adds to a total, equal ones together; blocks that add nothing are left out. */
function contributions(
  { occasion, adds, of_class }: Sum,
  model: Model,
  workload: Workload,
  placed: readonly Placement[],
): Derivation[] {
  const found = new Map<string, Derivation>()
  for (const placement of placed) {
    const { block, stack, layers } = placement
    if (
      (occasion === 'decode' && stack.role === 'encoder') ||
      (occasion === 'model' && block.stored_elsewhere)
    )
      continue
    const pass = passAt(placement, occasion === 'decode' ? 'decode' : 'prefill', model, workload)
    const open = openBlock(block, pass, occasion)
    for (const question of adds) {
      const shown =
        of_class === undefined
          ? open.about.definitions.filter(({ name }) => name === question)
          : partsOf(open, question, of_class)
      for (const definition of shown) {
        if (open.values[definition.name] === 0) continue
        const step = explainDefinition(open, definition)
        const same = found.get(`${step.address} ${String(step.value)}`)
        if (same) same.times! += layers
        else
          found.set(`${step.address} ${String(step.value)}`, {
            ...step,
            name: nameAmong(found, step.address),
            label: `${open.about.title}: ${step.label}`,
            times: layers,
          })
      }
    }
  }
  return [...found.values()]
}

/** A block under several passes, or shared, stands in a sum more than once: its terms are told apart. */
function nameAmong(found: ReadonlyMap<string, Derivation>, address: string): string {
  const others = [...found.values()].filter((each) => each.address === address).length
  return others === 0 ? address : `${address}#${others + 1}`
}
