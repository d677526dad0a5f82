/** Scenarios ask nothing of a model: their quantities follow from their own settings alone. */
import { scenarios } from '../../formulas/explanations.ts'

// They know no architecture and no pass, and leave these unread.
const nothing = {} as never

export function scenarioValues(
  name: 'load-balancing' | 'roofline',
  given: Readonly<Record<string, number | string>>,
): Record<string, number | number[]> {
  const scenario = scenarios[name]!
  return scenario.values(scenario.resolve(given, nothing), nothing)
}
