/** The shape of one depth that a budget solves for: the width, and the feed-forward width for what is left over. */
import { ArchcostError } from '../../../architecture/errors.ts'
import { vary } from '../../vary/vary.ts'
import type { Design } from '../../vary/variation.ts'
import { bisect } from '../bisect.ts'
import { asker, family } from '../family/family.ts'
import type { Limits } from '../solve/find-value.ts'
import { legalPoints } from '../solve/points.ts'
import { noValue, type Target } from '../solve/refusals.ts'
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
  const bounds = { multiple_of: multiples['d_model']! }
  // Experts make the difference between the active parameters and all.
  const wanted =
    active === null
      ? { quantity: budget, value: target }
      : { quantity: 'params.active', value: active }
  const wide = nearestTo(design, 'd_model', wanted, bounds, heldIn(design))
  const hidden = hiddenWidthOf(wide)
  if (active !== null || hidden === undefined) return wide
  const near = valueAt(wide, hidden)
  // Near where its ratio put it: the width carries the budget, this only evens it out.
  const about = { multiple_of: multiples[hidden]!, from: near * 0.75, to: near * 1.25 }
  return nearestTo(wide, hidden, wanted, about, [])
}

/** The design whose quantity is nearest to the target, of values at which it grows. */
function nearestTo(
  design: Design,
  name: string,
  { quantity, value: target }: Target,
  limits: Limits & { multiple_of: number },
  held: readonly string[],
): Design {
  const varied = family(design, [name], [quantity], held)
  const setting = varied.settings[0]!
  if (setting.kind !== 'whole') throw new Error(`${setting.address} is no whole number`)
  const ask = asker(varied)
  const answer = (value: number): number => {
    const found = ask([value])
    return found instanceof ArchcostError ? NaN : found[0]!
  }
  const { from = setting.min, to = setting.max, multiple_of } = limits
  const [min, max] = [Math.max(setting.min, from), Math.min(setting.max, to)]
  const bounds = { min, max, multiple_of, enough: (value: number) => answer(value) >= target }
  const points = legalPoints(
    Number(varied.present[0]),
    bounds,
    (value) => !Number.isNaN(answer(value)),
  )
  if (points === null)
    throw noValue(setting, limits, (value) => {
      const found = ask([value])
      return found instanceof ArchcostError ? found : found[0]!
    })
  const { at, count } = points
  const far = (index: number): number => Math.abs(answer(at(index)) - target)
  const [below, above] = bisect(-1, count - 1, (index) => answer(at(index)) >= target)
  const best = below >= 0 && far(below) <= far(above) ? below : above
  return varied.designAt([at(best)])
}
