/** The contexts, or batches, at which the costs of two designs pass each other. */
import { ArchcostError } from '../../../architecture/errors.ts'
import type { Design } from '../../vary/variation.ts'
import { asker, family } from '../family/family.ts'
import { bisect } from '../bisect.ts'

export interface Crossing {
  /** The first value at which another costs less, or both the same. */
  at: number
  /** Costs there. */
  a: number
  b: number
  /** Which costs less from there on, up to the next crossing. */
  cheaper: 'a' | 'b' | 'neither'
}

export interface Crossings {
  crossings: Crossing[]
  /** Which costs less at the least value. */
  first: 'a' | 'b' | 'neither'
  from: number
  to: number
}

const most = { context: 1e9, batch: 1e6 }

/**
 * Looks from 1 (or `from`) to a thousand million tokens or a million sequences (or `to`). Two crossings nearer to each other
 * than a hundredth of where they stand may be missed.
 * @throws ArchcostError where a design has no such quantity
 */
export function crossings(
  a: Design,
  b: Design,
  quantity: string,
  over: 'context' | 'batch',
  bounds: { from?: number; to?: number } = {},
): Crossings {
  const { from = 1, to = most[over] } = bounds
  const [left, right] = [a, b].map((design) => {
    const ask = asker(family(design, [over], [quantity]))
    return (value: number): number => {
      const answer = ask([value])
      if (answer instanceof ArchcostError) throw answer
      return answer[0]!
    }
  }) as [(value: number) => number, (value: number) => number]
  const sign = (value: number): number => Math.sign(right(value) - left(value))
  const cheaper = (value: number): Crossing['cheaper'] =>
    (['b', 'neither', 'a'] as const)[sign(value) + 1]!
  const found: Crossing[] = []
  let [last, side] = [from, sign(from)]
  for (let value = from; value < to;) {
    value = Math.min(to, Math.max(value + 1, Math.round(value * 1.01)))
    while (sign(value) !== side) {
      const before = side
      last = bisect(last, value, (each) => sign(each) !== before)[1]
      side = sign(last)
      found.push({ at: last, a: left(last), b: right(last), cheaper: cheaper(last) })
    }
    last = value
  }
  return { crossings: found, first: cheaper(from), from, to }
}
