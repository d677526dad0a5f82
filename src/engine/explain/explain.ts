/** Opens a number: from a total of the model down to the settings and the workload it follows from. */
import { ArchcostError } from '../../architecture/errors.ts'
import type { Model, PlacedBlock, PreparedStack } from '../../architecture/model.ts'
import {
  interpret,
  questions,
  sharedFunctions,
  type Expression,
} from '../../formulas/explanations.ts'
import { didYouMean, type Pass } from '../../formulas/index.ts'
import { encodedPositions, passOf, routedPass } from '../sums.ts'
import type { Derivation, Workload } from '../types.ts'
import { completeWorkload } from '../workload.ts'
import { explainDefinition, explainSetting, openBlock, partsOf, type OpenBlock } from './block.ts'
import { totals, type Occasion, type Total } from './totals.ts'

/** A block with the layers that hold it, and how much of the pass reaches it. */
interface Placement {
  block: PlacedBlock
  stack: PreparedStack
  layers: number
  capacity: number | undefined
}

/**
 * The derivation of a quantity.
 * @param quantity a total (`params.total`, `flops.decode`, `cache.bytes`), or a block's quantity, part or setting by its
 *   address (`mixer.flops.scores`, `ffn.params`, `mixer.n_heads`), with `@prefill` or `@decode` where the pass matters
 * @throws ArchcostError where there is no such quantity
 */
export function explain(
  model: Model,
  given: Partial<Workload> | undefined,
  quantity: string,
): Derivation {
  const workload = completeWorkload(model, given)
  const total = totals.find(({ name }) => name === quantity)
  if (total) return explainTotal(total, model, workload)
  const [address = '', said = 'decode'] = quantity.split('@')
  const occasion = said === 'prefill' || !model.decoder ? 'prefill' : 'decode'
  for (const placement of placements(model)) {
    if (!address.startsWith(`${placement.block.address}.`)) continue
    const name = address.slice(placement.block.address.length + 1)
    const open = openAt(placement, occasion, model, workload)
    const definition = open.about.definitions.find((each) => each.name === name)
    if (definition) return explainDefinition(open, definition)
    if (
      open.block.formulas.settings.some(
        (setting) => setting.name === name && setting.type !== 'block',
      )
    )
      return explainSetting(open, name)
  }
  const known = [
    ...totals.map(({ name }) => name),
    ...placements(model).flatMap((placement) =>
      openAt(placement, occasion, model, workload).about.definitions.map(
        ({ name }) => `${placement.block.address}.${name}`,
      ),
    ),
  ]
  throw new ArchcostError(
    'invalid_workload',
    `${quantity.slice(0, 80)} is no quantity of this model${didYouMean(quantity, known)}; totals are ${totals
      .slice(0, 12)
      .map(({ name }) => name)
      .join(', ')}, ..., blocks' quantities are addressed as mixer.flops.scores`,
  )
}

/** Every quantity that `explain` opens. */
export function explainable(model: Model, given?: Partial<Workload>): string[] {
  const workload = completeWorkload(model, given)
  const inBlocks = placements(model).flatMap((placement) =>
    openAt(placement, 'prefill', model, workload).about.definitions.map(
      ({ name }) => `${placement.block.address}.${name}`,
    ),
  )
  return [
    ...totals
      .filter((total) => model.decoder || !('occasion' in total) || total.occasion !== 'decode')
      .map(({ name }) => name),
    ...new Set(inBlocks),
  ]
}

function placements({ stacks }: Model): Placement[] {
  return stacks.flatMap((stack) => {
    const once = (block: PlacedBlock): Placement => ({
      block,
      stack,
      layers: 1,
      capacity: undefined,
    })
    const inLayers = stack.groups.flatMap(({ blocks, layers, routed }) => [
      ...blocks.map((block) => ({
        block,
        stack,
        layers: layers.length,
        capacity: routed?.capacity,
      })),
      ...(routed
        ? [{ block: routed.router, stack, layers: layers.length, capacity: undefined }]
        : []),
    ])
    return [...stack.input.map(once), ...inLayers, ...stack.output.map(once)]
  })
}

function openAt(
  { block, stack, capacity }: Placement,
  occasion: Occasion,
  model: Model,
  workload: Workload,
): OpenBlock {
  const pass = passThrough(stack, occasion, model, workload)
  return openBlock(block, capacity === undefined ? pass : routedPass(pass, capacity), occasion)
}

function passThrough(
  { role }: PreparedStack,
  occasion: Occasion,
  model: Model,
  workload: Workload,
): Pass {
  const positions = encodedPositions(model, workload)
  if (role === 'encoder') return passOf(workload, positions, 0, workload.source ?? workload.context)
  return occasion === 'decode'
    ? passOf(workload, 1, workload.context - 1, positions)
    : passOf(workload, workload.context, 0, positions)
}

function explainTotal(total: Total, model: Model, workload: Workload): Derivation {
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
  const inputs = of.map((each, place) => ({
    ...explainTotal(
      totals.find((other) => other.name === each)!,
      model,
      workload,
    ),
    name: parameters[place]!,
  }))
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

function explainSum(
  total: Extract<Total, { adds: readonly string[] }>,
  model: Model,
  workload: Workload,
): Derivation {
  const { name, label, unit, why, occasion } = total
  const inputs = contributions(total, model, workload)
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
  const batch: Derivation = {
    address: 'workload.batch',
    name: 'batch',
    label: 'Sequences side by side',
    value: workload.batch,
    unit: '',
    inputs: [],
    origin: 'workload',
  }
  return {
    ...base,
    value: workload.batch * value,
    equation: { op: '*', args: ['batch', sum] },
    inputs: [...inputs, batch],
  }
}

/** What each block adds to a total, equal ones together; blocks that add nothing are left out. */
function contributions(
  { occasion, adds, of_class }: Extract<Total, { adds: readonly string[] }>,
  model: Model,
  workload: Workload,
): Derivation[] {
  const found = new Map<string, Derivation>()
  for (const placement of placements(model)) {
    const { block, stack, layers } = placement
    if (
      (occasion === 'decode' && stack.role === 'encoder') ||
      (occasion === 'model' && block.stored_elsewhere)
    )
      continue
    const open = openAt(placement, occasion, model, workload)
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
