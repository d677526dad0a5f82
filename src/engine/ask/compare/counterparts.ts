/** Counterparts: an architecture as it would be with something exchanged and a cost kept equal. */
import * as z from 'zod'
import { ArchcostError } from '../../../architecture/errors.ts'
import { prepare } from '../../../architecture/check.ts'
import type { Architecture } from '../../../architecture/schema.ts'
import { evaluate } from '../../evaluate.ts'
import { exchangeAttention } from '../../transform/exchange-attention.ts'
import { untie } from '../../transform/tying.ts'
import { window } from '../../transform/window.ts'
import { usesOf } from '../../vary/uses.ts'
import type { Design } from '../../vary/variation.ts'
import { dense } from './dense.ts'
import {
  costOf,
  equals,
  grouped,
  has,
  nothing,
  solved,
  type Counterpart,
  type Equal,
  type Multiples,
} from './exchanged.ts'

export { equals, type Counterpart, type Equal }

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
]) satisfies z.ZodType<unknown, Wanted>
/** `mha` gives each query head keys and values of its own, `global` gives every attention layer the whole context; `n_kv_heads` takes the place of an equal cache. */
export type Wanted =
  | { kind: 'dense'; equal?: Equal | undefined }
  | { kind: 'gqa' | 'mla'; equal?: 'cache' | undefined; n_kv_heads?: number | undefined }
  | { kind: 'mha' | 'global' | 'untied' }

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
    case 'gqa':
      if (!has(architecture, 'latent_attention')) throw nothing('latent attention to exchange')
      return want.n_kv_heads === undefined
        ? solved(
            named(grouped(architecture), 'GQA with equal cache'),
            'attention',
            'n_kv_heads',
            target('cache'),
            multiples,
          )
        : { design: named(grouped(architecture, want.n_kv_heads), 'GQA'), solution: null }
    case 'mla': {
      if (!has(architecture, 'attention')) throw nothing('attention to exchange')
      return solved(
        named(exchangeAttention.apply(architecture, { to: 'mla' }), 'MLA with equal cache'),
        'latent_attention',
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
const sharesNothing = (architecture: Architecture): boolean =>
  evaluate(prepare(grouped(architecture))).params.total ===
    evaluate(prepare(architecture)).params.total && !has(architecture, 'latent_attention')
