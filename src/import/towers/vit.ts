/** Pieces that vision transformers are put together from. */
import type { Sublayer } from '../../architecture/schema.ts'
import { norms, plainFfn } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { plainAttention, steps } from '../stacks.ts'

/** A layer with norms before its steps and biases everywhere. */
export const plainLayer = (c: Reader): Sublayer[] =>
  steps(norms.layer, 'before', {
    mixer: plainAttention(c.count('num_attention_heads')),
    ffn: plainFfn(c, { bias: true }),
  })
