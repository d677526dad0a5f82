/** The roofline of steps that are computed already, far quicker than by asking their models again. */
import { roofline } from '../../formulas/generated/scenarios/roofline.ts'

// It knows no architecture and no pass, and leaves these unread.
const nothing = {} as never

export function rooflineValues(
  given: Readonly<Record<string, number>>,
): Record<string, number | number[]> {
  return roofline.values(roofline.resolve(given, nothing), nothing)
}
