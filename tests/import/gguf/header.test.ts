import { describe, expect, test } from 'vitest'
import { readGguf, readGgufHeader } from '../../../src/import/gguf/index.ts'
import { ggufBytes } from './write.ts'

const tokens = Array.from({ length: 50_000 }, (_, index) => `token ${index}`)
const bytes = ggufBytes(
  {
    'general.architecture': 'llama',
    'a.flag': true,
    'a.list': [1, 2, 3],
    'a.half': { f32: 0.5 },
    'tokenizer.ggml.tokens': tokens,
  },
  { 'token_embd.weight': [64, 50_000], 'norm.weight': [64] },
)

test('values keep their kind, long lists only their length, and shapes begin with the rows', () => {
  const { version, values, tensors } = readGgufHeader(bytes, 'x')!
  expect(version).toBe(3)
  expect(Object.fromEntries(values)).toEqual({
    'general.architecture': 'llama',
    'a.flag': true,
    'a.list': [1, 2, 3],
    'a.half': 0.5,
    'tokenizer.ggml.tokens': { length: 50_000 },
  })
  expect(tensors).toEqual([
    { name: 'token_embd.weight', dtype: 'F16', shape: [50_000, 64], bytes: 6_400_000 },
    { name: 'norm.weight', dtype: 'F16', shape: [64], bytes: 128 },
  ])
})

test.each([
  [8, 'Q8_0', 34 / 32],
  [12, 'Q4_K', 144 / 256],
  [14, 'Q6_K', 210 / 256],
  [39, 'MXFP4', 17 / 32],
])('format %i is %s', (type, dtype, each) => {
  const [tensor] = readGgufHeader(ggufBytes({}, { w: [256, 8] }, { type }), 'x')!.tensors
  expect(tensor).toMatchObject({ dtype, bytes: 2048 * each })
})

test('a header that goes on beyond the bytes is no header yet', () => {
  for (const end of [3, 10, 30, 1000, bytes.length - 1])
    expect(readGgufHeader(bytes.subarray(0, end), 'x')).toBeNull()
})

test('a file is read as far as its header goes', async () => {
  const asked: number[] = []
  const file = Buffer.concat([
    ggufBytes({ 'general.architecture': 'llama', long: 'x'.repeat(3_000_000) }, {}),
    Buffer.alloc(20_000_000),
  ])
  const header = await readGguf(
    (from, to) => (asked.push(to), Promise.resolve(file.subarray(from, to))),
    file.length,
    'x',
  )
  expect(header.values.get('general.architecture')).toBe('llama')
  expect(asked).toEqual([1024 * 1024, 4 * 1024 * 1024])
  await expect(
    readGguf((from, to) => Promise.resolve(bytes.subarray(from, to)), 5000, 'x'),
  ).rejects.toThrow('x: ends inside its header; it was cut off')
})

describe('what is no header', () => {
  test.each([
    ['another file', Buffer.from('PK\u0003\u0004 and more'), 'x: is no GGUF file'],
    ['an old version', ggufBytes({}, {}, { version: 1 }), 'x: is GGUF version 1; 2 and 3 are read'],
    [
      'another order of bytes',
      ggufBytes({}, {}, { version: 0x03000000 }),
      'x: has its bytes in big-endian order',
    ],
    [
      'counts beyond reason',
      Buffer.concat([ggufBytes({}, {}).subarray(0, 8), Buffer.alloc(16, 127)]),
      'it is broken',
    ],
    [
      'a type that is not known',
      Buffer.concat([
        ggufBytes({ a: 1 }, {}).subarray(0, 33),
        Buffer.from([99, 0, 0, 0, 0, 0, 0, 0]),
      ]),
      'x: has a value of type 99, which is not known',
    ],
  ])('%s', (_what, start, message) => {
    expect(() => readGgufHeader(start, 'x')).toThrow(message)
  })
})
