/** The conditions that a shape must meet, as a search reads them and in words. */
import { formatBytes, formatShort } from '../../numbers.ts'
import { memoryQuantity, type Brief } from './brief.ts'

export interface Condition {
  /** As a search reads it. */
  text: string
  words: string
}

/** A budget counts as used from this share of it on. */
const used = 0.95

export function conditionsOf(brief: Brief): Condition[] {
  const { budget, target, active, memory } = brief
  const inMemory = (bytes: number): string =>
    `${formatBytes(bytes)} ${brief.deployment ? 'on a rank' : 'of weights and cache'}`
  const amount = (value: number): string =>
    budget === 'params.total' ? `${formatShort(value)} parameters` : inMemory(value)
  return [
    ...between(budget, target, amount),
    ...(active === null
      ? []
      : between('params.active', active, (value) => `${formatShort(value)} active parameters`)),
    ...(memory === null ? [] : [atMost(memoryQuantity(brief), memory, inMemory)]),
    ...multiples(brief),
  ]
}

const atMost = (quantity: string, most: number, write: (value: number) => string): Condition => ({
  text: `${quantity} <= ${most}`,
  words: `At most ${write(most)}`,
})

const between = (quantity: string, most: number, write: (value: number) => string): Condition[] => [
  atMost(quantity, most, write),
  { text: `${quantity} >= ${used * most}`, words: `At least ${write(used * most)}` },
]

/** Widths are made of multiples already; the number of layers is chosen before. */
const multiples = ({ multiples: all }: Brief): Condition[] =>
  Object.entries(all).flatMap(([address, multiple]) =>
    multiple === 1
      ? []
      : [
          {
            text: `${address} multiple of ${multiple}`,
            words: `${address} a multiple of ${multiple}`,
          },
        ],
  )
