/** Adds up what blocks answer: one call per distinct block, whatever the number of layers. */
import type { LayerGroup, Model, PlacedBlock, PreparedStack } from '../architecture/model.ts'
import { perSequence, slot, type Pass } from '../formulas/index.ts'
import type { Workload } from './types.ts'

export const slots = Object.keys(slot).length
export type Slot = keyof typeof slot

/** The pass over `n_new` tokens after `n_past`, with `source` positions from the encoder. */
export function passOf(workload: Workload, n_new: number, n_past: number, source: number): Pass {
  return { ...workload, n_new, n_past, source }
}

/** Positions that the encoder makes of what its front end is given. */
export function encodedPositions(model: Model, workload: Workload): number {
  if (!model.encoder) return 0
  const given = workload.source ?? workload.context
  const front = model.encoder.input.find(({ formulas }) => formulas.positions)
  return front ? front.formulas.positions!(front.settings, passOf(workload, given, 0, given)) : given
}

/** The pass through layers that only a share of the tokens enters: what enters of all tokens, less what entered before. */
export function routedPass(pass: Pass, capacity: number): Pass {
  const entered = (tokens: number): number => Math.ceil(capacity * tokens)
  const n_past = entered(pass.n_past)
  return { ...pass, n_past, n_new: entered(pass.n_past + pass.n_new) - n_past }
}

type Add = (block: PlacedBlock, pass: Pass, times: number, to: Float64Array) => void

function addStack(stack: PreparedStack, pass: Pass, add: Add, to: Float64Array): void {
  for (const block of stack.input) add(block, pass, 1, to)
  for (const group of stack.groups) addGroup(group, pass, add, to)
  for (const block of stack.output) add(block, pass, 1, to)
}

function addGroup({ blocks, layers, routed }: LayerGroup, pass: Pass, add: Add, to: Float64Array): void {
  const inner = routed ? routedPass(pass, routed.capacity) : pass
  for (const block of blocks) add(block, inner, layers.length, to)
  if (routed) add(routed.router, pass, layers.length, to)
}

const addPass: Add = ({ formulas, settings }, pass, times, to) => formulas.addPass(settings, pass, times, to)
const addStep: Add = ({ formulas, settings }, pass, times, to) => formulas.addStep(settings, pass, times, to)

function timesBatch(sums: Float64Array, batch: number): Float64Array {
  if (batch !== 1) for (const place of perSequence) sums[place]! *= batch
  return sums
}

/** FLOPs and activations of a pass through a stack, for the whole batch. */
export function sumPass(stack: PreparedStack, pass: Pass): Float64Array {
  const to = new Float64Array(slots)
  addStack(stack, pass, addPass, to)
  return timesBatch(to, pass.batch)
}

/** What a stack holds after a step and what the step reads, for the whole batch. */
export function sumStep(stack: PreparedStack, pass: Pass): Float64Array {
  const to = new Float64Array(slots)
  addStack(stack, pass, addStep, to)
  return timesBatch(to, pass.batch)
}

/** Parameters that some blocks store themselves; of shared ones, only of the first use. */
export function sumModel(blocks: readonly PlacedBlock[], times: number, to: Float64Array): Float64Array {
  for (const { formulas, settings, stored_elsewhere } of blocks) if (!stored_elsewhere) formulas.addModel(settings, times, to)
  return to
}

/** The blocks of a group, its router among them. */
export const blocksOf = ({ blocks, routed }: LayerGroup): readonly PlacedBlock[] => (routed ? [...blocks, routed.router] : blocks)
