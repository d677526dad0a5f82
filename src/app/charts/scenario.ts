/** The roofline of steps that are computed already, far quicker than by asking their models again. */
import { scenarios } from '../../formulas/explanations.ts'

// It knows no architecture and no pass, and leaves these unread.
const nothing = {} as never

export function rooflineValues(
  given: Readonly<Record<string, number>>,
): Record<string, number | number[]> {
  const scenario = scenarios['roofline']!
  return scenario.values(scenario.resolve(given, nothing), nothing)
}
