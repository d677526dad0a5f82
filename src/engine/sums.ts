/** Adds up what blocks answer: one call per distinct block, whatever the number of layers. */
import type { PlacedBlock, PreparedStack } from '../architecture/model.ts'
import { passOf, perSequence, slot, type Pass, type Piece, type Sums } from '../formulas/index.ts'
import type { Workload } from './types.ts'

// Filled with a fraction first: an engine keeps an array that has held one as an array of doubles.
const zeros: Sums = Array.from(Object.keys(slot), () => 0.5).fill(0)

/** Sums with a place for every answer of the contract, all 0. */
export const noSums = (): Sums => zeros.slice()

/** The pass over the tokens of the context that are not cached, with `source` positions from the encoder. */
export const prefillPass = (workload: Workload, source: number, piece?: Piece): Pass =>
  passOf(workload, workload.context - workload.cached, workload.cached, source, piece)

/** The step that sees the whole context. */
export const decodePass = (workload: Workload, source: number): Pass =>
  passOf(workload, 1, workload.context - 1, source)

/** Whether the prefill does what is done once per sequence: where tokens of it are cached, that is done. */
export const beginsSequence = ({ cached }: Workload): boolean => cached === 0

const setupSlots = Object.entries(slot).flatMap(([name, place]) =>
  name.startsWith('setup_flops.') ? [place] : [],
)

/** Leaves out what is done once per sequence. */
export function leaveOutSetup(sums: Sums): void {
  for (const place of setupSlots) sums[place] = 0
}

/** The pass through layers that only a share of the tokens enters: what enters of all tokens, less what entered before. */
export function routedPass(pass: Pass, capacity: number): Pass {
  const n_past = Math.ceil(capacity * pass.n_past)
  return { ...pass, n_past, n_new: Math.ceil(capacity * (pass.n_past + pass.n_new)) - n_past }
}

/** Adds FLOPs and activations of a pass over one sequence through a stack. */
export function addPass(stack: PreparedStack, pass: Pass, to: Sums): void {
  passThrough(stack.input, pass, 1, to)
  for (const { blocks, layers, routed } of stack.groups) {
    passThrough(blocks, routed ? routedPass(pass, routed.capacity) : pass, layers.length, to)
    if (routed) routed.router.formulas.addPass(routed.router.settings, pass, layers.length, to)
  }
  passThrough(stack.output, pass, 1, to)
}

function passThrough(blocks: readonly PlacedBlock[], pass: Pass, times: number, to: Sums): void {
  for (const { formulas, settings } of blocks) formulas.addPass(settings, pass, times, to)
}

/** Adds what a stack holds after a step, for one sequence, and what the step reads. */
export function addStep(stack: PreparedStack, pass: Pass, to: Sums): void {
  stepThrough(stack.input, pass, 1, to)
  for (const { blocks, layers, routed } of stack.groups) {
    stepThrough(blocks, routed ? routedPass(pass, routed.capacity) : pass, layers.length, to)
    if (routed) routed.router.formulas.addStep(routed.router.settings, pass, layers.length, to)
  }
  stepThrough(stack.output, pass, 1, to)
}

function stepThrough(blocks: readonly PlacedBlock[], pass: Pass, times: number, to: Sums): void {
  for (const { formulas, settings } of blocks) formulas.addStep(settings, pass, times, to)
}

/** Adds parameters that blocks store themselves; of shared ones, only of the first use. */
export function addModel(blocks: readonly PlacedBlock[], times: number, to: Sums): void {
  for (const { formulas, settings, stored_elsewhere } of blocks)
    if (!stored_elsewhere) formulas.addModel(settings, times, to)
}

/** Turns answers for one sequence into those of the batch. */
export function multiplyByBatch(sums: Sums, batch: number): void {
  if (batch !== 1) for (const place of perSequence) sums[place]! *= batch
}
