/** Architecture documents, right and wrong, and what is said of them. */
import { expect } from 'vitest'
import { ArchcostError, prepare } from '../../src/engine/index.ts'

export type Json = Record<string, unknown>

/** A right document; what is given replaces parts of it. */
export const document = ({ mixer = {}, stack = {}, ...top }: Json = {}): Json => ({
  name: 'small',
  d_model: 64,
  max_context: 128,
  stacks: [
    {
      role: 'decoder',
      n_layers: 4,
      input: [{ block: 'token-embedding', vocab_size: 100 }],
      layer: [
        { name: 'mixer', before: 'rmsnorm', block: 'attention', n_heads: 4, ...(mixer as Json) },
        { name: 'ffn', before: 'rmsnorm', block: 'gated-ffn', d_ff: 128 },
      ],
      output: [{ block: 'rmsnorm' }, { block: 'output-head' }],
      ...(stack as Json),
    },
  ],
  ...top,
})
export const withMixer = (mixer: Json): Json => document({ mixer })
export const withLayer = (...layer: Json[]): Json => document({ stack: { layer } })

/** What `prepare` says; nothing where the document is right. */
export function refusal(given: unknown): string {
  try {
    prepare(given)
    return ''
  } catch (error) {
    if (!(error instanceof ArchcostError)) throw error
    expect(error.code).toBe('invalid_architecture')
    expect(error.path).toBeTruthy()
    return error.message
  }
}
