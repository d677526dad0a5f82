/** Roofline: the most tokens a second that FLOPs and bytes of a decode step allow on a device, over the batch. */
import { useState } from 'react'
import { evaluate } from '../../engine/evaluate.ts'
import { devices } from '../../engine/hardware.ts'
import { formatShort } from '../../engine/numbers.ts'
import type { Evaluated } from '../models/evaluated.ts'
import type { Letter } from '../state/session.ts'
import { useResults } from '../state/store.tsx'
import { dashOf } from './dashes.ts'
import styles from './frame.module.css'
import { Lines } from './lines.tsx'
import { rooflineValues } from './scenario.ts'

const batches = Array.from({ length: 11 }, (_, power) => 2 ** power)

export function Speed() {
  const results = useResults().filter(({ cost }) => cost.flops.decode !== null)
  const [name, setName] = useState('NVIDIA H100 SXM')
  const device = devices.find((each) => each.name === name)!
  const [first] = results
  if (!first) return <p>An encoder decodes nothing.</p>
  // The peak of sixteen-bit products, the widest format that all devices have.
  const peak = device.peak['bf16'] ?? Math.max(...Object.values(device.peak))
  const limits = results.map((result) =>
    batches.map((batch) => limitOf(result, batch, peak, device.bandwidth)),
  )
  const bound = batches.find((_, at) => limits[0]![at]!.by === 'compute')
  return (
    <Lines
      finding={
        bound === undefined
          ? `${first.name} waits for memory at every batch up to ${batches.at(-1)}`
          : `${first.name} waits for memory up to a batch of ${bound / 2}, for FLOPs from ${bound}`
      }
      name={`Tokens a second on ${name}, at most`}
      axis={{ label: 'Batch', places: batches, write: String }}
      series={results.map(({ letter, name: model }, at) => ({
        id: letter,
        label: results.length > 1 ? `${letter} ${model}` : model,
        colour: `var(--${letter.toLowerCase()})`,
        dash: dashOf[letter],
        values: limits[at]!.map(({ tokens }) => tokens),
      }))}
      write={(value) => `${formatShort(value)} tok/s`}
      now={first.workload.batch}
      opens={(id, batch) => ({
        letter: id as Letter,
        quantity: `roofline.tokens_per_second at batch=${batch},device=${name}`,
      })}
      controls={
        <select
          aria-label="Device"
          className={styles['choice']}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        >
          {devices.map((each) => (
            <option key={each.name}>{each.name}</option>
          ))}
        </select>
      }
    />
  )
}

interface Limit {
  tokens: number
  by: 'memory' | 'compute'
}

function limitOf(
  { model, workload }: Evaluated,
  batch: number,
  peak: number,
  bandwidth: number,
): Limit {
  const { flops, bytes_read } = evaluate(model, { ...workload, batch })
  const values = rooflineValues({
    step_flops: flops.decode ?? 0,
    step_bytes: (bytes_read.decode_weights ?? 0) + (bytes_read.decode_cache ?? 0),
    tokens: batch,
    peak_flops: peak,
    bandwidth,
  })
  const by =
    (values['compute_seconds'] as number) > (values['memory_seconds'] as number)
      ? 'compute'
      : 'memory'
  return { tokens: values['tokens_per_second'] as number, by }
}
