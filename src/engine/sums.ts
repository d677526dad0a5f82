/** Adds up what blocks answer: one call per distinct block, whatever the number of layers. */
import type { PreparedStack } from '../architecture/model.ts'
import { passOf, perSequence, slot, type Pass, type Piece, type Sums } from '../formulas/index.ts'
import type { Workload } from './types.ts'

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

/** Adds what a pass over one sequence through a stack takes and keeps. */
export function addPass({ held }: PreparedStack, pass: Pass, to: Sums): void {
  for (const { formulas, settings, times, capacity } of held)
    formulas.addPass(settings, entering(pass, capacity), times, to)
}

/** The same of a step, with what is held after it and what it reads. */
export function addStep({ held }: PreparedStack, pass: Pass, to: Sums): void {
  for (const { formulas, settings, times, capacity } of held) {
    const step = entering(pass, capacity)
    formulas.addPass(settings, step, times, to)
    formulas.addStep(settings, step, times, to)
  }
}

const entering = (pass: Pass, capacity: number | undefined): Pass =>
  capacity === undefined ? pass : routedPass(pass, capacity)

/** Turns answers for one sequence into those of the batch. */
export function multiplyByBatch(sums: Sums, batch: number): void {
  if (batch !== 1) for (const place of perSequence) sums[place]! *= batch
}
