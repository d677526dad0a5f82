import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, prepare, type Architecture } from '../../../src/engine/index.ts'
import {
  bodiesOf,
  pickOf,
  picked,
  sublayerOf,
  type Body,
} from '../../../src/engine/transform/layers.ts'
import { mistral } from './documents.ts'

const bodies: Body[] = [
  {
    before: 'rmsnorm',
    block: 'attention',
    n_heads: 32,
    n_kv_heads: 8,
    position: { block: 'rotary' },
  },
  { before: 'rmsnorm', block: 'attention', n_heads: 32, n_kv_heads: 8, window: 1024 },
  { block: 'attention', n_heads: 16 },
  { after: 'layernorm', block: 'latent-attention', n_heads: 32 },
  { before: 'rmsnorm', blocks: [{ block: 'attention' }, { block: 'ffn', d_ff: 512 }] },
  { block: null },
  { share: 'one', block: 'attention', n_heads: 64 },
]

const document = (n_layers: number, body: object): Architecture => ({
  ...mistral,
  stacks: [{ ...mistral.stacks[0]!, n_layers, layer: [{ name: 'mixer', ...body }] }],
})

test('layers of any kinds in any order are a rule and exceptions that cost the same', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...bodies), { minLength: 1, maxLength: 12 }), (layers) => {
      const together = evaluate(prepare(document(layers.length, sublayerOf('mixer', layers))))
      const seen = new Set<Body>()
      const alone = layers.map((body) => {
        const { params, cache } = evaluate(prepare(document(1, body)))
        // A shared block is stored where it stands first.
        const stored = body.share !== undefined && seen.has(body) ? 0 : params.by_layer[0]!
        seen.add(body)
        return { stored, cache: cache!.bytes }
      })
      expect(together.params.by_layer).toEqual(alone.map(({ stored }) => stored))
      expect(together.cache!.bytes).toBe(alone.reduce((sum, { cache }) => sum + cache, 0))
    }),
  )
})

test('a rule with exceptions comes back layer by layer', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...bodies), { minLength: 1, maxLength: 12 }), (layers) => {
      const again = bodiesOf(sublayerOf('mixer', layers), layers.length)
      expect(bodiesOf(sublayerOf('mixer', again), layers.length)).toEqual(again)
    }),
  )
})

test.each([
  [[0, 1, 2], 9, { first: 3 }],
  [[7, 8], 9, { last: 2 }],
  [[1, 4, 7], 9, { every: 3, offset: 1 }],
  [[1, 2, 5], 9, [1, 2, 5]],
])('layers %j of %i are said as %j', (layers, n_layers, pick) => {
  expect(pickOf(layers, n_layers)).toEqual(pick)
  expect(picked(pickOf(layers, n_layers), n_layers)).toEqual(layers)
})
