/** The tree under a total: what each block adds to it, or the other totals it follows from. */
import type { Model } from '../../architecture/model.ts'
import {
  interpret,
  questions,
  sharedFunctions,
  type Expression,
} from '../../formulas/explanations.ts'
import { passAt, placements, towerPasses, towerPlacements, type Placement } from '../placements.ts'
import type { Derivation, Workload } from '../types.ts'
import { explainDefinition, openBlock, partsOf, type Opened } from './block.ts'
import { beginsSequence } from '../sums.ts'
import { totalNamed, totals, type Occasion, type Sum, type Total } from './totals.ts'
import { explainFormat, explainWorkload } from './workload.ts'

export function explainTotal(total: Total, model: Model, workload: Workload): Derivation {
  if ('calls' in total) return explainCalledTotal(total, model, workload)
  if (!total.weighed) return explainSum(total, model, workload)
  return total.of_class === undefined
    ? explainWeights(total, model, workload)
    : explainWeightsOf(total.of_class, total, model, workload)
}

/** The weights of each role. */
function explainWeights(total: Sum, model: Model, workload: Workload): Derivation {
  const { name, label, unit, why } = total
  const opened = openAll(total, model, workload)
  const inputs = totals
    .flatMap((each) =>
      'weighed' in each && each.weighed === total.weighed && each.of_class !== undefined
        ? [explainWeightsOf(each.of_class, each, model, workload, opened)]
        : [],
    )
    .filter(({ value }) => value !== 0)
    .map((input) => ({ ...input, name: input.address }))
  const value = inputs.reduce((sum, input) => sum + (input.value as number), 0)
  return {
    address: name,
    label,
    value,
    unit,
    ...markOf(total),
    why,
    equation: sumOf(inputs.map(({ address }) => address)),
    inputs,
  }
}

/** The weights of a role, and the bytes of one in their format. */
function explainWeightsOf(
  role: string,
  total: Sum,
  model: Model,
  workload: Workload,
  opened?: readonly OpenedAt[],
): Derivation {
  const counted = explainSum(total, model, workload, opened)
  const held: Derivation = {
    ...counted,
    address: `${total.adds[0]!}.${role}`,
    label: `${questions.find((each) => each.name === total.adds[0])!.label}: ${role.replaceAll('_', ' ')}`,
    unit: 'parameter',
  }
  return {
    ...explainCall('weight_bytes', [held, explainFormat(role, model, workload)]),
    ...nameOf(total),
  }
}

const explainCalledTotal = (
  total: Extract<Total, { calls: string }>,
  model: Model,
  workload: Workload,
): Derivation => ({
  ...explainCall(
    total.calls,
    total.of.map((name) => {
      const other = totalNamed(name)
      return other
        ? explainTotal(other, model, workload)
        : explainWorkload(name as Parameters<typeof explainWorkload>[0], workload)
    }),
  ),
  ...nameOf(total),
})

const nameOf = (total: Sum | Total) => {
  const { name, label, unit, why } = total
  return { address: name, label, unit, ...markOf(total), why }
}

/** Said where a number is not exact. */
const markOf = ({ mark = 'exact' }: Pick<Sum, 'mark'>): Pick<Derivation, 'mark'> =>
  mark === 'exact' ? {} : { mark }

/** A shared function of what is given, without a name. */
function explainCall(
  calls: string,
  given: readonly Derivation[],
): Omit<Derivation, 'address' | 'label' | 'unit'> {
  const { expression, parameters, file, sources } = sharedFunctions[calls]!
  const inputs = given.map((each, place): Derivation => ({ ...each, name: parameters[place]! }))
  const value = Number(
    interpret(
      expression,
      Object.fromEntries(inputs.map((input) => [input.name, input.value as number])),
    ),
  )
  const source = Object.values(sources)[0]
  return {
    value,
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
  const single = { ...workload, batch: 1 }
  return explainSum(total, model, single, openAll(total, model, single, placed))
}

function explainSum(
  total: Sum,
  model: Model,
  workload: Workload,
  opened: readonly OpenedAt[] = openAll(total, model, workload),
): Derivation {
  const { occasion } = total
  const asked = isBehind(occasion, workload)
    ? total.adds.filter((question) => question !== 'setup_flops')
    : total.adds
  const inputs = contributions({ ...total, adds: asked }, opened)
  const sum = sumOf(
    inputs.map(({ name: term, times = 1 }): Expression =>
      times === 1 ? term! : { op: '*', args: [times, term!] },
    ),
  )
  const value = inputs.reduce((all, input) => all + input.times! * (input.value as number), 0)
  const base = nameOf(total)
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

const sumOf = (terms: readonly Expression[]): Expression =>
  terms.length === 0 ? 0 : terms.reduce((left, right) => ({ op: '+', args: [left, right] }))

interface OpenedAt {
  open: Opened
  layers: number
}

/** Whether what is done once per sequence is done by then. */
const isBehind = (occasion: Occasion, workload: Workload): boolean =>
  occasion === 'decode' || (occasion === 'prefill' && !beginsSequence(workload))

/** The blocks that a total adds up, with all their values. */
const openAll = (
  total: Pick<Sum, 'occasion' | 'over'>,
  model: Model,
  workload: Workload,
  placed: readonly Placement[] = placedFor(total, model),
): OpenedAt[] => {
  const { occasion } = total
  return placed
    .filter(
      ({ stack, block }) =>
        !(stack.role !== 'decoder' && isBehind(occasion, workload)) &&
        !(occasion === 'model' && block.stored_elsewhere),
    )
    .flatMap((placement) => {
      const passes =
        'feeds' in placement.stack && occasion !== 'model'
          ? towerPasses(placement, model, workload)
          : [
              {
                pass: passAt(
                  placement,
                  occasion === 'decode' ? 'decode' : 'prefill',
                  model,
                  workload,
                ),
                pieces: 1,
              },
            ]
      return passes
        .filter(({ pieces }) => pieces > 0)
        .map(({ pass, pieces }) => ({
          open: openBlock(placement.block, pass, occasion),
          layers: pieces * placement.layers,
        }))
    })
}

/** Where the blocks of a total stand: in the language model, in a prefill also in towers, unless it says otherwise. */
function placedFor({ occasion, over }: Pick<Sum, 'occasion' | 'over'>, model: Model): Placement[] {
  const ofTowers = towerPlacements(model)
  switch (over) {
    case undefined:
      return occasion === 'prefill' ? [...ofTowers, ...placements(model)] : placements(model)
    case 'whole':
      return [...ofTowers, ...placements(model)]
    case 'towers':
      return ofTowers
    default:
      return ofTowers.filter(({ stack }) => stack.role === over)
  }
}

/** What each block adds to a total, equal ones together; blocks that add nothing are left out. */
function contributions({ adds, of_class }: Sum, opened: readonly OpenedAt[]): Derivation[] {
  const found = new Map<string, Derivation>()
  for (const { open, layers } of opened) {
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
