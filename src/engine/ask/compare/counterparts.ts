/** Counterparts: an architecture as it would be with something exchanged and a cost kept equal. */
import * as z from 'zod'
import { ArchcostError, attempt } from '../../../architecture/errors.ts'
import { prepare } from '../../../architecture/check.ts'
import type { Architecture } from '../../../architecture/schema.ts'
import type { Trait } from '../../../formulas/index.ts'
import { evaluate } from '../../evaluate.ts'
import { exchangeAttention } from '../../transform/exchange-attention.ts'
import { isA } from '../../transform/is-a.ts'
import { window } from '../../transform/window.ts'
import { usesOf, type Use } from '../../vary/uses.ts'
import type { Design } from '../../vary/variation.ts'
import { readCost } from '../quantity/measures.ts'
import { solve, type Solution, type SolveOptions } from '../solve/solve.ts'
import {
  grouped,
  has,
  isLimited,
  nothing,
  untied,
  unusedWidth,
  withoutExperts,
  withoutSharing,
} from './exchanged.ts'

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

const wanted: z.ZodType<Wanted> = z.union([
  z.strictObject({
    kind: z.literal('dense'),
    equal: z.enum(['active', 'total', 'flops', 'cache']).optional(),
  }),
  z.strictObject({
    kind: z.enum(['gqa', 'mla']),
    equal: z.literal('cache').optional(),
    n_kv_heads: z.int().min(1).optional(),
  }),
  z.strictObject({ kind: z.enum(['mha', 'global', 'untied']) }),
])
/** `mha` gives each query head keys and values of its own, `global` gives every attention layer the whole context; `n_kv_heads` takes the place of an equal cache. */
export type Wanted =
  | { kind: 'dense'; equal?: Equal | undefined }
  | { kind: 'gqa' | 'mla'; equal?: 'cache' | undefined; n_kv_heads?: number | undefined }
  | { kind: 'mha' | 'global' | 'untied' }

/** Something exchanged, and a setting solved for so that a cost stays equal. */
interface Step {
  exchange: (architecture: Architecture) => Architecture
  solved?: { setting: string; isIn: (use: Use) => boolean; equal: Equal }
}

const cacheBy = (setting: string, trait: Trait): NonNullable<Step['solved']> => ({
  setting,
  isIn: (use) => isA(use, trait) && use.stated[setting] !== undefined,
  equal: 'cache',
})
const withCache: Step = {
  exchange: (of) => grouped(of),
  solved: cacheBy('n_kv_heads', 'attention'),
}

/** @throws ArchcostError where there is nothing to exchange */
function stepsTo(architecture: Architecture, want: Wanted): { words: string; steps: Step[] } {
  switch (want.kind) {
    case 'mha':
      return { words: 'MHA', steps: [{ exchange: withoutSharing }] }
    case 'global':
      if (!isLimited(architecture))
        throw nothing('window or chunk to open: every attention layer sees the whole context')
      return { words: 'all layers global', steps: [{ exchange: (of) => window.apply(of, {}) }] }
    case 'untied':
      return { words: 'untied', steps: [{ exchange: untied }] }
    case 'gqa':
      if (!has(architecture, 'latent_attention')) throw nothing('latent attention to exchange')
      return want.n_kv_heads === undefined
        ? { words: 'GQA with equal cache', steps: [withCache] }
        : { words: 'GQA', steps: [{ exchange: (of) => grouped(of, want.n_kv_heads) }] }
    case 'mla': {
      if (!has(architecture, 'attention')) throw nothing('grouped-query attention to exchange')
      const exchange: Step['exchange'] = (of) => exchangeAttention.apply(of, { to: 'mla' })
      const solved = cacheBy('kv_lora_rank', 'latent_attention')
      return { words: 'MLA with equal cache', steps: [{ exchange, solved }] }
    }
    default:
      return stepsToDense(architecture, want.equal ?? 'active')
  }
}

/** Dense networks in the place of experts, and where an equal cache is wanted attention in the place of latents. */
function stepsToDense(architecture: Architecture, equal: Equal): ReturnType<typeof stepsTo> {
  const inCache = equal === 'cache' && has(architecture, 'latent_attention') ? [withCache] : []
  const parameters = equal === 'active' || equal === 'total' ? ' parameters' : ''
  const words = `dense with equal ${equal === 'flops' ? 'FLOPs' : equal}${parameters}`
  if (!has(architecture, 'experts')) {
    if (inCache.length === 0) throw nothing('mixture of experts to exchange')
    return { words, steps: inCache }
  }
  const width = unusedWidth(architecture)
  const dense: Step = {
    exchange: (of) => withoutExperts(of, width),
    solved: {
      setting: 'd_ff',
      isIn: ({ stated }) => stated['d_ff'] === width,
      // A feed-forward network has no cache.
      equal: equal === 'cache' ? 'active' : equal,
    },
  }
  return { words, steps: [dense, ...inCache] }
}

/** Why an architecture has no such counterpart: there is nothing in it to exchange. Null where there is; nothing is solved for. */
export function missing(architecture: Architecture, want: Wanted): ArchcostError | null {
  const made = attempt(() =>
    stepsTo(architecture, want).steps.reduce((of, { exchange }) => exchange(of), architecture),
  )
  return made instanceof ArchcostError ? made : null
}

/**
 * The counterpart of a design; its workload is the one at which costs are equal.
 * @param multiples what is solved for is a multiple of these
 * @throws ArchcostError `unsupported` where there is nothing to exchange
 */
export function counterpart(
  { architecture: document, workload }: Design,
  asked: Wanted,
  multiples: Multiples = {},
): Counterpart {
  const checked = wanted.safeParse(asked)
  if (!checked.success)
    throw new ArchcostError('invalid_workload', checked.error.issues[0]!.message, 'counterpart')
  const { architecture } = prepare(document)
  refuseOthers(checked.data.kind, multiples)
  const { words, steps } = stepsTo(architecture, checked.data)
  const name = `${architecture.name}, ${words}`
  let design: Design = { architecture, workload }
  let solution: Solution | null = null
  for (const { exchange, solved } of steps) {
    design = { architecture: { ...exchange(design.architecture), name }, workload }
    if (!solved) continue
    const { setting, isIn, equal } = solved
    const value = costOf({ architecture, workload }, equal)
    const addresses = usesOf(design.architecture)
      .filter(isIn)
      .map(({ address }) => `${address}.${setting}`)
    solution = solve(design, addresses, { quantity: equals[equal], value }, multiples)
    design = solution.design
  }
  // Of a dense model without latents no cache was there to keep.
  const keeps_cache = 'equal' in checked.data && checked.data.equal === 'cache'
  const is_other = keeps_cache && solution?.measure.name !== equals.cache
  return { design, solution: is_other ? null : solution }
}

function costOf({ architecture, workload }: Design, equal: Equal): number {
  const value = readCost(evaluate(prepare(architecture), workload), equals[equal])
  if (value !== null) return value
  throw new ArchcostError(
    'unsupported',
    `an encoder has no ${equals[equal]} to keep equal`,
    'counterpart',
  )
}

/** The settings that a counterpart solves for. */
const solvedFor: Readonly<Record<Wanted['kind'], readonly string[]>> = {
  dense: ['d_ff', 'n_kv_heads'],
  gqa: ['n_kv_heads'],
  mla: ['kv_lora_rank'],
  mha: [],
  global: [],
  untied: [],
}

/** @throws ArchcostError where multiples are wanted of what is not solved for */
function refuseOthers(kind: Wanted['kind'], { multiple_of }: Multiples): void {
  if (multiple_of === undefined) return
  const named = typeof multiple_of === 'object' ? Object.keys(multiple_of) : ['']
  const other = named.find((name) => !solvedFor[kind].includes(name.split('.').at(-1)!))
  if (other === undefined || (other === '' && solvedFor[kind].length > 0)) return
  throw new ArchcostError(
    'invalid_workload',
    `${other || 'a multiple'} is nothing that this counterpart solves for${solvedFor[kind].length > 0 ? `, which is ${solvedFor[kind].join(' or ')}` : ''}`,
    'multiple of',
  )
}
