/** The quantities the page lists, grouped: where each stands in a cost, its words, and what it counts. */
import type { Cost, Kind, Role } from '../../engine/index.ts'
import type { Holder } from '../state/session.ts'
import type { Counted } from './show.ts'

export interface Quantity {
  /** Its address in a cost, by which derivations know it: `params.total`. */
  id: string
  label: string
  counted: Counted
  of: (cost: Cost) => number | null
  /** A part of the one above it. */
  part?: true
  about?: string
}

export interface QuantityGroup {
  id: string
  title: string
  rows: readonly Quantity[]
}

const roleWords: Record<Role, string> = {
  embedding: 'Embedding',
  position: 'Positions',
  attention: 'Attention',
  ffn: 'Feed-forward',
  experts: 'Routed experts',
  shared_experts: 'Shared experts',
  router: 'Router',
  norm: 'Norms',
  state: 'State spaces',
  head: 'Output head',
  other: 'Other',
}

export const roles = Object.keys(roleWords) as Role[]
export const roleWord = (role: Role): string => roleWords[role]

const kindWords: Record<Kind, string> = {
  linear: 'Linear layers',
  experts: 'Routed experts',
  attention: 'Attention',
  convolution: 'Convolutions',
  scan: 'Scans',
}

export const kinds = Object.keys(kindWords) as Kind[]
export const kindWord = (kind: Kind): string => kindWords[kind]

export const holderWords: Record<Holder, { title: string; about: string }> = {
  architecture: { title: 'Architecture', about: 'What must be held, whatever runs it.' },
  transformers: { title: 'transformers', about: 'What the transformers library allocates.' },
  unified_pages: {
    title: 'Unified pages',
    about: 'A paged runtime that gives every attention layer the whole length.',
  },
  expanded_latent: {
    title: 'Expanded latents',
    about: 'Keys and values rebuilt from latents and kept.',
  },
}

export const cacheOf = (cost: Cost, holder: Holder): number | null => {
  if (cost.cache === null) return null
  return holder === 'architecture' ? cost.cache.bytes : cost.cache.by_runtime[holder]
}

export const cacheAddress = (holder: Holder): string =>
  holder === 'architecture' ? 'cache.bytes' : `cache.by_runtime.${holder}`

export const quantityGroups: readonly QuantityGroup[] = [
  {
    id: 'params',
    title: 'Parameters',
    rows: [
      { id: 'params.total', label: 'Total', counted: 'parameter', of: (c) => c.params.total },
      ...roles.map((role): Quantity => ({
        id: `params.by_role.${role}`,
        label: roleWord(role),
        counted: 'parameter',
        of: (c) => c.params.by_role[role],
        part: true,
      })),
      {
        id: 'params.non_embedding',
        label: 'Without embedding and head',
        counted: 'parameter',
        of: (c) => c.params.non_embedding,
      },
    ],
  },
  {
    id: 'active',
    title: 'Active parameters',
    rows: [
      {
        id: 'params.active',
        label: 'Used by one token',
        counted: 'parameter',
        of: (c) => c.params.active,
        about: 'Total minus the routed experts that a token does not visit.',
      },
      {
        id: 'params.active_without_embedding',
        label: 'Without the input table',
        counted: 'parameter',
        of: (c) => c.params.active_without_embedding,
        about: 'The table counts where it is the head as well.',
      },
      {
        id: 'params.active_non_embedding',
        label: 'Without embedding and head',
        counted: 'parameter',
        of: (c) => c.params.active_non_embedding,
      },
    ],
  },
  {
    id: 'prefill',
    title: 'Prefill',
    rows: [
      { id: 'flops.prefill', label: 'All tokens', counted: 'FLOP', of: (c) => c.flops.prefill },
      ...kinds.map((kind): Quantity => ({
        id: `flops.prefill_by_kind.${kind}`,
        label: kindWord(kind),
        counted: 'FLOP',
        of: (c) => c.flops.prefill_by_kind[kind],
        part: true,
      })),
      {
        id: 'flops.elementwise_prefill',
        label: 'Elementwise, beside these',
        counted: 'FLOP',
        of: (c) => c.flops.elementwise_prefill,
        about: 'Norms, softmax, activations and rotations.',
      },
      {
        id: 'activation_bytes',
        label: 'Activations for a backward pass',
        counted: 'byte',
        of: (c) => c.activation_bytes,
      },
    ],
  },
  {
    id: 'decode',
    title: 'One decode step',
    rows: [
      { id: 'flops.decode', label: 'One token', counted: 'FLOP', of: (c) => c.flops.decode },
      ...kinds.map((kind): Quantity => ({
        id: `flops.decode_by_kind.${kind}`,
        label: kindWord(kind),
        counted: 'FLOP',
        of: (c) => c.flops.decode_by_kind?.[kind] ?? null,
        part: true,
      })),
      {
        id: 'flops.elementwise_decode',
        label: 'Elementwise, beside these',
        counted: 'FLOP',
        of: (c) => c.flops.elementwise_decode,
      },
      {
        id: 'bytes_read.decode_weights',
        label: 'Weights read',
        counted: 'byte',
        of: (c) => c.bytes_read.decode_weights,
        about: 'Of routed experts, the distinct ones that the batch is expected to touch.',
      },
      {
        id: 'bytes_read.decode_cache',
        label: 'Cache read',
        counted: 'byte',
        of: (c) => c.bytes_read.decode_cache,
      },
    ],
  },
  {
    id: 'cache',
    title: 'Cache',
    rows: [
      {
        id: 'cache.bytes',
        label: 'Must be held',
        counted: 'byte',
        of: (c) => cacheOf(c, 'architecture'),
      },
      {
        id: 'cache.growing',
        label: 'Grows with the context',
        counted: 'byte',
        of: (c) => c.cache?.growing ?? null,
        part: true,
      },
      {
        id: 'cache.bounded',
        label: 'Bounded by windows',
        counted: 'byte',
        of: (c) => c.cache?.bounded ?? null,
        part: true,
      },
      {
        id: 'cache.fixed',
        label: 'Fixed',
        counted: 'byte',
        of: (c) => c.cache?.fixed ?? null,
        part: true,
      },
      {
        id: 'cache.by_runtime.transformers',
        label: 'Held by transformers',
        counted: 'byte',
        of: (c) => cacheOf(c, 'transformers'),
      },
      {
        id: 'cache.by_runtime.unified_pages',
        label: 'Held in unified pages',
        counted: 'byte',
        of: (c) => cacheOf(c, 'unified_pages'),
      },
      {
        id: 'cache.by_runtime.expanded_latent',
        label: 'Held with latents expanded',
        counted: 'byte',
        of: (c) => cacheOf(c, 'expanded_latent'),
      },
    ],
  },
]

const byId = new Map(
  quantityGroups.flatMap(({ title, rows }) =>
    rows.map((row) => [row.id, { ...row, group: title }]),
  ),
)

/** The quantity of that address, with the title of its group. */
export const quantityOf = (id: string): (Quantity & { group: string }) | undefined => byId.get(id)
