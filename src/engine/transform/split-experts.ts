/** Fine-grained experts: m times as many, each an m-th as wide, m times as many for each token. */
import * as z from 'zod/mini'
import { ArchcostError } from '../../architecture/errors.ts'
import { isA } from './is-a.ts'
import { mainStack, mapBlocks, settingsOf, withStack } from './stacks.ts'
import { count, nothingTo, transformOf, usually } from './transform.ts'

export const splitExperts = transformOf({
  name: 'split-experts',
  title: 'Fine-grained experts',
  about:
    'Splits every routed expert by m and lets a token use m times as many: expert parameters and FLOPs stay, the router grows by m, and a token has far more combinations to choose from.',
  options: z.strictObject({ m: usually(count(1, 'each expert is split into so many'), 2) }),
  apply(document, { m }) {
    const old = mainStack(document)
    let found = false
    const stack = mapBlocks(document, old, (use, { names }) => {
      if (!isA(use, 'experts')) return use
      found = true
      const { n_experts, top_k, d_ff_expert } = settingsOf(use, names) as Record<string, number>
      if (d_ff_expert! % m !== 0)
        throw new ArchcostError(
          'unsupported',
          `is ${m}, which does not divide the expert width ${d_ff_expert}`,
          'split-experts.m',
        )
      return { ...use, n_experts: n_experts! * m, top_k: top_k! * m, d_ff_expert: d_ff_expert! / m }
    })
    if (!found) throw nothingTo('split-experts', 'no mixture of experts')
    return withStack(document, old, stack)
  },
})
