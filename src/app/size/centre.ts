/** The shape of one depth that a budget solves for: the width, and the hidden width for what is left over. */
import { solve } from '../../engine/ask/solve/solve.ts'
import { vary, type Design } from '../../engine/vary/index.ts'
import { heldIn, hiddenOf, roundingsIn, valueAt } from './settings-in.ts'
import type { Wish } from './wish.ts'

/** @throws ArchcostError where the shape to begin from cannot have this depth */
export const deepened = (wish: Wish, n_layers: number): Design =>
  vary(wish, {
    n_layers,
    ...Object.fromEntries(roundingsIn(wish).map((address) => [address, wish.grain])),
  })

/** @throws ArchcostError where the design has no width that can be built */
export function centreOf(design: Design, { of, target, active, grain }: Wish): Design {
  const options = { held: heldIn(design), multiple_of: grain }
  // Experts make the difference between the active parameters and all.
  if (active !== null)
    return solve(design, 'd_model', { quantity: 'params.active', value: active }, options).design
  const wanted = { quantity: of, value: target }
  const wide = solve(design, 'd_model', wanted, options).design
  const hidden = hiddenOf(wide)
  if (hidden === undefined) return wide
  const near = valueAt(wide, hidden)
  // Near where its ratio put it: the width carries the budget, this only evens it out.
  const bounds = { multiple_of: grain, from: near * 0.75, to: near * 1.25 }
  return solve(wide, hidden, wanted, bounds).design
}
