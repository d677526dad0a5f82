/** The conditions that a shape must meet, as a search reads them and in words. */
import { formatBytes, formatShort } from '../../numbers.ts'
import { prepare } from '../../../architecture/check.ts'
import { goByMatrix } from '../../../architecture/weight-bytes.ts'
import { completeWorkload } from '../../workload.ts'
import { memoryQuantity, type Brief } from './brief.ts'

export interface Condition {
  /** As a search reads it. */
  text: string
  words: string
  /** Whether no setting that sizing moves makes the quantity smaller as it grows. */
  is_rising: boolean
  /** Whether it is the most of a budget, of which shapes are to use as much as they can. */
  is_budget: boolean
}

/** A budget counts as used from this share of it on. */
const used = 0.95

export function conditionsOf(brief: Brief): Condition[] {
  const { budget, target, active, memory } = brief
  const about = (quantity: string, of: readonly Said[]): Condition[] => {
    const is_rising = isRising(brief, quantity)
    return of.map((each, index) => ({
      text: `${quantity} ${each.text}`,
      words: each.words,
      is_rising,
      is_budget: index === 0 && of.length > 1,
    }))
  }
  const inMemory = (bytes: number): string =>
    `${formatBytes(bytes)} ${brief.deployment ? 'on a rank' : 'of weights and cache'}`
  const amount = (value: number): string =>
    budget === 'params.total' ? `${formatShort(value)} parameters` : inMemory(value)
  return [
    ...about(budget, between(target, amount)),
    ...(active === null
      ? []
      : about(
          'params.active',
          between(active, (value) => `${formatShort(value)} active parameters`),
        )),
    ...(memory === null ? [] : about(memoryQuantity(brief), [atMost(memory, inMemory)])),
    ...multiples(brief),
  ]
}

/**
 * Formats that go by the shape of a matrix may store a wider one in fewer bits, and what a rank of a deployment needs depends on
 * how it is cut.
 */
const isRising = ({ architecture, workload }: Brief, quantity: string): boolean =>
  quantity.startsWith('params.') ||
  (!quantity.startsWith('fit.') &&
    !goByMatrix(completeWorkload(prepare(architecture), workload).weights))

type Said = Pick<Condition, 'text' | 'words'>

const atMost = (most: number, write: (value: number) => string): Said => ({
  text: `<= ${most}`,
  words: `At most ${write(most)}`,
})

const between = (most: number, write: (value: number) => string): Said[] => [
  atMost(most, write),
  { text: `>= ${used * most}`, words: `At least ${write(used * most)}` },
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
            is_rising: false,
            is_budget: false,
          },
        ],
  )
