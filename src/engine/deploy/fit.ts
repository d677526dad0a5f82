/** Whether a model fits on a deployment: what the fullest rank holds, how many sequences, how long, on how few devices. */
import { attempt, ArchcostError } from '../../architecture/errors.ts'
import { writeFormats } from '../../architecture/formats.ts'
import type { Model } from '../../architecture/model.ts'
import { formatExact } from '../numbers.ts'
import type { Mark, Workload } from '../types.ts'
import type { Parts } from './cache-layers.ts'
import { completeDeployment, type CompleteDeployment, type Deployment } from './complete.ts'
import type { Device } from '../hardware.ts'
import { rankParts, type RankPart } from './rank-parts.ts'
import { marksOf } from './runtime.ts'
import { rankStates, roomOf, type RankState, type Room } from './room.ts'

/** Bytes of one rank, the fullest. */
export interface PerRank {
  weights: number
  /** At the context given, without states. */
  cache_per_sequence: number
  states_per_sequence: number
  /** What a step computes with. */
  working: number
  /** Context of the driver, communication, graphs. */
  reserve: number
  /** Of the memory that is visible, what the runtime takes, before weights. */
  available: number
  /** What is left beside all of this for the batch; negative where it does not fit. */
  headroom: number
}

export interface Fit {
  name: string
  deployment: Deployment
  per_rank: PerRank
  /** What the weights and the cache of that rank consist of: what each part is cut by, and where the same bytes stand too. */
  per_rank_parts: readonly RankPart[]
  /** Of one uncut copy. */
  total: { weights: number; cache_per_sequence: number }
  fits: boolean
  /** Sequences of the whole deployment at the context; null where nothing is kept of a sequence. */
  max_batch: number | null
  /** Tokens of each sequence of the batch; null where no length is too long. */
  max_context: number | null
  /** Tokens of cache that fit, sequence after sequence, the last one in part. */
  max_tokens: number | null
  /** Null where it fits on no number of them that was tried. */
  min_devices: number | null
  /** What one rank holds for the batch at the context. */
  runtime_cache: {
    bytes: number
    parts: Partial<Parts>
    /** Tokens and bytes of a block, where the runtime keeps caches in blocks. */
    block_tokens: number | null
    block_bytes: number | null
    /** Groups of layers that take blocks: the bytes that one fills of a block, and the blocks of a sequence. */
    groups: readonly { bytes: number; blocks: number }[]
  }
  /** What kind of claim each number is. */
  marks: Readonly<Record<string, Mark>>
  /** Relative, where it was measured. */
  errors: Readonly<Record<string, number>>
  notes: readonly string[]
}

/**
 * @param document as a person writes it; checked here
 * @throws ArchcostError `invalid_deployment` on what cannot be, `invalid_workload`
 */
export function fit(
  model: Model,
  document: unknown,
  given: Partial<Workload> = {},
  own?: Device,
): Fit {
  const open = openFit(model, document, given, own)
  const { deployed, room } = open
  const longest = open.max_context()
  const { weights, cache: cache_per_sequence, states: states_per_sequence, working, reserve, available } = room // prettier-ignore
  return {
    name: model.architecture.name,
    deployment: deployed.said,
    per_rank: {
      weights, cache_per_sequence, states_per_sequence, working, reserve, available,
      headroom: room.free - room.held,
    },
    per_rank_parts: rankParts(room, deployed),
    total: open.total(),
    fits: room.fits,
    max_batch: open.most()?.batch ?? null,
    max_context: longest,
    max_tokens: open.most()?.tokens ?? null,
    min_devices: open.min_devices(),
    runtime_cache: {
      bytes: room.held,
      parts: inUse(room.parts),
      block_tokens: room.blocks?.block_tokens ?? null,
      block_bytes: room.blocks?.block_bytes ?? null,
      groups: room.blocks?.groups ?? [],
    },
    ...claims(deployed),
    notes: [...deployed.notes, ...notesOn(model, deployed, longest, room)],
  } // prettier-ignore
}

/** A model on a deployment, of which each number is found when it is asked for. */
export interface OpenFit {
  deployed: CompleteDeployment
  room: Room
  most: () => { batch: number; tokens: number } | null
  max_context: () => number | null
  min_devices: () => number | null
  total: () => Fit['total']
}

/** @throws ArchcostError as `fit` */
export function openFit(
  model: Model,
  document: unknown,
  given: Partial<Workload> = {},
  own?: Device,
): OpenFit {
  const deployed = completeDeployment(model, document, given, own)
  const { context, batch } = deployed.workload
  const states = rankStates(model, deployed)
  const room = roomOf(states, deployed, context, batch)
  return {
    deployed,
    room,
    most: () => mostSequences(states, deployed, room.free_at),
    max_context: () => (room.per_sequence > 0 ? longestContext(states, deployed) : null),
    min_devices: () =>
      fewestDevices(model, document, given, own, deployed.parallel.devices, room.fits),
    total: () => {
      const one = uncut(deployed)
      const { weights_stored, cache } = roomOf(rankStates(model, one), one, context, 1)
      return { weights: weights_stored, cache_per_sequence: cache }
    },
  }
}

const inUse = (parts: Parts): Partial<Parts> =>
  Object.fromEntries(Object.entries(parts).filter(([, bytes]) => bytes > 0))

/** One copy on one rank without a runtime. */
const uncut = (deployed: CompleteDeployment): CompleteDeployment => ({
  ...deployed,
  runtime: null,
  chosen: {},
  parallel: { devices: 1, tp: 1, pp: 1, dp: 1, ep: 1, etp: 1, cp: 1, dp_attention: false, note: null },
}) // prettier-ignore

/** Sequences are added until the next does not fit. */
function mostSequences(
  states: readonly RankState[],
  deployed: CompleteDeployment,
  freeAt: (batch: number) => { free: number; per_sequence: number },
): { batch: number; tokens: number } | null {
  const { dp } = deployed.parallel
  const { context } = deployed.workload
  if (freeAt(1).per_sequence === 0) return null
  const fitsWith = (of_rank: number): boolean =>
    of_rank === 0 || roomOf(states, deployed, context, of_rank * dp).fits
  const of_rank = greatest(fitsWith, 0)
  const { free, per_sequence } = freeAt(Math.max(1, of_rank) * dp)
  return {
    batch: of_rank * dp,
    tokens: Math.max(0, Math.floor((free / per_sequence) * context) * dp),
  }
}

function longestContext(states: readonly RankState[], deployed: CompleteDeployment): number | null {
  const { batch } = deployed.workload
  const fitsAt = (context: number): boolean =>
    context === 0 || roomOf(states, deployed, context, batch).fits
  if (fitsAt(farthest)) return null
  return greatest(fitsAt, 0)
}

const farthest = 2 ** 40

/** The greatest whole number that holds, from one that does; if one does not, none above it does. */
function greatest(holds: (n: number) => boolean, from: number): number {
  let [low, step] = [from, 1]
  while (low + step < farthest && holds(low + step)) {
    low += step
    step *= 2
  }
  let high = low + step
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle
  }
  return low
}

/** The smallest legal degree among 1, 2, 4 and 8 ranks side by side, then 8 times more and more stages. */
function fewestDevices(
  model: Model,
  document: unknown,
  given: Partial<Workload>,
  own: Device | undefined,
  devices: number,
  fits: boolean,
): number | null {
  const said = document as Deployment
  const side = said.parallel?.dp_attention ? 'dp' : 'tp'
  const tries = [1, 2, 4, 8].map((count) => ({ [side]: count, pp: 1 }))
  for (let pp = 2; pp <= 64; pp *= 2) tries.push({ [side]: 8, pp })
  for (const degrees of tries) {
    const count = degrees[side]! * degrees.pp
    // Experts are cut as they are said to be where all ranks are there, and by themselves where not.
    const { dp_attention } = said.parallel ?? {}
    const trial = attempt(() => {
      const deployed = completeDeployment(
        model,
        {
          ...said,
          devices: count,
          parallel: { ...degrees, ...(dp_attention && degrees['dp'] !== 1 ? { dp_attention } : {}), ...(said.parallel?.ep ? { ep: degrees[side]! } : {}) },
        },
        given,
        own,
      ) // prettier-ignore
      const { context, batch } = deployed.workload
      return roomOf(rankStates(model, deployed), deployed, context, batch).fits
    })
    if (trial instanceof ArchcostError) continue
    if (trial) return count
  }
  return fits ? devices : null
}

/** What a number rests on is its mark. */
function claims({ runtime }: CompleteDeployment): Pick<Fit, 'marks' | 'errors'> {
  if (!runtime) {
    const marks = { weights: 'exact', cache_per_sequence: 'exact', available: 'exact', fits: 'exact', max_batch: 'exact', max_context: 'exact', max_tokens: 'exact' } as const // prettier-ignore
    return { marks, errors: {} }
  }
  const [weights, working, reserve, available] = (
    ['weights_added', 'working', 'reserve', 'available'] as const
  ).map((name) => marksOf(runtime, name)) as [Claim, Claim, Claim, Claim]
  const all = [weights, working, reserve, available]
  const rests = (['assumed', 'expected', 'bound'] as const).find((mark) => all.some((each) => each.mark === mark)) ?? 'exact' // prettier-ignore
  return {
    marks: {
      weights: weights.mark, cache_per_sequence: 'exact', working: working.mark, reserve: reserve.mark, available: available.mark,
      fits: rests, max_batch: rests, max_context: rests, max_tokens: rests, min_devices: rests,
    },
    errors: Object.fromEntries(
      Object.entries({ working, reserve }).flatMap(([name, { error }]) => (error === null ? [] : [[name, error]])),
    ),
  } // prettier-ignore
}
type Claim = ReturnType<typeof marksOf>

function notesOn(
  model: Model,
  { workload, parallel, runtime, formats_by_runtime }: CompleteDeployment,
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
  for (const [held, format] of formats_by_runtime)
    if (parts[held as keyof Parts] > 0)
      notes.push(`of the cache, ${held} is kept in ${format} by ${runtime!.title}`)
  if (!model.decoder) notes.push('an encoder keeps no cache: weights are all that it holds')
  if (unpaged && runtime)
    notes.push(`how ${runtime.name} pages such a cache is not known; it is taken without pages`)
  if (parallel.dp > 1 && !parallel.dp_attention)
    notes.push(`${parallel.dp} copies of the model share the sequences`)
  return notes
}
