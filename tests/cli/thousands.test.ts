import { expect, test } from 'vitest'
import { thousandsNote } from '../../src/cli/thousands.ts'

test.each([
  ['cost gpt2 --context 128k', 'Note: 128k is 128,000; 128Ki is 131,072.'],
  ['cost gpt2 --context=32k', 'Note: 32k is 32,000; 32Ki is 32,768.'],
  ['sweep gpt2 --over context=1M..4M', 'Note: 1M is 1,000,000; 1Mi is 1,048,576.'],
])('a context in thousands is told from one in 1,024s: %s', (line, note) => {
  expect(thousandsNote(line.split(' '))).toBe(`${note}\n`)
})

test('a condition of a quantity says a context too', () => {
  expect(thousandsNote(['--of', 'cache.bytes at 64k'])).toContain('64Ki is 65,536')
})

test.each([
  'cost gpt2 --context 128Ki',
  'cost gpt2 --context 100k',
  'cost gpt2 --context 131072',
  'size --params 1B --set vocab_size=64k',
  'cost 8k',
])('what can be meant in one way alone goes without a word: %s', (line) => {
  expect(thousandsNote(line.split(' '))).toBeNull()
})
