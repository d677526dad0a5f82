/** A counterpart of a model, ready to stand beside it. */
import { prepare } from '../../engine/index.ts'
import { counterpart, type Wanted } from '../../engine/ask/compare/counterparts.ts'
import type { Evaluated } from '../models/evaluated.ts'
import type { Letter } from '../models/letters.ts'
import { slotOf, type Slot } from '../models/slot.ts'

/** @throws ArchcostError where the model has no such counterpart */
export function counterpartSlot(
  { model, workload }: Evaluated,
  wanted: Wanted,
  letter: Letter,
): Slot {
  const { source, ...run } = workload
  const { design } = counterpart(
    { architecture: model.architecture, workload: source === null ? run : workload },
    wanted,
  )
  const origin = { catalogue: null, report: null, notes: [] }
  return slotOf(letter, prepare(design.architecture), origin)
}
