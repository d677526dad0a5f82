/** Puts encoders, and encoders with decoders, together from their layers. */
import type { Architecture, BlockUse, Norm, Stack, Sublayer } from '../architecture/schema.ts'
import { nameOf } from './decoder.ts'
import type { Layered } from './layers.ts'
import { block } from './parts.ts'
import type { Reader } from './reader.ts'
import { refuseCrossAttention } from './refuse.ts'

/** Where the norm of a residual step stands. */
export type NormPlace = 'before' | 'after'

/** The residual steps of a layer, each with a norm at the same place. */
export const steps = (
  norm: Norm,
  place: NormPlace,
  bodies: Readonly<Record<string, Layered>>,
): Sublayer[] => Object.entries(bodies).map(([name, body]) => ({ name, [place]: norm, ...body }))

/** Attention with biases, sized by the width, without positions of its own. */
export const plainAttention = (n_heads: number, settings: Record<string, unknown> = {}): BlockUse =>
  block('attention', {
    n_heads,
    q_bias: true,
    k_bias: true,
    v_bias: true,
    o_bias: true,
    ...settings,
  })

export const plainCrossAttention = (
  n_heads: number,
  settings: Record<string, unknown> = {},
): BlockUse => ({ ...plainAttention(n_heads, settings), block: 'cross-attention' })

/** A norm as a block of its own, or nothing. */
export const asBlocks = (norm: Norm): BlockUse[] =>
  norm === null ? [] : [typeof norm === 'string' ? { block: norm } : norm]

export type Ends = Pick<Stack, 'input' | 'layer' | 'output'> & { n_layers: number }

export interface Whole {
  max_context: number
  /** The longest input of a front end that does not count tokens. */
  max_source?: number
}

/** Whether there is a decoder; where there is none, every token sees all. */
export const decodes = ({ stacks }: Pick<Architecture, 'stacks'>): boolean =>
  stacks.some(({ role }) => role === 'decoder')

/** An encoder alone. */
export function encoderOnly(c: Reader, encoder: Ends, max_context: number): Architecture {
  if (c.flag('is_decoder')) refuseCrossAttention(c)
  return { ...named(c), max_context, stacks: [{ role: 'encoder', ...encoder }] }
}

export const encoderDecoder = (
  c: Reader,
  encoder: Ends,
  decoder: Ends,
  { max_context, max_source }: Whole,
): Architecture => ({
  ...named(c),
  max_context,
  ...(max_source !== undefined && { max_source }),
  stacks: [
    { role: 'encoder', ...encoder },
    { role: 'decoder', ...decoder },
  ],
})

const named = (c: Reader): Pick<Architecture, 'name' | 'model_type' | 'd_model'> => ({
  name: nameOf(c),
  model_type: c.text('model_type', 'unknown'),
  d_model: c.count('hidden_size'),
})
