/** Rotary wavelengths per pair of dimensions, for each kind of layer that turns queries and keys. */
import { rotary } from '../../engine/explanations.ts'
import { formatShort } from '../../engine/numbers.ts'
import { useResults } from '../state/store.tsx'
import { Lines, type Series } from './lines.tsx'

export function Rotary() {
  const results = useResults()
  const turned = results.map((result) => ({
    result,
    entries: rotary(result.model, result.workload) ?? [],
  }))
  const series = turned.flatMap(({ result: { letter }, entries }) =>
    entries.map(({ layers, inv_freq }, place): Series => ({
      id: `${letter}-${place}`,
      label: entries.length > 1 ? `${letter} ${layers.replace('_attention', '')}` : letter,
      colour: `var(--${letter.toLowerCase()})`,
      dashed: place > 0,
      // A frequency of 0 never turns.
      values: inv_freq.map((frequency) => (frequency === 0 ? null : (2 * Math.PI) / frequency)),
    })),
  )
  if (series.length === 0) return <p>No layer of these models turns queries and keys.</p>
  const pairs = Math.max(...series.map(({ values }) => values.length))
  const places = Array.from({ length: pairs }, (_, pair) => pair)
  const { result, entries } = turned.find((each) => each.entries.length > 0)!
  const { max_context } = result.model.architecture
  const longer = entries[0]!.inv_freq.filter(
    (frequency) => 2 * Math.PI > frequency * max_context,
  ).length
  return (
    <Lines
      finding={`${longer} of ${entries[0]!.inv_freq.length} pairs of dimensions of ${result.name} never make a full turn in its context`}
      name="Rotary wavelengths"
      axis={{ label: 'Pair of dimensions', places, write: String, log: false }}
      series={series}
      write={formatShort}
      levels={[{ label: `context of ${result.name}`, value: max_context }]}
    />
  )
}
