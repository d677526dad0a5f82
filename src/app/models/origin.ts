/** Where a model in the page came from, and what its import said. */
import type { ImportReport, Note } from '../../import/report.ts'

export type { ImportReport, Note }

export interface Origin {
  /** Its name in the catalogue; null where it was brought by the visitor. */
  catalogue: string | null
  /** What the import did with each key; null where there was no `config.json`. */
  report: ImportReport | null
  notes: readonly Note[]
}
