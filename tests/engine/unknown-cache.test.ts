import { expect, test } from 'vitest'
import { parseMeasure } from '../../src/engine/ask/quantity/measures.ts'
import { explain } from '../../src/engine/explanations.ts'
import { evaluate, prepare, type Architecture } from '../../src/engine/index.ts'

const architecture: Architecture = {
  name: 'known by its weights',
  d_model: 64,
  max_context: 512,
  cache_unknown: 'the header does not say the size of the state',
  stacks: [
    {
      role: 'decoder',
      n_layers: 2,
      input: [{ block: 'token-embedding', vocab_size: 1000 }],
      layer: [
        { name: 'mixer', block: 'listed-weights', part: 'state', matrices: 12_288, vectors: 64 },
      ],
      output: [{ block: 'output-head', tied: true }],
    },
  ],
}

test('where it is not known what a model keeps, its step and cache are null, and the rest is counted', () => {
  const { params, flops, cache, bytes_read, memory } = evaluate(prepare(architecture))
  expect(params).toMatchObject({ total: 88_704, by_role: { embedding: 64_000, state: 24_704 } })
  expect(flops.prefill).toBe(2 * (512 * 2 * 12_288 + 64_000))
  expect({ cache, step: flops.decode, read: bytes_read.decode, memory: memory.bytes }).toEqual({
    cache: null,
    step: null,
    read: null,
    memory: null,
  })
})

test('who asks for it is told why', () => {
  const why = 'cache.bytes: is not known: the header does not say the size of the state'
  expect(() => explain(prepare(architecture), {}, 'cache.bytes')).toThrow(why)
  expect(() => parseMeasure(architecture, 'cache.bytes')).toThrow(why)
})
