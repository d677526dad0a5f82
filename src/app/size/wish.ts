/** What is wanted of a shape, as the conditions of a search and in words. */
import { formatBytes, formatShort } from '../../engine/numbers.ts'
import type { Design } from '../../engine/vary/index.ts'
import type { Budget } from './budget.ts'

export interface Wish extends Design {
  of: Budget['of']
  target: number
  /** Null where experts stay as they are. */
  active: number | null
  /** Bytes of the device that weights and cache must fit in; null where any will do. */
  memory: number | null
  grain: number
  /** Null where only the solved shape of each depth is wanted, whatever it costs. */
  goal: Budget['goal'] | null
}

export interface Condition {
  /** As a search reads it. */
  text: string
  words: string
}

/** A budget counts as used from this share of it on. */
const used = 0.95

export function conditionsOf({ of, target, active, memory }: Wish): Condition[] {
  const amount = (value: number): string =>
    of === 'memory.bytes' ? formatBytes(value) : `${formatShort(value)} parameters`
  const of_active = (value: number): string => `${formatShort(value)} active parameters`
  return [
    ...between(of, target, amount),
    ...(active === null ? [] : between('params.active', active, of_active)),
    ...(memory === null
      ? []
      : [
          {
            text: `memory.bytes <= ${memory}`,
            words: `At most ${formatBytes(memory)} of weights and cache`,
          },
        ]),
  ]
}

const between = (quantity: string, most: number, write: (value: number) => string): Condition[] => [
  { text: `${quantity} <= ${most}`, words: `At most ${write(most)}` },
  { text: `${quantity} >= ${used * most}`, words: `At least ${write(used * most)}` },
]
