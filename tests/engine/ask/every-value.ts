/** Brute force: what every value of a setting answers, by `evaluate`. */
import { readCost } from '../../../src/engine/ask/quantity/measures.ts'
import { evaluate, prepare } from '../../../src/engine/index.ts'
import { checkValue, variation, type Design } from '../../../src/engine/vary/index.ts'

export const answerOf = ({ architecture, workload }: Design, quantity: string): number =>
  readCost(evaluate(prepare(architecture), workload), quantity)!

/** Every value from 0 to `most` that makes a design, with what it answers. */
export function everyValue(
  design: Design,
  setting: string,
  quantity: string,
  most: number,
  held: readonly string[],
): Map<number, number> {
  const found = new Map<number, number>()
  const varied = variation(design, [setting], held)
  for (let value = 0; value <= most; value++) {
    try {
      checkValue(varied.settings[0]!, value)
      found.set(value, answerOf(varied.designAt([value]), quantity))
    } catch {
      // Makes no design.
    }
  }
  return found
}
