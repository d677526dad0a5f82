/** The ledger: parameters computed from each model's config.json against those published. */
import { evaluate, prepare } from '../../engine/index.ts'
import { entries, loadModel, type CatalogEntry } from './index.ts'

export interface LedgerRow {
  entry: CatalogEntry
  computed: number
  active: number
  /** What is published less what is computed and what is explained; 0 where every value is accounted for, null where no count is published. */
  unexplained: number | null
}

export const ledger = (): Promise<LedgerRow[]> => Promise.all(entries.map(rowOf))

async function rowOf(entry: CatalogEntry): Promise<LedgerRow> {
  const { architecture } = await loadModel(entry.name)
  const { total, active } = evaluate(prepare(architecture)).params
  if (entry.published === undefined) return { entry, computed: total, active, unexplained: null }
  const { count, more } = entry.published
  const explained = more.reduce((sum, part) => sum + part.count, 0)
  return { entry, computed: total, active, unexplained: count - total - explained }
}
