import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Tensor } from '../../src/import/verify/index.ts'
import {
  deepseek,
  deepseekShapes,
  llama,
  llamaShapes,
  tensors,
} from '../import/verify/checkpoints.ts'
import { archcost } from './archcost.ts'
import { writeSafetensors } from './safetensors-file.ts'

const made: string[] = []
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true })))

/** A checkpoint folder, in as many files as wanted. */
function write(config: object, all: readonly Tensor[], shards = 1): string {
  const folder = mkdtempSync(join(tmpdir(), 'archcost-verify-'))
  made.push(folder)
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  if (shards === 1) {
    writeSafetensors(join(folder, 'model.safetensors'), all)
    return folder
  }
  const nameOf = (shard: number): string =>
    `model-${String(shard + 1).padStart(5, '0')}-of-${String(shards).padStart(5, '0')}.safetensors`
  for (let shard = 0; shard < shards; shard++)
    writeSafetensors(
      join(folder, nameOf(shard)),
      all.filter((_, index) => index % shards === shard),
    )
  const weight_map = Object.fromEntries(
    all.map(({ name }, index) => [name, nameOf(index % shards)]),
  )
  writeFileSync(
    join(folder, 'model.safetensors.index.json'),
    JSON.stringify({ metadata: {}, weight_map }),
  )
  return folder
}

test('a checkpoint that fits its config is said to fit, layers alike together', async () => {
  const { out, status } = await archcost(['verify', write(llama.config, tensors(llamaShapes()))])
  expect(status).toBe(0)
  expect(out).toContain('1 file, 30 tensors,')
  expect(out).toMatch(/^layers 0 to 2, each +43,136 +43,136$/m)
  expect(out).toContain('Every value is accounted for.')
})

test('shards are read together, and what is stored besides is explained', async () => {
  const { out, status } = await archcost([
    'verify',
    write(deepseek.config, tensors(deepseekShapes()), 3),
  ])
  expect(status).toBe(0)
  expect(out).toContain('3 files,')
  expect(out).toContain('multi-token prediction module')
  expect(out).toContain('+8: buffers')
})

test('what does not fit ends with status 1, with the group in which it differs', async () => {
  const folder = write({ ...llama.config, num_key_value_heads: 4 }, tensors(llamaShapes()))
  const { out, status } = await archcost(['verify', folder])
  expect(status).toBe(1)
  expect(out).toMatch(/^layer 0 +47,232 +43,136 +−4,096\n {2}mixer +16,384 +12,288 +−4,096$/m)
  expect(out).toContain('−12,288 values are not explained.')
  const json = await archcost(['verify', folder, '--format', 'json'])
  expect(JSON.parse(json.out)).toMatchObject({
    exact: false,
    unexplained: -12_288,
    tensors: 30,
    files: ['model.safetensors'],
  })
})

test('layout copies of the same weights are passed over', async () => {
  const folder = write(llama.config, tensors(llamaShapes()))
  writeSafetensors(join(folder, 'consolidated.safetensors'), tensors(llamaShapes()))
  expect((await archcost(['verify', folder])).status).toBe(0)
})

test('a shard that is missing, or misplaced tensors, are named', async () => {
  const folder = write(llama.config, tensors(llamaShapes()), 2)
  writeSafetensors(
    join(folder, 'model-00002-of-00002.safetensors'),
    tensors(llamaShapes()).filter((_, index) => index % 2 === 1 && index > 1),
  )
  const misplaced = await archcost(['verify', folder])
  expect(misplaced.status).toBe(1)
  expect(misplaced.out).toContain(
    'model.safetensors.index.json places model.layers.0.self_attn.k_proj.weight in model-00002-of-00002.safetensors, which does not hold it',
  )
  rmSync(join(folder, 'model-00002-of-00002.safetensors'))
  expect((await archcost(['verify', folder])).err).toContain(
    'lacks model-00002-of-00002.safetensors that model.safetensors.index.json lists',
  )
})

test('a folder without weights, or files that were cut off, are named', async () => {
  const folder = write(llama.config, tensors(llamaShapes()))
  truncateSync(join(folder, 'model.safetensors'), 4000)
  expect((await archcost(['verify', folder])).err).toMatch(
    /model\.safetensors: ends before .*; it was cut off/,
  )
  truncateSync(join(folder, 'model.safetensors'), 100)
  expect((await archcost(['verify', folder])).err).toContain('ends inside its header')
  rmSync(join(folder, 'model.safetensors'))
  expect(await archcost(['verify', folder])).toMatchObject({
    status: 1,
    err: expect.stringContaining('holds no safetensors files'),
  })
})
