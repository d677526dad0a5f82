/** Whether a formula grows or falls with what it reads. */
import { isOperation, type Expression } from '../../../formulas/expression.ts'

/** 1 where something nowhere falls, -1 where it nowhere grows. */
export type Direction = 1 | -1

/**
 * The direction of a formula in each of its names, as far as its operations tell: sums, differences, the greatest and the least
 * of anything, and products of names and numbers.
 * @param e reads nothing that is below 0
 * @returns null where they do not tell
 */
export function directionsOf(
  e: Expression,
  direction: Direction = 1,
): Map<string, Direction> | null {
  if (typeof e === 'string') return new Map([[e, direction]])
  if (typeof e === 'number' && e >= 0) return new Map()
  if (!isOperation(e)) return null
  const { op, args } = e
  const tells = ['+', '-', 'max', 'min'].includes(op) || (op === '*' && !args.some(isOperation))
  if (!tells) return null
  const found = new Map<string, Direction>()
  for (const [index, arg] of args.entries()) {
    const falls = op === '-' && index > 0
    const own = directionsOf(arg, falls ? (-direction as Direction) : direction)
    if (own === null) return null
    for (const [name, each] of own) {
      if ((found.get(name) ?? each) !== each) return null
      found.set(name, each)
    }
  }
  return found
}
