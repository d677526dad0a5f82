/** The conditions that a shape must meet, as a search reads them and in words. */
import { formatBytes, formatShort } from '../../numbers.ts'
import { prepare } from '../../../architecture/check.ts'
import { goByMatrix } from '../../../architecture/weight-bytes.ts'
import { completeDeployment } from '../../deploy/complete.ts'
import { answersOf } from '../family/family.ts'
import { hasTotal } from '../quantity/measures.ts'
import { memoryQuantity, type Brief } from './brief.ts'

export interface Condition {
  /** As a search reads it. */
  text: string
  words: string
  /**
   * By what share at most the quantity is smaller where the settings that sizing moves are larger: 0 where it only grows with
   * them. Null where that is not known.
   */
  dip: number | null
  /** Whether it is the most of a budget, of which shapes are to use as much as they can. */
  is_budget: boolean
}

/** A budget counts as used from this share of it on. */
const used = 0.95

export function conditionsOf(brief: Brief): Condition[] {
  const { budget, target, active, memory } = brief
  const about = (quantity: string, of: readonly Said[]): Condition[] => {
    const dip = dipOf(brief, quantity)
    return of.map((each, index) => ({
      text: `${quantity} ${each.text}`,
      words: each.words,
      dip,
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
 * What a runtime allocates is rounded in steps of its own: by a hundredth or two of all that a rank holds. Where layers keep
 * states, it may make pages of the cache as large as these, and nothing is known.
 */
const dip_under_runtime = 0.03

function dipOf(brief: Brief, quantity: string): number | null {
  const { architecture, workload, deployment = {}, device } = brief
  if (quantity.startsWith('params.')) return 0
  const run = completeDeployment(prepare(architecture), deployment, workload, device).workload
  // A wider matrix may be stored in fewer bits, where formats go by its shape.
  if (goByMatrix(run.weights)) return null
  if (deployment.runtime === undefined || deployment.runtime === 'none') return 0
  const written = 'bytes_written.decode_states'
  const has_states =
    hasTotal(architecture, written) && answersOf({ architecture, workload }, [written])[0]! > 0
  return has_states ? null : dip_under_runtime
}

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
            dip: null,
            is_budget: false,
          },
        ],
  )
