/** The shape of one depth that a budget solves for: the width, and the feed-forward width for what is left over. */
import { vary } from '../../vary/vary.ts'
import type { Design } from '../../vary/variation.ts'
import { solve } from '../solve/solve.ts'
import type { Brief } from './brief.ts'
import { heldIn, hiddenWidthOf, roundingsIn, valueAt } from './design-settings.ts'

/** @throws ArchcostError where the family cannot have this depth */
export function withDepth(brief: Brief, n_layers: number): Design {
  const hidden = hiddenWidthOf(brief)
  const rounding = (hidden && brief.multiples[hidden]) ?? 1
  return vary(brief, {
    n_layers,
    ...Object.fromEntries(roundingsIn(brief).map((address) => [address, rounding])),
  })
}

/** @throws ArchcostError where the design has no width that can be built */
export function centreOf(design: Design, { budget, target, active, multiples }: Brief): Design {
  const options = { held: heldIn(design), multiple_of: multiples['d_model']! }
  // Experts make the difference between the active parameters and all.
  if (active !== null)
    return solve(design, 'd_model', { quantity: 'params.active', value: active }, options).design
  const wanted = { quantity: budget, value: target }
  const wide = solve(design, 'd_model', wanted, options).design
  const hidden = hiddenWidthOf(wide)
  if (hidden === undefined) return wide
  const near = valueAt(wide, hidden)
  // Near where its ratio put it: the width carries the budget, this only evens it out.
  const bounds = { multiple_of: multiples[hidden]!, from: near * 0.75, to: near * 1.25 }
  return solve(wide, hidden, wanted, bounds).design
}
