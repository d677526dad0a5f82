/** Counterparts: an architecture as it would be with something exchanged and a cost kept equal. */
import * as z from 'zod'
import { ArchcostError } from '../../../architecture/errors.ts'
import { prepare } from '../../../architecture/check.ts'
import type { Architecture } from '../../../architecture/schema.ts'
import { evaluate } from '../../evaluate.ts'
import { exchangeAttention } from '../../transform/exchange-attention.ts'
import { mapBlocks, placeOf, settingsOf } from '../../transform/stacks.ts'
import { untie } from '../../transform/tying.ts'
import { window } from '../../transform/window.ts'
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

const wanted = z.union([
  z.strictObject({
    kind: z.literal('dense'),
    equal: z.enum(['active', 'total', 'flops', 'cache']).default('active'),
  }),
  z.strictObject({
    kind: z.enum(['gqa', 'mla']),
    equal: z.literal('cache').default('cache'),
    n_kv_heads: z.int().min(1).optional(),
  }),
  z.strictObject({ kind: z.enum(['mha', 'global', 'untied']) }),
])
/** `mha` gives each query head keys and values of its own, `global` gives every attention layer the whole context; `n_kv_heads` takes the place of an equal cache. */
export type Wanted = z.input<typeof wanted>

export interface Counterpart {
  design: Design
  /** How what is kept equal was met; null where nothing had to be solved. */
  solution: Solution | null
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

type Multiples = Pick<SolveOptions, 'multiple_of'>

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
  const target = (equal: Equal): { quantity: string; value: number } => ({
    quantity: equals[equal],
    value: costOf({ architecture, workload }, equal),
  })
  const named = (changed: Architecture, words: string): Design => ({
    architecture: { ...changed, name: `${architecture.name}, ${words}` },
    workload,
  })
  const want = checked.data
  refuseOthers(want.kind, multiples)
  switch (want.kind) {
    case 'mha': {
      if (sharesNothing(architecture))
        throw nothing('shared key-value head: every query head has its own')
      return { design: named(grouped(architecture), 'MHA'), solution: null }
    }
    case 'global': {
      const opened = window.apply(architecture, {})
      if (!isLimited(architecture))
        throw nothing('window or chunk to open: every attention layer sees the whole context')
      return { design: named(opened, 'all layers global'), solution: null }
    }
    case 'untied': {
      const apart = untie.apply(architecture, {})
      if (evaluate(prepare(apart)).params.total === evaluate(prepare(architecture)).params.total)
        throw nothing('tied head: it has a matrix of its own already')
      return { design: named(apart, 'untied'), solution: null }
    }
    case 'gqa': {
      if (!has(architecture, 'latent-attention')) throw nothing('latent attention to exchange')
      if (want.n_kv_heads !== undefined)
        return {
          design: named(
            exchangeAttention.apply(architecture, { to: 'gqa', n_kv_heads: want.n_kv_heads }),
            'GQA',
          ),
          solution: null,
        }
      return solved(
        named(grouped(architecture), 'GQA with equal cache'),
        'attention',
        'n_kv_heads',
        target('cache'),
        multiples,
      )
    }
    case 'mla': {
      if (!has(architecture, 'attention')) throw nothing('attention to exchange')
      return solved(
        named(exchangeAttention.apply(architecture, { to: 'mla' }), 'MLA with equal cache'),
        'latent-attention',
        'kv_lora_rank',
        target('cache'),
        multiples,
      )
    }
    default:
      return dense({ architecture, workload }, want.equal, named, target, multiples)
  }
}

const isLimited = (architecture: Architecture): boolean =>
  usesOf(architecture).some(({ stated }) =>
    ['window', 'chunk', 'reach'].some((limit) => (stated[limit] ?? null) !== null),
  )
const has = (architecture: Architecture, block: string): boolean =>
  usesOf(architecture).some((use) => use.block === block)
const nothing = (what: string): ArchcostError =>
  new ArchcostError('unsupported', `there is no ${what}`, 'counterpart')

function costOf({ architecture, workload }: Design, equal: Equal): number {
  const value = readCost(evaluate(prepare(architecture), workload), equals[equal])
  if (value === null)
    throw new ArchcostError(
      'unsupported',
      `an encoder has no ${equals[equal]} to keep equal`,
      'counterpart',
    )
  return value
}

const sharesNothing = (architecture: Architecture): boolean =>
  evaluate(prepare(grouped(architecture))).params.total ===
    evaluate(prepare(architecture)).params.total && !has(architecture, 'latent-attention')

const grouped = (architecture: Architecture): Architecture =>
  exchangeAttention.apply(architecture, { to: 'mha' })

/** Solves for a setting of all blocks of a kind together. */
function solved(
  design: Design,
  block: string,
  setting: string,
  target: { quantity: string; value: number },
  multiples: Multiples,
): Counterpart {
  const addresses = usesOf(design.architecture)
    .filter((use) => use.block === block && use.stated[setting] !== undefined)
    .map(({ address }) => `${address}.${setting}`)
  const solution = solve(design, addresses, target, multiples)
  return { design: solution.design, solution }
}

/** Dense networks in the place of experts, and where an equal cache is wanted attention in the place of latents. */
function dense(
  design: Design,
  equal: Equal,
  named: (changed: Architecture, words: string) => Design,
  target: (equal: Equal) => { quantity: string; value: number },
  multiples: Multiples,
): Counterpart {
  const { architecture } = design
  const latent = has(architecture, 'latent-attention')
  if (!has(architecture, 'moe')) {
    if (equal !== 'cache' || !latent) throw nothing('mixture of experts to exchange')
    return solved(
      named(grouped(architecture), 'dense with equal cache'),
      'attention',
      'n_kv_heads',
      target('cache'),
      multiples,
    )
  }
  const marked = withoutExperts(architecture)
  const words = {
    active: 'active parameters',
    total: 'total parameters',
    flops: 'FLOPs',
    cache: 'cache',
  }[equal]
  const start = named(marked.architecture, `dense with equal ${words}`)
  const width = solve(
    start,
    marked.addresses,
    target(equal === 'cache' ? 'active' : equal),
    multiples,
  )
  if (equal !== 'cache') return { design: width.design, solution: width }
  // A feed-forward network has no cache: latents are what makes it differ.
  if (!latent) return { design: width.design, solution: null }
  return solved(
    {
      ...width.design,
      architecture: { ...grouped(width.design.architecture), name: start.architecture.name },
    },
    'attention',
    'n_kv_heads',
    target('cache'),
    multiples,
  )
}

/** Experts exchanged for dense networks of one width, which no other network of the model has, and where these stand. */
function withoutExperts(architecture: Architecture): {
  architecture: Architecture
  addresses: string[]
} {
  const widths = new Set(usesOf(architecture).map(({ stated }) => stated['d_ff']))
  let width = 1024
  while (widths.has(width)) width++
  const changed: Architecture = {
    ...architecture,
    stacks: architecture.stacks.map((stack) =>
      mapBlocks(architecture, stack, (use, { names }) => {
        if (use.block !== 'moe') return use
        const { gated, activation, expert_bias } = settingsOf(use, names)
        return {
          ...placeOf(use),
          block: gated === 1 ? 'gated-ffn' : 'ffn',
          d_ff: width,
          activation,
          ...(expert_bias === 1 && { ffn_bias: true }),
        }
      }),
    ),
  }
  const addresses = usesOf(changed)
    .filter(({ stated }) => stated['d_ff'] === width)
    .map(({ address }) => `${address}.d_ff`)
  return { architecture: changed, addresses }
}
