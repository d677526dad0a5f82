/** Roofline: work a second against work for each byte read; a decode step stands on the roof of its device, the further right the larger its batch. */
import { firstAmong } from '../../engine/ask/bisect.ts'
import { evaluate } from '../../engine/evaluate.ts'
import { devices, findDevice, type Device } from '../../engine/hardware.ts'
import { formatBytes, formatExact, formatShort, formatSi } from '../../engine/numbers.ts'
import type { Evaluated } from '../models/evaluated.ts'
import { useDispatch, useResults, useSession } from '../state/store.tsx'
import type { ChartCell, ChartTable } from './chart-table.ts'
import styles from './frame.module.css'
import { Lines } from './lines.tsx'
import type { Series } from './series.ts'
import { rooflineValues } from './scenario.ts'

const powers = Array.from({ length: 11 }, (_, power) => 2 ** power)

export function Speed() {
  const results = useResults().filter(({ cost }) => cost.flops.decode !== null)
  const { device: name } = useSession().chart
  const dispatch = useDispatch()
  const device = findDevice(name)
  const [first] = results
  if (!first) return <p>An encoder decodes nothing.</p>
  const { batch: present } = first.workload
  const batches = [...new Set([...powers, present])].toSorted((a, b) => a - b)
  const steps = results.map((result) => batches.map((batch) => limitOf(result, batch, device)))
  const points = steps.map((all) => all.filter(({ fits }) => fits))
  const places = placesOf(points.flat(), device)
  const roof: Series = {
    id: 'roof',
    label: `Roof of ${name}`,
    colour: 'var(--soft)',
    values: places.map((intensity) => Math.min(peakOf(device), intensity * device.bandwidth)),
  }
  const models = results.map((result, at): Series => {
    const own = places.map((place) => points[at]!.findLast(({ intensity }) => intensity === place))
    return {
      id: result.letter,
      label: results.length > 1 ? result.letter : result.name,
      colour: `var(--${result.letter.toLowerCase()})`,
      isPoints: true,
      values: own.map((limit) => limit?.rate ?? null),
      texts: own.map((limit) => (limit ? `batch ${limit.batch}, ${speed(limit.tokens)}` : null)),
    }
  })
  return (
    <Lines
      finding={findingOf(results, device)}
      name={`Roofline of ${name}`}
      axis={{ label: 'FLOP for each byte', places, write: (place) => String(Number(place.toPrecision(3))) }}
      series={[roof, ...models]}
      write={(value) => `${formatSi(value, 'FLOP')}/s`}
      now={points[0]!.find(({ batch }) => batch === present)?.intensity}
      table={tableOf(results, steps, batches, name)}
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
} // prettier-ignore

const speed = (tokens: number): string => `${formatShort(tokens)} tok/s`

const peakOf = ({ peak }: Device): number => peak['bf16'] ?? Math.max(...Object.values(peak))

/** Where steps stand, where the roof bends, and as far to both sides as shows what it is. */
function placesOf(points: readonly Limit[], device: Device): number[] {
  const bend = peakOf(device) / device.bandwidth
  const all = [...points.map(({ intensity }) => intensity), bend]
  return [...new Set([Math.min(...all) / 2, ...all, 4 * Math.max(...all)])].toSorted((a, b) => a - b)
} // prettier-ignore

const tableOf = (
  results: readonly Evaluated[],
  steps: readonly (readonly Limit[])[],
  batches: readonly number[],
  device: string,
): ChartTable => ({
  head: ['Batch', ...results.flatMap(({ letter }) => (results.length > 1 ? [`${letter}, at most`, `${letter}, FLOP a byte`] : ['At most', 'FLOP a byte']))],
  rows: batches.map((batch, at) => ({
    key: String(batch),
    label: String(batch),
    name: String(batch),
    cells: results.flatMap(({ letter }, place): ChartCell[] => {
      const { fits, tokens, intensity } = steps[place]![at]!
      if (!fits) return [none, none]
      const opens = { letter, quantity: `roofline.tokens_per_second at batch=${batch},device=${device}` }
      return [{ text: speed(tokens), value: tokens, opens }, { text: intensity.toPrecision(3), value: intensity }]
    }),
  })),
}) // prettier-ignore

/** Beyond what memory holds. */
const none: ChartCell = { text: '—', value: null }

/** What a step of the first model that fits waits for, as far as memory reaches. */
function findingOf(results: readonly Evaluated[], device: Device): string {
  const result = results.find((each) => limitOf(each, 1, device).fits)
  const who = results.length > 1 ? 'None of these models fits' : `${results[0]!.name} does not fit`
  if (!result)
    return `${who}, with one sequence, in the ${formatBytes(device.visible)} visible on one ${device.name}`
  const at = (batch: number): Limit => limitOf(result, batch, device)
  const { name } = result
  const beyond = firstAmong(powers, (batch) => !at(batch).fits)
  const last = beyond === undefined ? powers.at(-1)! : beyond - 1
  const bound = firstAmong(
    [...powers.filter((batch) => batch < last), last],
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
  batch: number
  /** FLOP for each byte that a step reads or writes. */
  intensity: number
  /** FLOP a second. */
  rate: number
  /** Tokens a second. */
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
  const step_flops = flops.decode ?? 0
  // As the roofline scenario takes them: of weights only what every batch must read.
  const step_bytes =
    (one.bytes_read.decode_weights ?? 0) +
    (bytes_read.decode_cache ?? 0) +
    (bytes_written.decode_states ?? 0)
  const values = rooflineValues({
    step_flops,
    step_bytes,
    tokens: batch,
    peak_flops: peakOf(device),
    bandwidth: device.bandwidth,
  })
  const [compute, memory] = [
    values['compute_seconds'] as number,
    values['memory_seconds'] as number,
  ]
  const held = weights.bytes + (cache?.bytes ?? 0)
  return {
    batch,
    intensity: step_flops / step_bytes,
    rate: step_flops / Math.max(compute, memory),
    tokens: values['tokens_per_second'] as number,
    by: compute > memory ? 'compute' : 'memory',
    fits: held <= device.visible,
  }
}
