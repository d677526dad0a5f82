/** Devices and weight formats by name. */
import { expect, test } from 'vitest'
import { bytesInFormat, weightFormats } from '../../src/architecture/formats.ts'
import { devices, findDevice } from '../../src/engine/hardware.ts'

test.each([
  ['NVIDIA H100 SXM', 'NVIDIA H100 SXM'],
  ['h100 sxm', 'NVIDIA H100 SXM'],
  ['l40s', 'NVIDIA L40S'],
  ['rtx-4090', 'NVIDIA GeForce RTX 4090'],
  ['mi300x', 'AMD Instinct MI300X'],
  ['h100', 'NVIDIA H100 SXM'],
  ['H100 80GB', 'NVIDIA H100 SXM'],
  ['h100 pcie 80 GiB', 'NVIDIA H100 PCIe'],
  ['4090', 'NVIDIA GeForce RTX 4090'],
  ['l4', 'NVIDIA L4'],
  ['l40', 'NVIDIA L40'],
  ['b200', 'NVIDIA B200 SXM'],
  ['gb200', 'NVIDIA GB200'],
  ['a100 pcie 40gb', 'NVIDIA A100 PCIe 40GB'],
  ['TPU v5e', 'Google TPU v5e'],
  ['trn2', 'AWS Trainium 2'],
  ['m2 ultra 192 gb', 'Apple M2 Ultra 192GB'],
])('%s is %s', (text, name) => {
  expect(findDevice(text).name).toBe(name)
})

test.each([
  ['a100', /may be NVIDIA A100 SXM 80GB, .*; say which/],
  ['M4 Max', /may be Apple M4 Max 64GB, Apple M4 Max 128GB; say which/],
  ['rtx 6000', /may be NVIDIA RTX 6000 Ada, .*Blackwell/],
  ['nvidia h100 smx', /did you mean NVIDIA H100 SXM/],
  ['abacus', /is not a known device; known are/],
  ['', /is not a known device/],
])('%j is refused', (text, message) => {
  expect(() => findDevice(text)).toThrow(message)
})

test('every device is known by each of its names, and sees no more memory than it has', () => {
  for (const device of devices) {
    for (const name of [device.name, ...(device.also ?? [])]) {
      expect(findDevice(name.toUpperCase())).toBe(device)
      expect(
        findDevice(name.replace(/^(NVIDIA( GeForce)?|AMD Instinct|Google|AWS|Apple) /, '')),
      ).toBe(device)
    }
    expect(device.visible).toBeLessThanOrEqual(device.memory)
    expect(device.visible).toBeGreaterThan(0.7 * device.memory)
  }
})

// GeForce cards sum products of eight bits in 32 at half the speed.
test('peaks are dense: eight bits are at most twice as fast as sixteen, four at most four times as eight', () => {
  for (const { name, peak } of devices) {
    const { bf16, fp8 = bf16!, fp4 = fp8 } = peak
    expect(fp8 / bf16!, name).toBeLessThanOrEqual(2.05)
    expect(fp4 / fp8, name).toBeLessThanOrEqual(4)
  }
})

test('memory that a log shows is visible, and what no log or sheet says is marked', () => {
  // vLLM on an RTX 3090 finds 23.58 GiB; torch on a B200 178.35.
  expect(findDevice('3090').visible / 2 ** 30).toBeCloseTo(23.58, 2)
  expect(findDevice('b200').visible / 2 ** 30).toBeCloseTo(178.35, 2)
  expect(findDevice('b200').assumed).toBeUndefined()
  expect(findDevice('l40s').visible / 2 ** 30).toBeCloseTo(44.42, 2)
  expect(findDevice('mi300x').visible / 2 ** 30).toBeCloseTo(191.98, 2)
  expect(findDevice('l4').assumed).toEqual(['visible'])
  expect(findDevice('m2 ultra 192gb').assumed).toEqual(['visible', 'peak'])
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
