/** The weights that a decode step reads, over the batch: where few active parameters stop being few bytes. */
import { firstAmong } from '../../engine/ask/bisect.ts'
import { evaluate } from '../../engine/evaluate.ts'
import { written } from '../results/show.ts'
import type { Evaluated } from '../models/evaluated.ts'
import type { Letter } from '../models/letters.ts'
import { useResults, useSession } from '../state/store.tsx'
import { dashOf } from './dashes.ts'
import { Lines } from './lines.tsx'

const batches = Array.from({ length: 11 }, (_, power) => 2 ** power)

export function Traffic() {
  const { bytes } = useSession()
  const results = useResults().filter(({ cost }) => cost.bytes_read.decode_weights !== null)
  const [first] = results
  if (!first) return <p>An encoder decodes nothing.</p>
  const readBy = ({ model, workload }: Evaluated, batch: number): number =>
    evaluate(model, { ...workload, batch }).bytes_read.decode_weights!
  const read = results.map((result) => batches.map((batch) => readBy(result, batch)))
  const one = read[0]![0]!
  const many = read[0]!.at(-1)!
  const manner = { bytes, flops_per_mac: 2 as const }
  const half = firstAmong(batches, (batch) => readBy(first, batch) > (one + many) / 2)
  return (
    <Lines
      finding={
        many > 1.01 * one
          ? `If routing is even, ${first.name} reads most of its experts from a batch of ${half} on: ${(many / one).toPrecision(3)} times the bytes of one sequence at ${batches.at(-1)}`
          : `${first.name} reads the same weights at every batch, but for a row of its table for each token`
      }
      name="Weights read in a decode step, over the batch"
      axis={{ label: 'Batch', places: batches, write: String }}
      series={results.map(({ letter, name }, at) => ({
        id: letter,
        label: results.length > 1 ? `${letter} ${name}` : name,
        colour: `var(--${letter.toLowerCase()})`,
        dash: dashOf[letter],
        values: read[at]!,
      }))}
      write={(value) => written(value, 'byte', manner)}
      now={first.workload.batch}
      opens={(id, batch) => ({
        letter: id as Letter,
        quantity: `bytes_read.decode_weights at batch=${batch}`,
      })}
    />
  )
}
