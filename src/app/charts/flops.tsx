/** Attention and all other work of a prefill against context, per token, with where they cross. */
import { firstAmong } from '../../engine/ask/bisect.ts'
import { evaluate } from '../../engine/evaluate.ts'
import { formatExact } from '../../engine/numbers.ts'
import { written } from '../results/show.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { contextsOf, costsAt, writeContext } from './contexts.ts'
import { Lines } from './lines.tsx'
import type { Series } from './series.ts'

export function Flops() {
  const { bytes } = useSession()
  const dispatch = useDispatch()
  const results = useResults()
  const contexts = contextsOf(
    results.map(({ model }) => model),
    results[0]!.workload.context,
  )
  const manner = { bytes, flops_per_mac: results[0]!.workload.flops_per_mac }
  const curves = results.map((result) => {
    const costs = costsAt(result.model, result.workload, contexts)
    const perToken = (total: number, at: number): number =>
      total / contexts[at]! / result.workload.batch
    const attention = costs.map(({ flops }, at) => perToken(flops.prefill_by_kind.attention, at))
    const others = costs.map(({ flops }, at) =>
      perToken(flops.prefill - flops.prefill_by_kind.attention, at),
    )
    return { result, attention, others }
  })
  const series = curves.flatMap(({ result: { letter }, attention, others }): Series[] => [
    {
      id: `${letter}-attention`,
      label: `${letter} attention`,
      colour: `var(--${letter.toLowerCase()})`,
      dashed: true,
      values: attention,
    },
    {
      id: `${letter}-others`,
      label: `${letter} other`,
      colour: `var(--${letter.toLowerCase()})`,
      values: others,
    },
  ])
  const { result } = curves[0]!
  const crossing = firstAmong(contexts, (context) => {
    const { prefill, prefill_by_kind } = evaluate(result.model, {
      ...result.workload,
      context,
    }).flops
    return 2 * prefill_by_kind.attention > prefill
  })
  const finding =
    crossing === undefined
      ? `Attention stays the smaller part of the work of ${result.name} up to ${writeContext(contexts.at(-1)!)}`
      : `From ${formatExact(crossing)} tokens on attention is most of the work of ${result.name}`
  return (
    <Lines
      finding={finding}
      name="Prefill work per token against context"
      axis={{ label: 'Context', places: contexts, write: writeContext }}
      series={series}
      write={(value) => written(value, 'FLOP', manner)}
      now={result.workload.context}
      onMove={(context) => dispatch({ kind: 'workload', set: { context } })}
    />
  )
}
