/** Roofline: the most tokens a second that FLOPs and bytes of a decode step allow on a device, over the batch that fits. */
import { firstAmong } from '../../engine/ask/compare/first-of.ts'
import { evaluate } from '../../engine/evaluate.ts'
import { devices, findDevice, type Device } from '../../engine/hardware.ts'
import { formatBytes, formatExact, formatShort } from '../../engine/numbers.ts'
import type { Evaluated } from '../models/evaluated.ts'
import type { Letter } from '../models/letters.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import { dashOf } from './dashes.ts'
import styles from './frame.module.css'
import { Lines } from './lines.tsx'
import { rooflineValues } from './scenario.ts'

const batches = Array.from({ length: 11 }, (_, power) => 2 ** power)

export function Speed() {
  const results = useResults().filter(({ cost }) => cost.flops.decode !== null)
  const { device: name } = useSession().chart
  const dispatch = useDispatch()
  const device = findDevice(name)
  const [first] = results
  if (!first) return <p>An encoder decodes nothing.</p>
  return (
    <Lines
      finding={findingOf(first, device)}
      name={`Tokens a second on ${name}, at most`}
      axis={{ label: 'Batch', places: batches, write: String }}
      series={results.map((result) => ({
        id: result.letter,
        label: results.length > 1 ? `${result.letter} ${result.name}` : result.name,
        colour: `var(--${result.letter.toLowerCase()})`,
        dash: dashOf[result.letter],
        values: batches.map((batch) => {
          const limit = limitOf(result, batch, device)
          return limit.fits ? limit.tokens : null
        }),
      }))}
      write={(value) => `${formatShort(value)} tok/s`}
      now={first.workload.batch}
      opens={(id, batch) => ({
        letter: id as Letter,
        quantity: `roofline.tokens_per_second at batch=${batch},device=${name}`,
      })}
      controls={
        <select
          aria-label="Device of the roofline"
          className={styles['choice']}
          value={name}
          onChange={(event) =>
            dispatch({ kind: 'chart', set: { device: event.currentTarget.value } })
          }
        >
          {devices.map((each) => (
            <option key={each.name}>{each.name}</option>
          ))}
        </select>
      }
    />
  )
}

/** What a step waits for, as far as memory reaches. */
function findingOf(result: Evaluated, device: Device): string {
  const at = (batch: number): Limit => limitOf(result, batch, device)
  const { name } = result
  const share = `${formatBytes(device.visible)} that are visible of one ${device.name}`
  if (!at(1).fits) return `${name} does not fit beside one sequence into the ${share}`
  const beyond = firstAmong(batches, (batch) => !at(batch).fits)
  const last = beyond === undefined ? batches.at(-1)! : beyond - 1
  const bound = firstAmong(
    [...batches.filter((batch) => batch < last), last],
    (batch) => at(batch).by === 'compute',
  )
  const waits =
    bound === undefined
      ? `${name} waits for memory at every batch`
      : bound === 1
        ? `${name} waits for FLOPs at every batch`
        : `${name} waits for memory up to a batch of ${formatExact(bound - 1)}, for FLOPs from ${formatExact(bound)}`
  return beyond === undefined
    ? `${waits}${bound === undefined || bound === 1 ? ` up to ${formatExact(last)}` : ''}`
    : `${waits}; ${formatExact(last)} ${last === 1 ? 'sequence fits' : 'sequences fit'}`
}

interface Limit {
  tokens: number
  by: 'memory' | 'compute'
  /** Whether weights and caches are within the memory that may be used. */
  fits: boolean
}

function limitOf({ model, workload }: Evaluated, batch: number, device: Device): Limit {
  const { weights, flops, bytes_read, bytes_written, cache } = evaluate(model, {
    ...workload,
    batch,
  })
  const one = evaluate(model, { ...workload, batch: 1 })
  const values = rooflineValues({
    step_flops: flops.decode ?? 0,
    // As the roofline scenario takes them: of weights only what every batch must read.
    step_bytes:
      (one.bytes_read.decode_weights ?? 0) +
      (bytes_read.decode_cache ?? 0) +
      (bytes_written.decode_states ?? 0),
    tokens: batch,
    peak_flops: device.peak['bf16'] ?? Math.max(...Object.values(device.peak)),
    bandwidth: device.bandwidth,
  })
  const [compute, memory] = [
    values['compute_seconds'] as number,
    values['memory_seconds'] as number,
  ]
  const held = weights.bytes + (cache?.bytes ?? 0)
  return {
    tokens: values['tokens_per_second'] as number,
    by: compute > memory ? 'compute' : 'memory',
    fits: held <= device.visible,
  }
}
