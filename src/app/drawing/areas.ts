/** What area may mean: of each question its words, and how much of it each part of a model has. */
import type { Cost } from '../../engine/index.ts'
import type { Counted } from '../results/show.ts'
import type { MeasureName } from '../state/session.ts'

/** How much of the answer of a block its experts have, where it has any. */
export interface ExpertShares {
  routed: number
  shared: number
  /** What the rest is, which no total tells apart further. */
  rest: string
}

export interface Area {
  id: MeasureName
  title: string
  counted: Counted
  /** Whether only what a pass touches has area, rather than all that is stored. */
  work: boolean
  /** Whether it is asked of decode steps alone. */
  ofSteps?: true
  /** The total that the amounts of all parts add up to, beside those of towers. */
  total: string
  of: (cost: Cost) => number
  experts: (cost: Cost) => ExpertShares
  /** Which answer of a block is opened by a press. */
  asks: (cost: Cost) => string
}

const none: ExpertShares = { routed: 0, shared: 0, rest: 'Router' }

/** FLOPs are told apart by kind: what is not routed is the router's and the shared experts' together. */
function byKind(cost: Cost, whole: number, routed: number): ExpertShares {
  const hasShared = cost.params.by_role.shared_experts > 0
  return { ...none, routed, shared: hasShared ? whole - routed : 0 }
}

export const areas: readonly Area[] = [
  {
    id: 'params',
    title: 'Parameters',
    counted: 'parameter',
    work: false,
    total: 'params.total',
    of: ({ params }) => params.whole?.total ?? params.total,
    experts: ({ params: { by_role } }) => ({
      ...none,
      routed: by_role.experts,
      shared: by_role.shared_experts,
    }),
    asks: () => 'params',
  },
  {
    id: 'active',
    title: 'Active',
    counted: 'parameter',
    work: true,
    total: 'params.active',
    of: ({ params }) => params.active,
    experts: ({ params: { total, active, by_role } }) => ({
      ...none,
      routed: by_role.experts - (total - active),
      shared: by_role.shared_experts,
    }),
    asks: () => 'active_params',
  },
  {
    id: 'decode',
    title: 'Decode FLOPs',
    counted: 'FLOP',
    work: true,
    ofSteps: true,
    total: 'flops.decode',
    of: ({ flops }) => flops.decode ?? 0,
    experts: (cost) =>
      byKind(cost, cost.flops.decode ?? 0, cost.flops.decode_by_kind?.experts ?? 0),
    asks: () => 'flops',
  },
  {
    id: 'prefill',
    title: 'Prefill FLOPs',
    counted: 'FLOP',
    work: true,
    total: 'flops.prefill',
    of: ({ flops }) => flops.prefill,
    experts: (cost) => byKind(cost, cost.flops.prefill, cost.flops.prefill_by_kind.experts),
    asks: () => 'flops@prefill',
  },
  {
    id: 'read',
    title: 'Bytes read',
    counted: 'byte',
    work: true,
    ofSteps: true,
    total: 'bytes_read.decode',
    of: ({ bytes_read }) => bytes_read.decode ?? 0,
    experts: ({ bytes_read: { decode_weights_by_role: read } }) => ({
      routed: read?.experts ?? 0,
      shared: read?.shared_experts ?? 0,
      rest: 'Router and biases',
    }),
    asks: ({ bytes_read: { decode_weights, decode_cache } }) =>
      (decode_cache ?? 0) > (decode_weights ?? 0) ? 'cache_read_bytes' : 'weights_read',
  },
  {
    id: 'cache',
    title: 'KV cache',
    counted: 'byte',
    work: false,
    ofSteps: true,
    total: 'cache.bytes',
    of: ({ cache }) => cache?.bytes ?? 0,
    experts: () => none,
    asks: () => 'cache_bytes',
  },
]

/** The one that is chosen; what else charts may have chosen, such as a total, means parameters. */
export const areaOf = (id: string): Area => areas.find((area) => area.id === id) ?? areas[0]!
