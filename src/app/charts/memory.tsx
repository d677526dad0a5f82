/** Memory against context: weights and cache of each model, held against devices. */
import { firstAmong } from '../../engine/ask/bisect.ts'
import { evaluate } from '../../engine/evaluate.ts'
import { devices, findDevice } from '../../engine/hardware.ts'
import { formatExact } from '../../engine/numbers.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { written } from '../results/show.ts'
import type { Machine } from '../state/session.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { fitOf } from '../verdict/fits.ts'
import { countOf } from '../verdict/deployment.ts'
import { deviceText, machineText } from '../verdict/machine-text.ts'
import { contextsOf, costsAt, writeContext } from './contexts.ts'
import { Lines } from './lines.tsx'
import type { Series } from './series.ts'

/** The longest context of the batch that the machine holds; null where none is too long, none fits, or it cannot be cut so. */
function endOn(result: Evaluated, machine: Machine): number | null {
  const found = fitOf(result, machine)
  return typeof found === 'string' ? null : found.max_context() || null
}

/** Contexts up to the last one that fits; where each model's line ends is one of them. */
function endingAt(contexts: readonly number[], ends: readonly number[]): number[] {
  const last = Math.min(contexts.at(-1)!, Math.max(...ends))
  const all = new Set([...contexts, ...ends].filter((context) => context <= last))
  return [...all].toSorted((a, b) => a - b)
}

/** A few that people own, beside the machine that is chosen; the table of devices has all. */
const owned = ['NVIDIA H100 SXM', 'NVIDIA B200 SXM', 'NVIDIA GeForce RTX 4090']

function levelsOf(machine: Machine): { label: string; value: number }[] {
  const count = countOf(machine)
  const chosen = { label: machineText(machine), value: count * findDevice(machine.device).memory }
  const others = devices.filter(({ name }) => owned.includes(name) && name !== machine.device)
  return [
    chosen,
    ...others.map(({ name, memory }) => ({ label: deviceText({ device: name }), value: memory })),
  ]
}

/** What the cache does to the first model's memory, and how long a context fits. */
function findingOf({ model, name, workload, cost }: Evaluated, machine: Machine, end: number | null, contexts: readonly number[]): string {
  const crossing = firstAmong(
    contexts,
    (context) => (evaluate(model, { ...workload, context }).cache?.bytes ?? 0) > cost.weights.bytes,
  )
  const last = contexts.at(-1)!
  const outgrows =
    crossing !== undefined
      ? `From ${formatExact(crossing)} tokens on the cache of ${name} outgrows its weights`
      : `The cache of ${name} stays below its weights${last === end ? '' : ` up to ${writeContext(last)}`}`
  if (end === null || end < workload.context || end > last) return outgrows
  const each = workload.batch > 1 ? ` in each of ${formatExact(workload.batch)} sequences` : ''
  return `${outgrows}; at most ${formatExact(end)} tokens${each} fit on ${machineText(machine)}`
} // prettier-ignore

export function Memory() {
  const { bytes, machine } = useSession()
  const dispatch = useDispatch()
  const results = useResults().filter(({ cost }) => cost.cache !== null)
  if (results.length === 0) return <p>An encoder keeps no cache.</p>
  const present = results[0]!.workload.context
  const ends = results.map((result) => endOn(result, machine))
  const lasts = ends.map((end) => Math.max(present, end ?? Infinity))
  const models = results.map(({ model }) => model)
  const contexts = endingAt(contextsOf(models, present), lasts)
  const manner = { bytes, flops_per_mac: 2 as const }
  const write = (value: number): string => written(value, 'byte', manner)
  const curves = results.map((result, at) => {
    const costs = costsAt(result.model, result.workload, contexts)
    const cache = costs.map(({ cache: held }, place) =>
      contexts[place]! > lasts[at]! ? null : (held?.bytes ?? null),
    )
    return { result, cache, weights: result.cost.weights.bytes }
  })
  const series = curves.flatMap(({ result: { letter }, cache, weights }): Series[] => [
    {
      id: `${letter}-all`,
      label: `${letter} weights+cache`,
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
  const first = results[0]!
  return (
    <Lines
      finding={findingOf(first, machine, ends[0] ?? null, contexts)}
      name="Memory against context"
      axis={{ label: 'Context', places: contexts, write: writeContext }}
      series={series}
      write={write}
      now={present}
      onMove={(context) => dispatch({ kind: 'workload', set: { context } })}
      levels={levelsOf(machine)}
    />
  )
}
