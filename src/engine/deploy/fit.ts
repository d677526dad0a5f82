/** Whether a model fits on a deployment: what the fullest rank holds, how many sequences, how long, on how few devices. */
import { checkDeployment } from '../../architecture/deployment.ts'
import type { Model } from '../../architecture/model.ts'
import type { Workload } from '../types.ts'
import type { Parts } from './cache-layers.ts'
import type { Deployment } from './complete.ts'
import type { Device } from '../hardware.ts'
import { claims, notesOn, type Claims } from './claims.ts'
import { noteOnLimit } from './limiting.ts'
import { leastTime, type LeastTime } from './least-time.ts'
import { openFit } from './open-fit.ts'
import { rankParts, type RankPart } from './rank-parts.ts'

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

export interface Fit extends Claims {
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
  /** Seconds that all devices together need at least; null where peaks or bandwidth of the device are not known. */
  at_least: LeastTime | null
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
  const open = openFit(model, checkDeployment(document), given, own)
  const { deployed, room } = open
  const longest = open.max_context()
  const most = open.most()
  const { weights, cache: cache_per_sequence, states: states_per_sequence, working, reserve, available } = room // prettier-ignore
  return {
    name: model.architecture.name,
    deployment: deployed.said,
    per_rank: {
      weights, cache_per_sequence, states_per_sequence, working, reserve, available,
      headroom: room.headroom,
    },
    per_rank_parts: rankParts(room, deployed),
    total: open.total(),
    fits: room.fits,
    max_batch: most?.batch ?? null,
    max_context: longest,
    max_tokens: most?.tokens ?? null,
    min_devices: open.min_devices(),
    runtime_cache: {
      bytes: room.held,
      parts: inUse(room.parts),
      block_tokens: room.blocks?.block_tokens ?? null,
      block_bytes: room.blocks?.block_bytes ?? null,
      groups: room.blocks?.groups ?? [],
    },
    at_least: leastTime(model, deployed),
    ...claims(deployed),
    notes: [...deployed.notes, ...notesOn(model, deployed, longest, room), ...noteOnLimit(open, most?.batch ?? null)],
  } // prettier-ignore
}

const inUse = (parts: Parts): Partial<Parts> =>
  Object.fromEntries(Object.entries(parts).filter(([, bytes]) => bytes > 0))
