/** What one design answers to several quantities. */
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Design } from '../../vary/variation.ts'
import { asker, family } from './family.ts'

/** @throws ArchcostError where the design has no such quantity */
export function answersOf(design: Design, quantities: readonly string[]): number[] {
  const answers = asker(family(design, [], quantities))([])
  if (answers instanceof ArchcostError) throw answers
  return answers
}
