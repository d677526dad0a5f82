/** Devices and weight formats by name. */
import { expect, test } from 'vitest'
import { bytesInFormat, findDevice, weightFormats } from '../../src/engine/hardware.ts'

test.each([
  ['NVIDIA H100 SXM', 'NVIDIA H100 SXM'],
  ['h100 sxm', 'NVIDIA H100 SXM'],
  ['l40s', 'NVIDIA L40S'],
  ['rtx-4090', 'NVIDIA GeForce RTX 4090'],
  ['mi300x', 'AMD Instinct MI300X'],
])('%s is %s', (text, name) => {
  expect(findDevice(text).name).toBe(name)
})

test.each([
  ['h100', /may be NVIDIA H100 SXM, NVIDIA H100 PCIe; say which/],
  ['nvidia h100 smx', /did you mean NVIDIA H100 SXM/],
  ['abacus', /is not a known device; known are/],
  ['', /is not a known device/],
])('%j is refused', (text, message) => {
  expect(() => findDevice(text)).toThrow(message)
})

test('a format with groups has bits for every size of group', () => {
  // 4 bits, and of each group a scale of 16 and an offset of 4.
  expect(bytesInFormat('awq-int4-g128')).toBe((4 + 20 / 128) / 8)
  expect(bytesInFormat('AWQ-int4-g64')).toBe((4 + 20 / 64) / 8)
  expect(bytesInFormat('awq-int4')).toBe(bytesInFormat('awq-int4-g128'))
  expect(bytesInFormat('bf16-g64')).toBeUndefined()
})

test('a format has the bits of a weight, its scales among them', () => {
  const bits = Object.fromEntries(weightFormats.map((format) => [format.name, format.bits]))
  // 34 bytes for 32 weights; 4 bits and an exponent of 8 for 32.
  expect([bits['bf16'], bits['q8_0'], bits['mxfp4']]).toEqual([16, 8.5, 4.25])
})
