/** Memory against context: weights and cache of each model, held against devices. */
import { firstAmong } from '../../engine/ask/bisect.ts'
import { evaluate } from '../../engine/evaluate.ts'
import { devices } from '../../engine/hardware.ts'
import { formatExact } from '../../engine/numbers.ts'
import { written } from '../results/show.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { contextsOf, costsAt, writeContext } from './contexts.ts'
import { Lines, type Series } from './lines.tsx'

/** A few that people own; the table of devices has all. */
const shown = ['NVIDIA H100 SXM', 'NVIDIA B200 SXM', 'NVIDIA GeForce RTX 4090']

export function Memory() {
  const { bytes } = useSession()
  const dispatch = useDispatch()
  const results = useResults().filter(({ cost }) => cost.cache !== null)
  if (results.length === 0) return <p>An encoder keeps no cache.</p>
  const contexts = contextsOf(
    results.map(({ model }) => model),
    results[0]!.workload.context,
  )
  const manner = { bytes, flops_per_mac: 2 as const }
  const write = (value: number): string => written(value, 'byte', manner)
  const curves = results.map((result) => {
    const costs = costsAt(result.model, result.workload, contexts)
    const cache = costs.map(({ cache: held }) => held?.bytes ?? null)
    return { result, cache, weights: result.cost.weights.bytes }
  })
  const series = curves.flatMap(({ result: { letter }, cache, weights }): Series[] => [
    {
      id: `${letter}-all`,
      label: `${letter} weights + cache`,
      colour: `var(--${letter.toLowerCase()})`,
      values: cache.map((held) => weights + (held ?? 0)),
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
  const finding =
    crossing === undefined
      ? `The cache of ${name} stays below its weights up to ${writeContext(contexts.at(-1)!)}`
      : `From ${formatExact(crossing)} tokens on the cache of ${name} outgrows its weights`
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
