/** The transforms: structural what-ifs, an architecture document in, a checked one out. */
import { depth } from './depth.ts'
import { depthUpScaling } from './depth-up-scaling.ts'
import { exchangeAttention } from './exchange-attention.ts'
import { mixtureOfDepths } from './mixture-of-depths.ts'
import { set } from './set.ts'
import { splitExperts } from './split-experts.ts'
import type { Transform } from './transform.ts'
import { tie, untie } from './tying.ts'
import { upcycling } from './upcycling.ts'
import { widen } from './widen.ts'
import { window } from './window.ts'

export const transforms: readonly Transform[] = [
  depthUpScaling,
  depth,
  widen,
  mixtureOfDepths,
  upcycling,
  splitExperts,
  exchangeAttention,
  window,
  tie,
  untie,
  set,
]
