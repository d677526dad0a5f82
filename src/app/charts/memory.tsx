/** Memory against context: weights and cache of each model, held against devices. */
import { firstAmong } from '../../engine/ask/bisect.ts'
import { evaluate } from '../../engine/evaluate.ts'
import { devices } from '../../engine/hardware.ts'
import { formatExact } from '../../engine/numbers.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { written } from '../results/show.ts'
import type { Machine } from '../state/session.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { fitOf } from '../verdict/fits.ts'
import { machineText } from '../verdict/machine-text.ts'
import { contextsOf, costsAt, writeContext } from './contexts.ts'
import { Lines } from './lines.tsx'
import type { Series } from './series.ts'

/** The longest context of the batch that the machine holds; null where none is too long, none fits, or it cannot be cut so. */
function endOn(result: Evaluated, machine: Machine): number | null {
  const found = fitOf(result, machine)
  return typeof found === 'string' ? null : found.max_context() || null
}

/** Contexts up to the last one that fits, which is one of them. */
const endingAt = (contexts: readonly number[], end: number): number[] =>
  contexts.at(-1)! <= end ? [...contexts] : [...contexts.filter((each) => each < end), end]

/** A few that people own; the table of devices has all. */
const shown = ['NVIDIA H100 SXM', 'NVIDIA B200 SXM', 'NVIDIA GeForce RTX 4090']

export function Memory() {
  const { bytes, machine } = useSession()
  const dispatch = useDispatch()
  const results = useResults().filter(({ cost }) => cost.cache !== null)
  if (results.length === 0) return <p>An encoder keeps no cache.</p>
  const present = results[0]!.workload.context
  const ends = results.map((result) => endOn(result, machine))
  const contexts = endingAt(
    contextsOf(
      results.map(({ model }) => model),
      present,
    ),
    Math.max(present, ...ends.map((end) => end ?? Infinity)),
  )
  const manner = { bytes, flops_per_mac: 2 as const }
  const write = (value: number): string => written(value, 'byte', manner)
  const curves = results.map((result, at) => {
    const costs = costsAt(result.model, result.workload, contexts)
    const end = Math.max(present, ends[at] ?? Infinity)
    const cache = costs.map(({ cache: held }, place) =>
      contexts[place]! > end ? null : (held?.bytes ?? null),
    )
    return { result, cache, weights: result.cost.weights.bytes }
  })
  const series = curves.flatMap(({ result: { letter }, cache, weights }): Series[] => [
    {
      id: `${letter}-all`,
      label: `${letter} weights + cache`,
      colour: `var(--${letter.toLowerCase()})`,
      values: cache.map((held) => (held === null ? null : weights + held)),
    },
    {
      id: `${letter}-cache`,
      label: `${letter} cache`,
      colour: `var(--${letter.toLowerCase()})`,
      dashed: true,
      values: cache,
    },
  ])
  const first = curves[0]!
  const { model, name, workload } = first.result
  const crossing = firstAmong(
    contexts,
    (context) => (evaluate(model, { ...workload, context }).cache?.bytes ?? 0) > first.weights,
  )
  const [end = null] = ends
  const outgrows =
    crossing === undefined
      ? `The cache of ${name} stays below its weights up to ${writeContext(contexts.at(-1)!)}`
      : `From ${formatExact(crossing)} tokens on the cache of ${name} outgrows its weights`
  const finding =
    end === null || end < present || end > contexts.at(-1)!
      ? outgrows
      : `${outgrows}; at most ${formatExact(end)} tokens fit on ${machineText(machine)}`
  const levels = devices
    .filter((device) => shown.includes(device.name))
    .map((device) => ({ label: device.name, value: device.memory }))
  return (
    <Lines
      finding={finding}
      name="Memory against context"
      axis={{ label: 'Context', places: contexts, write: writeContext }}
      series={series}
      write={write}
      now={first.result.workload.context}
      onMove={(context) => dispatch({ kind: 'workload', set: { context } })}
      levels={levels}
    />
  )
}
