/** The dense counterpart of a mixture of experts. */
import type { Architecture } from '../../../architecture/schema.ts'
import { isA } from '../../transform/is-a.ts'
import { mapBlocks, placeOf, settingsOf } from '../../transform/stacks.ts'
import { usesOf } from '../../vary/uses.ts'
import type { Design } from '../../vary/variation.ts'
import { solve } from '../solve/solve.ts'
import {
  grouped,
  has,
  nothing,
  solved,
  type Counterpart,
  type Equal,
  type Multiples,
} from './exchanged.ts'

/** Dense networks in the place of experts, and where an equal cache is wanted attention in the place of latents. */
export function dense(
  design: Design,
  equal: Equal,
  named: (changed: Architecture, words: string) => Design,
  target: (equal: Equal) => { quantity: string; value: number },
  multiples: Multiples,
): Counterpart {
  const { architecture } = design
  const latent = has(architecture, 'latent_attention')
  if (!has(architecture, 'experts')) {
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
  }
  const addresses = usesOf(changed)
    .filter(({ stated }) => stated['d_ff'] === width)
    .map(({ address }) => `${address}.d_ff`)
  return { architecture: changed, addresses }
}
