/** A model at another width with its proportions kept: more or fewer heads of the same size, and inner widths in the same ratio. */
import { widened } from '../../engine/transform/widen.ts'
import type { Model } from '../../engine/index.ts'
import { blocksByAddress } from '../../engine/vary/hold.ts'
import { usesOf } from '../../engine/vary/uses.ts'
import { blocks } from '../../formulas/index.ts'

interface Counted {
  address: string
  value: number
}

/**
 * The changes that take a stack to the width nearest to the one wanted at which all that is counted comes out whole.
 * @param prefix of the stack's addresses, where there are several
 */
export function toWidth(model: Model, prefix: string, wanted: number): Record<string, number> {
  const { d_model } = model.stacks.find(({ role }) => `${role}.` === prefix || prefix === '')!.names
  const counted = countedIn(model).filter(({ address }) => address.startsWith(prefix))
  const step = counted.reduce(
    (multiple, { value }) => leastCommonMultiple(multiple, d_model / commonDivisor(value, d_model)),
    1,
  )
  const width = Math.max(1, Math.round(wanted / step)) * step
  return {
    [`${prefix}d_model`]: width,
    ...Object.fromEntries(
      counted.map(({ address, value }) => [address, (value / d_model) * width]),
    ),
  }
}

/** Numbers of heads and inner widths that do not follow the width by themselves; one head for all stays one. */
function countedIn(model: Model): Counted[] {
  const placed = blocksByAddress(model)
  return usesOf(model.architecture).flatMap(({ address, block, stated, rule }) => {
    const { is, settings } = blocks[block]!
    const names = Object.values((is && widened[is]) ?? {}).flat()
    return settings.flatMap(({ name, follows }): Counted[] => {
      const value = placed.get(address)?.settings[name]
      const isFollowing =
        stated[name] === undefined && (rule !== undefined || follows !== undefined)
      return !names.includes(name) || isFollowing || typeof value !== 'number' || value <= 1
        ? []
        : [{ address: `${address}.${name}`, value }]
    })
  })
}

const leastCommonMultiple = (a: number, b: number): number => (a / commonDivisor(a, b)) * b

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
