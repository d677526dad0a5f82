/**
 * Whether a model fits on a machine, how much of it, and at most how fast: one sentence, solved exactly. What it takes is
 * loaded when something differs from the page as it was built.
 */
import { ArchcostError } from '../../architecture/errors.ts'
import { openFit, type OpenFit } from '../../engine/deploy/open-fit.ts'
import { evaluate } from '../../engine/evaluate.ts'
import type { Workload } from '../../engine/index.ts'
import { findDevice } from '../../engine/hardware.ts'
import { formatBytes, formatExact } from '../../engine/numbers.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { formatsText } from '../results/notes.ts'
import type { Manner } from '../results/show.ts'
import type { Machine } from '../state/session.ts'
import { besideEachOther, countOf, deploymentOf } from './deployment.ts'
import { machineText } from './machine-text.ts'
import type { Piece } from './sentence.ts'

/** The workload at a context. */
export function givenTo({ workload }: Evaluated, context = workload.context): Partial<Workload> {
  const { bytes_per_weight: _, ...given } = { bytes_per_weight: undefined, ...workload }
  return { ...given, context, cached: Math.min(workload.cached, context - 1) }
}

/** The fit at a context; why there is none, where the model cannot be cut so. */
export function fitOf(result: Evaluated, machine: Machine, context?: number): OpenFit | string {
  try {
    return openFit(result.model, deploymentOf(machine), givenTo(result, context))
  } catch (error) {
    if (error instanceof ArchcostError) return error.message
    throw error
  }
}

/** @param bytes in which memory is written */
export function fitSentence(result: Evaluated, machine: Machine, bytes: Manner['bytes']): Piece[] {
  const { model, workload } = result
  const { context } = workload
  const now = fitOf(result, machine)
  const on = `${machineText(machine)} in ${formatsText([result])}`
  if (typeof now === 'string') return [{ text: `Cannot be cut over ${machineText(machine)}`, strong: true }, { text: `: ${now}.` }] // prettier-ignore
  if (!now.room.fits) return misfit(now, on, result, bytes, machine)
  const answer: Piece = { text: `Fits ${on}`, strong: true }
  const most = now.most()
  if (most === null) return [answer, { text: ' and keeps nothing from one pass to the next.' }]
  const made = model.architecture.max_context
  const longest = Math.min(made, context) === made ? now : fitOf(result, machine, made)
  const whole = typeof longest === 'string' ? 0 : (longest.most()?.batch ?? 0)
  const here: Piece = { text: sequences(most.batch), opens: 'cache.bytes' }
  const pieces: Piece[] = [answer, { text: ': ' }]
  if (context > made)
    pieces.push(here, { text: ` of ${tokens(context)} at once, which is more than it is made for` })
  else if (context === made) pieces.push(here, { text: ` of its full ${tokens(made)} at once` })
  else if (whole > 0)
    pieces.push(
      { text: sequences(whole), opens: 'cache.bytes' },
      { text: ` of its full ${tokens(made)} at once, or ` },
      { text: formatExact(most.batch), opens: 'cache.bytes' },
      { text: ` of ${tokens(context)}` },
    )
  else
    pieces.push(here, {
      text: ` of ${tokens(context)} at once, but not one of its full ${tokens(made)}`,
    })
  const rate = fastest(result, machine)
  if (rate !== null)
    pieces.push(
      { text: '; at most ' },
      { text: `${formatExact(rate)} tokens/s`, opens: 'bytes_read.decode' },
      { text: ' for one' },
    )
  return [...pieces, { text: '.' }]
}

const tokens = (count: number): string => `${formatExact(count)} tokens`

const sequences = (count: number): string =>
  count === 1 ? 'one sequence' : `${formatExact(count)} sequences`

function misfit(
  now: OpenFit,
  on: string,
  { workload }: Evaluated,
  bytes: Manner['bytes'],
  machine: Machine,
): Piece[] {
  const over = formatBytes(-now.room.headroom, bytes)
  const each = countOf(machine) > 1 ? ' on the fullest of them' : ''
  const devices = now.min_devices()
  const fewest: Piece[] =
    devices === null
      ? [{ text: '; no number of them that was tried holds it.' }]
      : [{ text: `; it takes at least ${formatExact(devices)} of them.` }]
  const longest = now.max_context()
  if (longest !== null && longest > 0)
    return [
      { text: `Fits ${on}, but not ${tokens(workload.context)}`, strong: true },
      { text: `${workload.batch > 1 ? ` in each of ${workload.batch} sequences` : ''}: at most ` },
      { text: tokens(longest), opens: 'cache.bytes' },
      ...fewest,
    ]
  return [
    { text: `Does not fit ${on}`, strong: true },
    { text: ': ' },
    { text: over, opens: 'memory.bytes' },
    { text: ` too much${each}` },
    ...fewest,
  ]
}

/**
 * Tokens a second of one sequence that no run exceeds: a step reads its weights and its cache once, from the devices
 * that work on it side by side. Null where there is no step.
 */
function fastest({ model, workload, cost }: Evaluated, machine: Machine): number | null {
  const { bytes_read } = workload.batch === 1 ? cost : evaluate(model, { ...workload, batch: 1 })
  if (bytes_read.decode === null || bytes_read.decode === 0) return null
  return Math.floor(
    (findDevice(machine.device).bandwidth * besideEachOther(machine)) / bytes_read.decode,
  )
}
