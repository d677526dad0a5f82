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
