/** The object that `cost --format json` and `batch` print: a model's costs with all that was assumed. */
import { ArchcostError } from '../architecture/errors.ts'
import { prepareChecked } from '../architecture/prepare.ts'
import type { rotary } from '../engine/explanations.ts'
import { evaluate } from '../engine/evaluate.ts'
import type { Cost, RotaryEntry, Workload } from '../engine/types.ts'
import { completeWorkload } from '../engine/workload.ts'
import '../formulas/all-blocks.ts'
import { workloadKeys } from '../formulas/index.ts'
import type { Stored } from '../import/header/index.ts'
import type { ImportReport, Note } from '../import/report.ts'
import { beyondModel } from './beyond-model.ts'
import type { FoundModel } from './found-model.ts'
import { modulesOf, notesOnModules, type Module } from './with-modules.ts'

export interface CostReport extends Cost {
  name: string
  model_type: string | null
  /** null where they were not asked for. */
  rope: RotaryEntry[] | null
  workload: Workload
  notes: readonly Note[]
  /** null for an architecture document. */
  import: ImportReport | null
  /** What the tensors of a header take; null where none was read. */
  stored: Stored | null
  /** Modules beside the model, such as mtp for multi-token prediction, and whether they are counted in all of this. */
  extra: Readonly<Record<string, Module>>
}

/**
 * @param angles what computes rotary angles: equations and words of all blocks, which a table does without
 * @throws ArchcostError where the architecture or the workload is wrong
 */
export function costReport(
  found: FoundModel,
  given: Partial<Workload>,
  angles?: typeof rotary,
): CostReport {
  const { architecture, report, notes, stored } = found
  const model = prepareChecked(architecture)
  const workload = completeWorkload(model, given)
  const { name, model_type, max_context } = model.architecture
  const cost = evaluate(model, workload)
  for (const [path, part] of Object.entries(cost)) mustBeFinite(part, path)
  const extra = modulesOf(found, model.architecture)
  return {
    name,
    model_type: model_type ?? null,
    ...cost,
    rope: angles?.(model, workload) ?? null,
    workload,
    notes: [
      ...notes,
      ...notesOnModules(extra, notes),
      ...beyondModel(workload.context, max_context),
      ...unread(given, workload),
    ],
    import: report,
    stored: stored ?? null,
    extra,
  }
}

/** What is said of the workload and changes no number, such as images for a model that takes in none. */
const unread = (given: Partial<Workload>, workload: Workload): Note[] =>
  workloadKeys.flatMap(({ name, label, with: needs }): Note[] => {
    const key = name as keyof Workload
    const isSaid = (given[key] ?? 0) !== 0
    if (needs === undefined || !isSaid || (workload[key] ?? 0) !== 0) return []
    const text = `${label}: nothing in this model takes in what is given, and no number follows from it`
    return [{ level: 'warning', text }]
  })

/** JSON would print what overflows as null, which means "does not apply". */
function mustBeFinite(value: unknown, path: string): void {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new ArchcostError(
      'invalid_architecture',
      `${path} is too large to compute; the settings or the workload are far beyond any model`,
    )
  if (typeof value === 'object' && value !== null)
    for (const [key, part] of Object.entries(value)) mustBeFinite(part, `${path}.${key}`)
}
