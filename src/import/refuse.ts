/** Switches that turn a decoder into something else than the decoders of its family. */
import { ArchcostError } from '../architecture/errors.ts'
import type { Reader } from './reader.ts'

export function refuseCrossAttention(c: Reader): void {
  if (c.flag('add_cross_attention')) {
    throw new ArchcostError(
      'unsupported',
      'a decoder that attends to an encoder outside is not modelled',
      'add_cross_attention',
    )
  }
}

/** Some models of a family use keys and values of the layer before. */
export function refuseSharedKeys(c: Reader): void {
  if (c.flag('use_cla')) {
    throw new ArchcostError(
      'unsupported',
      'sharing keys and values across layers is not modelled for this family',
      'use_cla',
    )
  }
  c.ignore('cla_share_factor')
}
