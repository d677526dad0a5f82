/** What counterparts exchange. */
import { ArchcostError } from '../../../architecture/errors.ts'
import { prepare } from '../../../architecture/check.ts'
import type { Architecture } from '../../../architecture/schema.ts'
import type { Trait } from '../../../formulas/index.ts'
import { evaluate } from '../../evaluate.ts'
import { exchangeAttention } from '../../transform/exchange-attention.ts'
import { isA } from '../../transform/is-a.ts'
import { mapBlocks, placeOf, settingsOf } from '../../transform/stacks.ts'
import { untie } from '../../transform/tying.ts'
import { usesOf } from '../../vary/uses.ts'

export const has = (architecture: Architecture, trait: Trait): boolean =>
  usesOf(architecture).some((use) => isA(use, trait))

export const nothing = (what: string): ArchcostError =>
  new ArchcostError('unsupported', `there is no ${what}`, 'counterpart')

const paramsOf = (architecture: Architecture): number =>
  evaluate(prepare(architecture)).params.total

/** With so many key-value heads, or as many as query heads. */
export const grouped = (architecture: Architecture, n_kv_heads?: number): Architecture =>
  exchangeAttention.apply(
    architecture,
    n_kv_heads === undefined ? { to: 'mha' } : { to: 'gqa', n_kv_heads },
  )

/** @throws ArchcostError where every query head has keys and values of its own */
export function withoutSharing(architecture: Architecture): Architecture {
  const changed = grouped(architecture)
  if (paramsOf(changed) === paramsOf(architecture) && !has(architecture, 'latent_attention'))
    throw nothing('shared key-value head: every query head has its own')
  return changed
}

/** @throws ArchcostError where the head has a matrix of its own */
export function untied(architecture: Architecture): Architecture {
  const changed = untie.apply(architecture, {})
  if (paramsOf(changed) === paramsOf(architecture))
    throw nothing('tied head: it has a matrix of its own already')
  return changed
}

/** Whether attention sees less than the whole context somewhere. */
export const isLimited = (architecture: Architecture): boolean =>
  usesOf(architecture).some(({ stated }) =>
    ['window', 'chunk', 'reach'].some((limit) => (stated[limit] ?? null) !== null),
  )

/** A width that no feed-forward network of a model has, to know those by that take the place of experts. */
export function unusedWidth(architecture: Architecture): number {
  const widths = new Set(usesOf(architecture).map(({ stated }) => stated['d_ff']))
  let width = 1024
  while (widths.has(width)) width++
  return width
}

/** Experts exchanged for dense networks of a width. */
export const withoutExperts = (architecture: Architecture, width: number): Architecture => ({
  ...architecture,
  stacks: architecture.stacks.map((stack) =>
    mapBlocks(architecture, stack, (use, { names }) => {
      if (!isA(use, 'experts')) return use
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
})
