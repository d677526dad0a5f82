import { expect, test } from 'vitest'
import { attention, codestral, ends, ffn, load, norms } from './load.ts'
import { layers, model, type Value } from './write.ts'

test('tensors that do not add up to what formulas compute are counted, with a warning that says where', () => {
  const found = load(codestral, {
    ...ends(6144, 32768),
    'rope_freqs.weight': [64],
    ...layers(56, { ...norms(6144), ...attention(6144, 6144, 1024), ...ffn(6144, 16000) }),
  })
  const warnings = found.notes.filter(({ level }) => level === 'warning').map(({ text }) => text)
  expect(warnings).toEqual([
    expect.stringMatching(
      /^the tensors of the file hold 396,361,728 values fewer than the formulas of llama compute, first at layer 0 \(ffn 396,361,728 fewer\); the tensors are counted$/,
    ),
  ])
})

test.each<[string, Record<string, Value>, string]>([
  ['no architecture', { 'general.name': 'x' }, 'general.architecture: is missing'],
  [
    'an architecture that is not read',
    model('clip', {}),
    'general.architecture: the GGUF architecture clip is not read',
  ],
  [
    'a size that is missing',
    model('llama', { block_count: 2, vocab_size: 100 }),
    'llama.embedding_length: is missing',
  ],
  [
    'sizes that differ by layer',
    model('llama', {
      block_count: 2,
      vocab_size: 100,
      embedding_length: 64,
      feed_forward_length: [128, 256],
    }),
    'llama.feed_forward_length: differs from layer to layer',
  ],
])('%s is named where no tensors are listed', (_what, values, message) => {
  expect(() => load(values, {})).toThrow(message)
})

test('a value that JSON cannot hold is written as a text in the report', () => {
  const values = { ...codestral, 'general.architecture': 'unheard', 'unheard.attention.head_count': { f32: 1e300 } } // prettier-ignore
  const { report } = load(values, { ...ends(64, 100), ...layers(1, norms(64)) })
  expect(report.read).toMatchObject({ 'unheard.attention.head_count': 'Infinity' })
})
