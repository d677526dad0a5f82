/** The line below a number of the headline: what it is made of, or what it is for one token or one parameter. */
import type { Evaluated } from '../models/evaluated.ts'
import { written, type Manner } from './show.ts'

export function noteOf(id: string, result: Evaluated, manner: Manner): string {
  const { cost } = result
  const { flops, cache, params } = cost
  switch (id) {
    case 'weights.bytes':
      return `${Number((cost.weights.bytes / params.total).toPrecision(4))} bytes a parameter`
    case 'flops.prefill':
      return mixingShare(flops.prefill, flops.prefill_by_kind)
    case 'flops.decode':
      return mixingShare(flops.decode, flops.decode_by_kind)
    case 'cache.bytes': {
      if (cache === null || cache.bytes === 0) return ''
      if (cache.bytes_per_token === 0) return 'more tokens take no more'
      return `${written(cache.bytes_per_token, 'byte', manner)} a token${cache.bounded > 0 ? ' beyond windows' : ''}`
    }
    default:
      return ''
  }
}

/** How much of the work tokens do with each other: what grows with the context. */
function mixingShare(
  whole: number | null,
  kinds: Evaluated['cost']['flops']['decode_by_kind'],
): string {
  if (whole === null || kinds === null || whole === 0) return ''
  const [part, words] = kinds.attention > 0 ? [kinds.attention, 'attention'] : [kinds.scan, 'scans']
  if (part === 0) return ''
  const share = (100 * part) / whole
  return `${share >= 10 ? Math.round(share) : share < 0.1 ? '< 0.1' : share.toPrecision(2)} % of it ${words}`
}

/** `bf16`, or the formats of the roles, the most general last; as published where models have formats of their own. */
export function formatsText(results: readonly Evaluated[]): string {
  const texts = new Set(
    results.map(({ workload: { weights } }) =>
      [...new Set(Object.values(weights))]
        .map((format) => (typeof format === 'number' ? `${format} bytes` : format))
        .join(', '),
    ),
  )
  return texts.size === 1 ? [...texts][0]! : 'as published'
}
