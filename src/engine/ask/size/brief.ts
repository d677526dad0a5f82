/** What is wanted of a shape: a family, a budget that it uses, a cost that is to be small, and what it must respect. */
import { ArchcostError } from '../../../architecture/errors.ts'
import { formatShort } from '../../numbers.ts'
import { findSetting } from '../../vary/setting.ts'
import type { Design } from '../../vary/variation.ts'
import { answersOf } from '../family/family.ts'
import { hasTotal, parseMeasure } from '../quantity/measures.ts'
import { addressOf, hiddenWidthOf } from './design-settings.ts'
import { ratiosOf, type Ratio } from './ratios.ts'

export interface Wanted {
  /** The model whose shape is stretched, and what is run. */
  family: Design
  /** At most so many parameters; null where the memory is the budget. */
  params: number | null
  /** At most so many active parameters; null for as large a part as of the family. */
  active: number | null
  /** Bytes that weights and cache may take; null where any will do. */
  memory: number | null
  /** The quantity that is to be small, by its name. */
  minimise: string | null
  /** What the model width and the feed-forward width must be multiples of; or each setting apart, by its name. */
  multiple_of: number | Readonly<Record<string, number>>
  /** How far ratios may be from the family's: 1.5 is between two thirds of one and one and a half of it. */
  near: number
}

/** What stands in a device's memory: weights and cache, of an encoder its weights alone; of a deployment all that a rank needs. */
type MemoryQuantity = 'memory.bytes' | 'weights.bytes' | 'fit.per_rank.needed'

export const memoryQuantity = ({ architecture, deployment }: Design): MemoryQuantity => {
  if (deployment !== undefined) return 'fit.per_rank.needed'
  return hasTotal(architecture, 'memory.bytes') ? 'memory.bytes' : 'weights.bytes'
}

/** A `Wanted` whose settings are found, with what it leaves open decided. */
export interface Brief extends Design {
  budget: 'params.total' | MemoryQuantity
  /** At most so much of it. */
  target: number
  /** Null where there are no experts. */
  active: number | null
  /** A limit beside the budget. */
  memory: number | null
  minimise: string
  /** Whether a grid is searched around the shape that each depth solves for; else that one stands, whatever it costs. */
  is_searched: boolean
  /** By address. */
  multiples: Readonly<Record<string, number>>
  near: number
  /** Those of the family, which shapes are to keep. */
  ratios: readonly Ratio[]
}

/** What kernels like widths to be multiples of. */
export const usualMultiple = 128
/** Published families keep their ratios within it as they grow. */
export const usualNear = 1.5

/** What is made small where nothing is named: what a token costs, of an encoder what its pass costs. */
export const usualCost = ({ architecture }: Design): string =>
  hasTotal(architecture, 'flops.decode') ? 'flops.decode' : 'flops.prefill'

/** @throws ArchcostError where there is no budget, one for experts that the family does not have, or no such cost */
export function briefOf(wanted: Wanted): Brief {
  const { family, params, memory, multiple_of, near } = wanted
  const budget = params === null ? memoryQuantity(family) : 'params.total'
  const target = params ?? memory
  if (target === null)
    throw new ArchcostError(
      'invalid_workload',
      'say how many parameters, or a device',
      'the budget',
    )
  if (!(near >= 1))
    throw new ArchcostError(
      'invalid_workload',
      `is a factor of at least 1, by which ratios may differ from the family's`,
      'near',
    )
  const { architecture, workload, deployment, device } = family
  const minimise = wanted.minimise ?? usualCost(family)
  // Refused here where there is no such quantity, and not of each depth.
  parseMeasure(architecture, minimise)
  const { context = architecture.max_context } = workload
  // A family is stretched to the context as well.
  const max_context = Math.max(architecture.max_context, context)
  const design = { architecture: { ...architecture, max_context }, workload, deployment, device }
  return {
    ...design,
    budget,
    target,
    active: activeOf(design, wanted, budget, target),
    memory: params === null ? null : memory,
    minimise,
    is_searched: true,
    multiples: multiplesOf(design, multiple_of),
    near,
    ratios: ratiosOf(design, near),
  }
}

function activeOf(
  design: Design,
  { active }: Wanted,
  budget: Brief['budget'],
  target: number,
): number | null {
  if (addressOf(design, 'n_experts') === undefined) {
    if (active === null) return null
    const { name } = design.architecture
    throw new ArchcostError(
      'invalid_workload',
      `${name} has no experts, so that all parameters are active; name a family that has, such as mixtral-8x7b`,
      'active',
    )
  }
  if (active === null) return usualActive(design, budget, target)
  if (budget === 'params.total' && active > target)
    throw new ArchcostError(
      'invalid_workload',
      `${formatShort(active)} are more than the ${formatShort(target)} of all parameters`,
      'active',
    )
  return active
}

/** Of the budget as large a part as of the family. */
function usualActive(design: Design, budget: Brief['budget'], target: number): number {
  const [total, active, weights] = answersOf(design, [
    'params.total',
    'params.active',
    'weights.bytes',
  ]) as [number, number, number]
  const params = budget === 'params.total' ? target : (target * total) / weights
  return Math.round((params * active) / total)
}

/** Widths that are not named are multiples of the usual number. */
function multiplesOf(design: Design, said: Wanted['multiple_of']): Brief['multiples'] {
  const hidden = hiddenWidthOf(design)
  const widths = ['d_model', ...(hidden === undefined ? [] : [hidden])]
  const [of_widths, named] = typeof said === 'number' ? [said, {}] : [usualMultiple, said]
  const multiples = Object.fromEntries(widths.map((address) => [address, of_widths]))
  for (const [name, multiple] of Object.entries(named))
    multiples[findSetting(design.architecture, name).address] = multiple
  return multiples
}
