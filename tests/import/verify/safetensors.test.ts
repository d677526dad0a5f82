import { describe, expect, test } from 'vitest'
import { headerLength, readHeader } from '../../../src/import/verify/index.ts'

const header = (entry: object): string =>
  JSON.stringify({ __metadata__: { format: 'pt' }, 'a.weight': entry })

test('a header names tensors with type, shape and bytes', () => {
  expect(
    readHeader(header({ dtype: 'BF16', shape: [2, 3], data_offsets: [4, 16] }), 16, 'x'),
  ).toEqual([{ name: 'a.weight', dtype: 'BF16', shape: [2, 3], bytes: 12 }])
})

test('four-bit types take half a byte, and a scalar has no shape', () => {
  expect(
    readHeader(header({ dtype: 'F4', shape: [2, 3], data_offsets: [0, 3] }), 3, 'x')[0]!.bytes,
  ).toBe(3)
  expect(
    readHeader(header({ dtype: 'F32', shape: [], data_offsets: [0, 4] }), 4, 'x')[0]!.bytes,
  ).toBe(4)
})

describe('what is broken is named', () => {
  test.each([
    [
      'sizes that do not agree',
      header({ dtype: 'BF16', shape: [2, 3], data_offsets: [0, 10] }),
      100,
      'x: gives a.weight 10 bytes, but BF16 [2, 3] takes 12',
    ],
    [
      'a file that was cut off',
      header({ dtype: 'BF16', shape: [2, 3], data_offsets: [0, 12] }),
      11,
      'x: ends before a.weight; it was cut off',
    ],
    [
      'a tensor without a shape',
      header({ dtype: 'BF16', data_offsets: [0, 12] }),
      12,
      'x: does not say dtype, shape and data_offsets of a.weight',
    ],
    ['a header that is not JSON', '{"a', 12, 'x: has a header that is not JSON'],
    ['a header that is a list', '[]', 12, 'x: has a header that is no object'],
  ])('%s', (_what, text, bytes, message) => {
    expect(() => readHeader(text, bytes, 'x')).toThrow(message)
  })

  test('a length that no header has', () => {
    const start = new Uint8Array(8).fill(255)
    expect(() => headerLength(start, 'x')).toThrow('it is no safetensors file')
    expect(() => headerLength(start.subarray(0, 5), 'x')).toThrow(
      'x: is shorter than the length of a header',
    )
  })
})
