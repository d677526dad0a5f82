/** A model as a word on the command line finds it. */
import type { Architecture } from '../architecture/schema.ts'
import type { Stored } from '../import/header/index.ts'
import type { ImportReport, Note } from '../import/report.ts'

/** A model whose architecture is checked: by the catalogue when it was built, or where it was read. */
export interface FoundModel {
  architecture: Architecture
  /** null for architecture documents, which are read whole. */
  report: ImportReport | null
  notes: readonly Note[]
  /** What the tensors of a header take; undefined where none was read. */
  stored?: Stored
  /** Parameters of extra modules that are counted, by name. */
  counted?: Readonly<Record<string, number>>
}
