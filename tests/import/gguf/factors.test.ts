/** Rotary factors that stand among the tensors of a file. */
import { expect, test } from 'vitest'
import { prepare, type Architecture } from '../../../src/engine/index.ts'
import { rotary } from '../../../src/engine/rotary.ts'
import { completeWorkload } from '../../../src/engine/workload.ts'
import { loadModel } from '../../../src/import/catalog/index.ts'
import { importGguf, readGguf } from '../../../src/import/gguf/index.ts'
import type { Imported } from '../../../src/import/index.ts'
import { attention, ends, ffn, norms } from './load.ts'
import { ggufBytes, layers, model, type Sizes, type Value } from './write.ts'

async function read(bytes: Buffer): Promise<Imported> {
  const header = await readGguf(
    async (from, to) => new Uint8Array(bytes.subarray(from, to)),
    bytes.length,
    'model.gguf',
  )
  return importGguf([header])
}

function frequencies(architecture: Architecture, context: number) {
  const opened = prepare(architecture)
  return rotary(opened, completeWorkload(opened, { context }))![0]!
}

const llama = (more: Record<string, Value> = {}): Record<string, Value> =>
  model('llama', {
    block_count: 32,
    context_length: 131072,
    embedding_length: 4096,
    feed_forward_length: 14336,
    'attention.head_count': 32,
    'attention.head_count_kv': 8,
    'rope.freq_base': { f32: 500000 },
    'rope.dimension_count': 128,
    vocab_size: 128256,
    ...more,
  })
const llamaTensors: Sizes = {
  ...ends(4096, 128256),
  'rope_freqs.weight': [64],
  ...layers(32, { ...norms(4096), ...attention(4096, 4096, 1024), ...ffn(4096, 14336) }),
}

test('Llama 3.1 has the frequencies of its config.json', async () => {
  const published = (await loadModel('llama-3.1-8b')).architecture
  const wanted = frequencies(published, 8192)
  const factors = wanted.inv_freq.map((each, pair) => 500_000 ** (-pair / 64) / each)
  // As the model says: the fastest as they are, the slowest an eighth.
  expect([factors[0], Math.round(factors[63]!)]).toEqual([1, 8])
  const { architecture, notes } = await read(
    ggufBytes(llama(), llamaTensors, { data: { 'rope_freqs.weight': factors } }),
  )
  expect(notes.filter(({ level }) => level === 'warning')).toEqual([])
  for (const context of [4096, 131072]) {
    const found = frequencies(architecture, context)
    expect(found.attention_factor).toBe(1)
    found.inv_freq.forEach((each, pair) =>
      // Stored in four bytes.
      expect(each / wanted.inv_freq[pair]!).toBeCloseTo(1, 6),
    )
  }
})

const phi = model('phi3', {
  block_count: 2,
  context_length: 131072,
  embedding_length: 64,
  feed_forward_length: 128,
  'attention.head_count': 4,
  'attention.head_count_kv': 4,
  'rope.dimension_count': 16,
  'rope.scaling.type': 'longrope',
  'rope.scaling.original_context_length': 4096,
  'rope.scaling.attn_factor': { f32: 1.25 },
  vocab_size: 100,
})
const phiTensors: Sizes = {
  ...ends(64, 100),
  'rope_factors_long.weight': [8],
  'rope_factors_short.weight': [8],
  ...layers(2, {
    ...norms(64),
    'attn_qkv.weight': [64, 192],
    'attn_output.weight': [64, 64],
    'ffn_up.weight': [64, 256],
    'ffn_down.weight': [128, 64],
  }),
}
const long = [1, 2, 4, 8, 16, 32, 64, 64]
const short = [1, 1, 1, 1, 1, 1, 2, 2]

test('short and long factors hold up to the original context and beyond', async () => {
  const data = { 'rope_factors_long.weight': long, 'rope_factors_short.weight': short }
  const { architecture, notes } = await read(ggufBytes(phi, phiTensors, { data }))
  expect(notes.map(({ text }) => text)).toContain(
    'rotary frequencies are divided by the factors in rope_factors_long.weight and rope_factors_short.weight',
  )
  const [below, above] = [frequencies(architecture, 4096), frequencies(architecture, 4097)]
  expect([below.attention_factor, above.attention_factor]).toEqual([1.25, 1.25])
  expect(below.inv_freq.map((each, pair) => each / above.inv_freq[pair]!)).toEqual(
    long.map((each, pair) => each / short[pair]!),
  )
})

test.each<[string, Buffer, string]>([
  [
    'a file that was cut off',
    ggufBytes(llama(), llamaTensors, { data: { 'rope_freqs.weight': Array(64).fill(1) } }).subarray(
      0,
      -32,
    ),
    'which could not be read',
  ],
  ['factors in another format', ggufBytes(llama(), llamaTensors), 'which could not be read'],
  [
    'factors beside a scaling',
    ggufBytes(
      llama({ 'rope.scaling.type': 'linear', 'rope.scaling.factor': { f32: 2 } }),
      llamaTensors,
      { data: { 'rope_freqs.weight': Array(64).fill(1) } },
    ),
    'beside a scaling of its own (linear)',
  ],
])('%s leaves the frequencies unknown, and the report says so', async (_what, bytes, why) => {
  const { notes } = await read(bytes)
  const [warning] = notes.filter(({ level }) => level === 'warning').map(({ text }) => text)
  expect(warning).toContain('rotary frequencies are not known')
  expect(warning).toContain(why)
})
