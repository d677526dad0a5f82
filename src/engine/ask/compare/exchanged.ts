/** What counterparts are made of: blocks exchanged, and a cost kept equal by solving for a setting of theirs. */
import { ArchcostError } from '../../../architecture/errors.ts'
import { prepare } from '../../../architecture/check.ts'
import type { Architecture } from '../../../architecture/schema.ts'
import type { Trait } from '../../../formulas/index.ts'
import { evaluate } from '../../evaluate.ts'
import { exchangeAttention } from '../../transform/exchange-attention.ts'
import { isA } from '../../transform/is-a.ts'
import { usesOf } from '../../vary/uses.ts'
import type { Design } from '../../vary/variation.ts'
import { readCost } from '../quantity/measures.ts'
import { solve, type Solution, type SolveOptions } from '../solve/solve.ts'

/** What a counterpart keeps equal. */
export const equals = {
  active: 'params.active',
  total: 'params.total',
  flops: 'flops.decode',
  cache: 'cache.bytes',
} as const
export type Equal = keyof typeof equals

export interface Counterpart {
  design: Design
  /** How what is kept equal was met; null where nothing had to be solved. */
  solution: Solution | null
}

export type Multiples = Pick<SolveOptions, 'multiple_of'>

export const has = (architecture: Architecture, trait: Trait): boolean =>
  usesOf(architecture).some((use) => isA(use, trait))
export const nothing = (what: string): ArchcostError =>
  new ArchcostError('unsupported', `there is no ${what}`, 'counterpart')

export function costOf({ architecture, workload }: Design, equal: Equal): number {
  const value = readCost(evaluate(prepare(architecture), workload), equals[equal])
  if (value === null)
    throw new ArchcostError(
      'unsupported',
      `an encoder has no ${equals[equal]} to keep equal`,
      'counterpart',
    )
  return value
}

/** With so many key-value heads, or as many as query heads. */
export const grouped = (architecture: Architecture, n_kv_heads?: number): Architecture =>
  exchangeAttention.apply(
    architecture,
    n_kv_heads === undefined ? { to: 'mha' } : { to: 'gqa', n_kv_heads },
  )

/** Solves for a setting of all blocks with a trait together. */
export function solved(
  design: Design,
  trait: Trait,
  setting: string,
  target: { quantity: string; value: number },
  multiples: Multiples,
): Counterpart {
  const addresses = usesOf(design.architecture)
    .filter((use) => isA(use, trait) && use.stated[setting] !== undefined)
    .map(({ address }) => `${address}.${setting}`)
  const solution = solve(design, addresses, target, multiples)
  return { design: solution.design, solution }
}
