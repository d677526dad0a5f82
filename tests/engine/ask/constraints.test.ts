/** Limits as people write them: numbers, products, devices. */
import { expect, test } from 'vitest'
import { parseConstraint } from '../../../src/engine/ask/quantity/constraints.ts'
import type { Measure } from '../../../src/engine/ask/quantity/measures.ts'
import { published } from './architectures.ts'

const limit = async (text: string) => parseConstraint(await published('llama-3.1-8b'), text).right

test.each([
  ['memory.bytes <= 80GiB', 80 * 2 ** 30],
  // Not the A100 of 80 GB, whose memory is 80 GiB.
  ['memory.bytes <= 80GB', 80e9],
  ['memory.bytes <= 0.5 * 80GiB', 40 * 2 ** 30],
  ['memory.bytes <= L40S', 48 * 2 ** 30],
  ['memory.bytes <= 2 * rtx 4090', 48 * 2 ** 30],
  ['params.total <= 2 * 4e9', 8e9],
])('%s', async (text, bytes) => {
  expect(await limit(text)).toBe(bytes)
})

test.each([
  ['memory.bytes <= l40s pcie a100', /is neither a quantity nor a setting/],
  ['memory.bytes <= a100 sxm', /may be NVIDIA A100 SXM 80GB, NVIDIA A100 SXM 40GB; say which/],
  ['params.total <= L40S', /is neither a quantity nor a setting/],
  ['params.total <= 2 * 4GB', /is no number of bytes/],
])('%s is refused', async (text, message) => {
  await expect(limit(text)).rejects.toThrow(message)
})

test('the other side may be so many times a quantity of the same design', async () => {
  const llama = await published('llama-3.1-8b')
  const { right, times } = parseConstraint(llama, 'mixer.n_heads <= 1.5 * 4 * mixer.n_kv_heads')
  expect([(right as Measure).name, times]).toEqual(['mixer.n_kv_heads', 6])
})
