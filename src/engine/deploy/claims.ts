/** What kind of claim each number of a fit is, and what is to be said beside them. */
import { formatName, writeFormats } from '../../architecture/formats.ts'
import type { Model } from '../../architecture/model.ts'
import { formatExact } from '../numbers.ts'
import { placements } from '../placements.ts'
import type { Mark } from '../types.ts'
import type { CacheFormats } from './cache-formats.ts'
import type { CompleteDeployment } from './complete.ts'
import type { Room } from './room.ts'
import { marksOf } from './runtime.ts'
import { isCutInExperts } from './shares.ts'

export interface Claims {
  /** What kind of claim each number is. */
  marks: Readonly<Record<string, Mark>>
  /** Relative, where it was measured. */
  errors: Readonly<Record<string, number>>
}

/** From the weakest: a number is no better than what it rests on. */
const weakness: readonly Mark[] = ['assumed', 'expected', 'bound', 'exact']
const weakest = (...marks: readonly Mark[]): Mark => weakness.find((mark) => marks.includes(mark))!

const plain: Claim = { mark: 'exact', error: null }

/** What a number rests on is its mark. */
export function claims({ runtime, device }: CompleteDeployment): Claims {
  const ofDevice = (figure: string): Mark =>
    device.assumed?.includes(figure) ? 'assumed' : 'exact'
  const asked = ['weights_added', 'working', 'reserve', 'available'] as const
  const [weights, working, reserve, taken] = asked.map((name) =>
    runtime ? marksOf(runtime, name) : plain,
  ) as [Claim, Claim, Claim, Claim]
  const available = weakest(taken.mark, ofDevice('visible'))
  const rests = weakest(weights.mark, working.mark, reserve.mark, available)
  return {
    marks: {
      weights: weights.mark,
      cache_per_sequence: 'exact',
      ...(runtime && { working: working.mark, reserve: reserve.mark }),
      available,
      fits: rests,
      max_batch: rests,
      max_context: rests,
      max_tokens: rests,
      min_devices: rests,
      at_least: weakest('bound', ofDevice('peak'), ofDevice('bandwidth')),
    },
    errors: Object.fromEntries(
      Object.entries({ working, reserve }).flatMap(([name, { error }]) =>
        error === null ? [] : [[name, error]],
      ),
    ),
  }
}
type Claim = ReturnType<typeof marksOf>

export function notesOn(
  model: Model,
  { workload, parallel, runtime, cache }: CompleteDeployment,
  longest: number | null,
  { unpaged, parts }: Room,
): string[] {
  const { max_context } = model.architecture
  const notes = [`weights in ${writeFormats(workload.weights)}`]
  if (longest !== null && longest > max_context)
    notes.push(`a context beyond ${formatExact(max_context)} is more than the model is made for`)
  if (workload.context > max_context)
    notes.push(
      `the context of ${formatExact(workload.context)} is beyond the ${formatExact(max_context)} that the model is made for`,
    )
  notes.push(...keptIn(cache, parts, runtime))
  if (parallel.ep > 1 && !placements(model).some(({ block }) => isCutInExperts(block)))
    notes.push(`there are no experts that ep ${parallel.ep} could share out`)
  if (!model.decoder) notes.push('an encoder keeps no cache: weights are all that it holds')
  if (unpaged && runtime)
    notes.push(`how ${runtime.name} pages such a cache is not known; it is taken without pages`)
  if (parallel.dp > 1 && !parallel.dp_attention)
    notes.push(`${parallel.dp} copies of the model share the sequences`)
  return notes
}

/** Formats that nobody chose: the model asks for them, or the runtime takes them. */
function keptIn(
  { by_runtime, states_as_asked, formats }: CacheFormats,
  parts: Room['parts'],
  runtime: CompleteDeployment['runtime'],
): string[] {
  const chosen = by_runtime.filter(([held]) => parts[held] > 0)
  const names = [...new Set(chosen.map(([, format]) => format))]
  const asked = states_as_asked && parts.state > 0
  return [
    ...(asked ? [`states in ${formatName(formats.state)}, as the model asks`] : []),
    ...names.map((name) => {
      const held = chosen.flatMap(([each, format]) => (format === name ? [each] : []))
      const what = held.map((each) => each.replaceAll('_', ' ')).join(' and ')
      return `of the cache, ${what} ${held.length > 1 ? 'are' : 'is'} kept in ${name} by ${runtime!.title}`
    }),
  ]
}
