/** Counted tensors -> blocks that list their weights, one for each part of a model. */
import type { BlockUse } from '../../architecture/schema.ts'
import { elementsOf } from '../verify/index.ts'
import type { Counted } from './counted.ts'
import type { Part, Use } from './part.ts'

const settings: Readonly<Record<Use, string>> = {
  matrix: 'matrices',
  source_matrix: 'source_matrices',
  filter: 'filters',
  vector: 'vectors',
  norm: 'norms',
  table: 'tables',
}

export interface Experts {
  n_experts: number
  top_k: number
}

/** A block for each part that has weights, in the order of the parts; experts of different numbers apart. */
export const listUses = (
  counted: readonly Counted[],
  parts: readonly Part[],
  experts: Experts | null,
): BlockUse[] =>
  parts.flatMap((part) => {
    const here = counted.filter((each) => each.part === part)
    if (here.length === 0) return []
    return part === 'experts' && experts ? listExperts(here, experts) : [listOne(part, here)]
  })

function listExperts(here: readonly Counted[], { n_experts, top_k }: Experts): BlockUse[] {
  const numbers = new Map<number, Counted[]>()
  for (const each of here) {
    const number = isStacked(each) ? each.tensor.shape[0]! : n_experts
    numbers.set(number, [...(numbers.get(number) ?? []), each])
  }
  return [...numbers].map(([number, some]) => ({
    ...listOne('experts', some),
    ...(number !== n_experts && { name: `experts_of_${number}` }),
    n_experts: number,
    top_k: Math.min(top_k, number),
  }))
}

/** All experts stand in one tensor. */
export const isStacked = ({ tensor: { shape }, use }: Counted): boolean =>
  shape.length > (use === 'vector' ? 1 : 2)

function listOne(part: Part, here: readonly Counted[]): BlockUse {
  const use: BlockUse = { block: 'listed-weights', name: part === 'norm' ? 'norms' : part }
  if (part !== 'norm' && part !== 'other') use['part'] = part
  for (const { use: how, weights } of here) {
    const setting = settings[how]
    use[setting] = ((use[setting] as number | undefined) ?? 0) + weights
  }
  const tables = here.filter(({ use: how }) => how === 'table')
  // Tables of different lengths are read as if they were one of the shortest, a row of it for each token.
  if (tables.length > 0)
    use['rows'] = Math.max(1, Math.min(...tables.map(({ tensor }) => rowsOf(tensor))))
  return use
}

const rowsOf = (tensor: Counted['tensor']): number => tensor.shape[0] ?? elementsOf(tensor)
