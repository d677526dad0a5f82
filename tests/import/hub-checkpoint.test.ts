/** Headers of weights on the hub, fetched in parts from one that answers as it does. */
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { fetchTensors } from '../../src/import/hub-checkpoint.ts'
import type { Hub } from '../../src/import/hub.ts'

const header = (name: string): Buffer => {
  const text = JSON.stringify({ [name]: { dtype: 'BF16', shape: [2, 3], data_offsets: [0, 12] } })
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return Buffer.concat([length, Buffer.from(text), Buffer.alloc(12)])
}

const files: Record<string, Buffer> = {
  'org/one/model.safetensors': header('a'),
  'org/two/model.safetensors.index.json': Buffer.from(
    JSON.stringify({ weight_map: { a: 'x-1.safetensors', b: 'x-2.safetensors' } }),
  ),
  'org/two/x-1.safetensors': header('a'),
  'org/two/x-2.safetensors': header('b'),
  'org/broken/model.safetensors.index.json': Buffer.from('{}'),
}

/** Answers parts with status 206, as the hub does. */
const answer =
  (in_parts: boolean): Hub['fetch'] =>
  (url, { headers }) => {
    const file = files[url.replace('https://hub/', '').replace('/resolve/main', '')]
    if (!file) return Promise.resolve(new Response('', { status: 404 }))
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec((headers as Record<string, string>)['range'] ?? '') ?? [] // prettier-ignore
    const part = from === undefined ? file : file.subarray(Number(from), Number(to) + 1)
    const status = from !== undefined && in_parts ? 206 : 200
    return Promise.resolve(new Response(new Uint8Array(part), { status }))
  }

const hub = (in_parts = true): Hub => ({
  endpoint: 'https://hub',
  patience_seconds: 5,
  fetch: answer(in_parts),
  sleep: (milliseconds, signal) => setTimeout(milliseconds, null, { signal }),
  instead: 'give a file',
  to_open: 'set a token',
})
const a = { name: 'a', dtype: 'BF16', shape: [2, 3], bytes: 12 }

test('a file alone, or all that an index names', async () => {
  expect(await fetchTensors('org/one', hub())).toEqual([a])
  expect(await fetchTensors('org/two', hub())).toEqual([a, { ...a, name: 'b' }])
})

test('what is missing, broken or not given in parts is refused', async () => {
  await expect(fetchTensors('org/none', hub())).rejects.toThrow('status 404')
  await expect(fetchTensors('org/broken', hub())).rejects.toThrow('is no index of a checkpoint')
  await expect(fetchTensors('org/one', hub(false))).rejects.toThrow('cannot be read in parts')
})
