/** The rows of the cost table: which numbers, in which order, under which words. */
import { formatBytes, formatExact, formatShort, formatSi } from '../engine/numbers.ts'
import type { FormatRole, Kind, Role } from '../engine/types.ts'
import type { CostReport } from './cost-report.ts'

export interface CostRow {
  label: string
  /** null where it does not apply to a model, as a cache to an encoder. */
  values: readonly (number | null)[]
  short: (value: number) => string
  /** What the value above is made of, or counted otherwise. */
  parts: readonly CostRow[]
}
export interface CostSection {
  title: string
  rows: readonly CostRow[]
}

const bytes = (value: number): string => `${formatBytes(value)} = ${formatBytes(value, 'GiB')}`
const flop = (value: number): string => formatSi(value, 'FLOP')

const roles: Record<Role, string> = {
  embedding: 'token embedding',
  position: 'positions',
  attention: 'attention',
  ffn: 'feed-forward',
  experts: 'experts',
  shared_experts: 'shared experts',
  router: 'router',
  norm: 'norms',
  state: 'state mixers',
  head: 'output head',
  other: 'other',
}
const formatRoles: Record<FormatRole, string> = {
  ...roles,
  unquantised: 'biases and others that quantisers leave',
}
const kinds: Record<Kind, string> = {
  linear: 'linear',
  experts: 'experts',
  attention: 'attention',
  convolution: 'convolution',
  scan: 'scan',
}

type Pick = (report: CostReport) => number | null | undefined

/** The rows for some models side by side; what is nothing in all of them is left out of parts. */
export function costSections(reports: readonly CostReport[]): CostSection[] {
  const row = (
    label: string,
    short: (value: number) => string,
    pick: Pick,
    parts: Readonly<Record<string, Pick>> = {},
  ): CostRow => ({
    label,
    values: reports.map((report) => pick(report) ?? null),
    short,
    parts: Object.entries(parts)
      .map(([name, each]) => row(name, short, each))
      .filter(({ values }) => values.some((value) => value)),
  })
  const cache = row('what the architecture must keep', bytes, (report) => report.cache?.bytes, {
    'growing with the context': (report) => report.cache?.growing,
    'bounded by windows': (report) => report.cache?.bounded,
    fixed: (report) => report.cache?.fixed,
  })
  const heldBy = (label: string, runtime: Runtime): CostRow =>
    row(label, bytes, (report) => report.cache?.by_runtime[runtime])
  const otherwise = [
    heldBy('as transformers holds it', 'transformers'),
    heldBy('in unified pages', 'unified_pages'),
    heldBy('with latents expanded', 'expanded_latent'),
  ].filter(({ values }) => values.some((value, place) => value !== cache.values[place]))

  const contexts = reports.map(({ workload }) => workload.context)
  const same = contexts.every((context) => context === contexts[0])
  const tokens = same ? `${formatExact(contexts[0]!)} tokens` : 'the context'
  return [
    ...(same
      ? []
      : [
          {
            title: 'Workload',
            rows: [row('context', formatExact, (report) => report.workload.context)],
          },
        ]),
    {
      title: 'Parameters',
      rows: [
        row(
          'total',
          formatShort,
          ({ params }) => params.total,
          byClass(
            roles,
            (role) =>
              ({ params }) =>
                params.by_role[role],
          ),
        ),
        row('active for a token', formatShort, ({ params }) => params.active, {
          'without the embedding': ({ params }) => params.active_without_embedding,
          'without embedding and head': ({ params }) => params.active_non_embedding,
        }),
        row('total without embedding and head', formatShort, ({ params }) => params.non_embedding),
      ],
    },
    {
      title: 'FLOPs',
      rows: [
        row(
          `prefill of ${tokens}`,
          flop,
          ({ flops }) => flops.prefill,
          byClass(
            kinds,
            (kind) =>
              ({ flops }) =>
                flops.prefill_by_kind[kind],
          ),
        ),
        row(
          `decode of the token that sees ${tokens}`,
          flop,
          ({ flops }) => flops.decode,
          byClass(
            kinds,
            (kind) =>
              ({ flops }) =>
                flops.decode_by_kind?.[kind],
          ),
        ),
        row('elementwise in the prefill, beside', flop, ({ flops }) => flops.elementwise_prefill),
      ],
    },
    {
      title: 'Bytes that decode step reads',
      rows: [
        row('weights', bytes, ({ bytes_read }) => bytes_read.decode_weights),
        row('cache', bytes, ({ bytes_read }) => bytes_read.decode_cache),
      ],
    },
    {
      title: 'Bytes of weights',
      rows: [
        row(
          'stored',
          bytes,
          ({ weights }) => weights.bytes,
          byClass(
            formatRoles,
            (role) =>
              ({ weights }) =>
                weights.by_role[role],
          ),
        ),
      ],
    },
    { title: `Bytes of cache after ${tokens}`, rows: [cache, ...otherwise] },
  ]
}

type Runtime = keyof NonNullable<CostReport['cache']>['by_runtime']

const byClass = <T extends string>(
  labels: Record<T, string>,
  pick: (key: T) => Pick,
): Record<string, Pick> =>
  Object.fromEntries((Object.keys(labels) as T[]).map((key) => [labels[key], pick(key)]))
