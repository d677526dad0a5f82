/** The rows of the cost table: which numbers, in which order, under which words. */
import { formatBytes, formatExact, formatShort, formatSi } from '../engine/numbers.ts'
import type { Kind, Role } from '../engine/types.ts'
import type { CostReport } from './cost-report.ts'

export interface CostRow {
  label: string
  /** null where it does not apply to a model, as a cache to an encoder. */
  values: readonly (number | null)[]
  short: (value: number) => string
  part: boolean
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
const kinds: Record<Kind, string> = {
  linear: 'linear',
  experts: 'experts',
  attention: 'attention',
  convolution: 'convolution',
  scan: 'scan',
}

/** Of reports that share a workload but for what models change in it. */
export function costSections(reports: readonly CostReport[]): CostSection[] {
  const row = (
    label: string,
    short: (value: number) => string,
    pick: (report: CostReport) => number | null | undefined,
    part = false,
  ): CostRow => ({
    label,
    values: reports.map((report) => pick(report) ?? null),
    short,
    part,
  })
  /** Parts that are nothing everywhere say nothing. */
  const parts = <T extends string>(
    labels: Record<T, string>,
    short: (value: number) => string,
    pick: (report: CostReport, key: T) => number | null | undefined,
  ): CostRow[] =>
    (Object.keys(labels) as T[])
      .map((key) => row(labels[key], short, (report) => pick(report, key), true))
      .filter(({ values }) => values.some((value) => value))
  const context = sameOrNone(reports.map(({ workload }) => workload.context))
  const tokens = context === null ? 'of the context' : `of ${formatExact(context)} tokens`
  const last = context === null ? 'that sees the context' : `that sees ${formatExact(context)}`
  return [
    {
      title: 'Parameters',
      rows: [
        row('total', formatShort, ({ params }) => params.total),
        ...parts(roles, formatShort, ({ params }, role) => params.by_role[role]),
        row('active for a token', formatShort, ({ params }) => params.active),
        row(
          'without the embedding',
          formatShort,
          ({ params }) => params.active_without_embedding,
          true,
        ),
        row(
          'without embedding and head',
          formatShort,
          ({ params }) => params.active_non_embedding,
          true,
        ),
        row('total without embedding and head', formatShort, ({ params }) => params.non_embedding),
      ],
    },
    {
      title: 'FLOPs',
      rows: [
        row(`prefill ${tokens}`, flop, ({ flops }) => flops.prefill),
        ...parts(kinds, flop, ({ flops }, kind) => flops.prefill_by_kind[kind]),
        row(`decode of the token ${last}`, flop, ({ flops }) => flops.decode),
        ...parts(kinds, flop, ({ flops }, kind) => flops.decode_by_kind?.[kind]),
        row('elementwise in the prefill, beside', flop, ({ flops }) => flops.elementwise_prefill),
      ],
    },
    {
      title: 'Bytes read by that decode step',
      rows: [
        row('weights', bytes, ({ bytes_read }) => bytes_read.decode_weights),
        row('cache', bytes, ({ bytes_read }) => bytes_read.decode_cache),
      ],
    },
    {
      title: `Cache after the context, bytes`,
      rows: [
        row('what the architecture must keep', bytes, ({ cache }) => cache?.bytes),
        ...parts(
          { growing: 'growing with the context', bounded: 'bounded by windows', fixed: 'fixed' },
          bytes,
          ({ cache }, grows) => cache?.[grows],
        ),
        ...parts(
          {
            transformers: 'held by transformers',
            unified_pages: 'held in unified pages',
            expanded_latent: 'held with latents expanded',
          },
          bytes,
          ({ cache }, runtime) => cache?.by_runtime[runtime],
        ).map((each) => ({ ...each, part: false })),
      ],
    },
  ]
}

const sameOrNone = (values: readonly number[]): number | null =>
  values.every((value) => value === values[0]) ? values[0]! : null
