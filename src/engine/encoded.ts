/** What the language model is given beside its own tokens: positions that an encoder or towers hand over, and images. */
import type { Model } from '../architecture/model.ts'
import { noPiece, passOf, type Pass } from '../formulas/index.ts'
import { prefillPass } from './sums.ts'
import { handedOver, tokensOf } from './towers.ts'
import type { Workload } from './types.ts'

/** Positions that the encoder makes of what its front end is given; without one those that towers hand over. */
export function encodedPositions(model: Model, workload: Workload): number {
  const { encoder, towers } = model
  if (!encoder) return towers.length === 0 ? 0 : handedOver(model, workload)
  const given = workload.source ?? workload.context
  const front = encoder.input.find(({ formulas }) => formulas.positions)
  return front
    ? front.formulas.positions!(front.settings, passOf(workload, given, 0, given))
    : given
}

/** The decoder's pass over the tokens of the context that are not cached. */
export function decoderPrefill(model: Model, workload: Workload, source: number): Pass {
  const { images } = workload
  if (images === null) return prefillPass(workload, source)
  const image_tokens = tokensOf(model, workload).images / images.count
  return prefillPass(workload, source, { ...noPiece, image_tokens })
}
