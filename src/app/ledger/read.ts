/** The ledger's rows as the page searches and shows them, computed once. */
import { formatExact } from '../../engine/numbers.ts'
import { ledger, type LedgerRow } from '../../import/catalog/ledger.ts'
import { dash } from '../results/show.ts'

export interface ShownRow {
  name: string
  text: string
  /** Searched beside the title. */
  detail: string
  config_source: string
  /** Absent where no count is published. */
  count_source?: string
  computed: string
  published: string
  difference: string
  reasons: readonly string[]
  /** Every published value is computed, or named. */
  settled: boolean
}

let rows: Promise<ShownRow[]> | undefined

export const ledgerRows = (): Promise<ShownRow[]> =>
  (rows ??= ledger().then((all) => all.map(shown)))

function shown({ entry, computed, more, unexplained }: LedgerRow): ShownRow {
  const { name, title, hub, model_type, config_source, published } = entry
  const reasons = reasonsOf(more, unexplained)
  return {
    name,
    text: title,
    detail: [hub, model_type, ...reasons].join(' '),
    config_source,
    ...(published && { count_source: `${published.of}: ${published.source}` }),
    computed: formatExact(computed),
    published: published ? formatExact(published.count) : dash,
    difference: published ? formatExact(published.count - computed) : dash,
    reasons,
    settled: unexplained === 0,
  }
}

function reasonsOf(
  more: readonly { count: number; why: string }[],
  unexplained: number | null,
): string[] {
  if (unexplained === null) return ['no exact count is published']
  return [
    ...more.map(({ count, why }) => `${formatExact(count)}: ${why}`),
    ...(unexplained === 0 ? [] : [`${formatExact(unexplained)}: not explained`]),
  ]
}
