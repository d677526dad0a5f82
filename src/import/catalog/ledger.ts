/** The ledger: parameters computed from each model's config.json against those published. */
import { evaluate, prepare } from '../../engine/index.ts'
import type { Surplus } from './entry.ts'
import { entries, loadModel, type CatalogEntry } from './index.ts'

export interface LedgerRow {
  entry: CatalogEntry
  /** Of the whole model where its towers are modelled, else of the language model. */
  computed: number
  active: number
  /** What is published beyond what is computed, and known. */
  more: readonly Surplus[]
  /** What is published less what is computed and what is explained; 0 where every value is accounted for, null where no count is published. */
  unexplained: number | null
}

export const ledger = (): Promise<LedgerRow[]> => Promise.all(entries.map(rowOf))

async function rowOf(entry: CatalogEntry): Promise<LedgerRow> {
  const { architecture } = await loadModel(entry.name)
  const { total, active, whole } = evaluate(prepare(architecture)).params
  const computed = whole?.total ?? total
  if (entry.published === undefined) return { entry, computed, active, more: [], unexplained: null }
  const more = entry.published.more.filter(({ towers }) => whole === null || !towers)
  const explained = more.reduce((sum, part) => sum + part.count, 0)
  return {
    entry,
    computed,
    active,
    more,
    unexplained: entry.published.count - computed - explained,
  }
}
