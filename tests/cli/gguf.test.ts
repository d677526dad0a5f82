import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ggufBytes, layers, model, type Sizes } from '../import/gguf/write.ts'
import { archcost } from './archcost.ts'

let folder = ''
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'archcost-gguf-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const values = model('llama', {
  block_count: 2,
  context_length: 512,
  embedding_length: 64,
  feed_forward_length: 160,
  'attention.head_count': 4,
  'attention.head_count_kv': 2,
})
const layer = {
  'attn_norm.weight': [64], 'attn_q.weight': [64, 64], 'attn_k.weight': [64, 32], 'attn_v.weight': [64, 32], 'attn_output.weight': [64, 64],
  'ffn_norm.weight': [64], 'ffn_gate.weight': [64, 160], 'ffn_up.weight': [64, 160], 'ffn_down.weight': [160, 64],
} // prettier-ignore
const tensors: Sizes = {
  'token_embd.weight': [64, 1000],
  ...layers(2, layer),
  'output_norm.weight': [64],
  'output.weight': [64, 1000],
}
const params = 2 * 64_000 + 64 + 2 * 43_136

test('a GGUF file is a model', async () => {
  const file = join(folder, 'small-q4.gguf')
  writeFileSync(file, ggufBytes(values, tensors))
  const { out, status } = await archcost(['cost', file, '--format', 'json'])
  expect(status).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    name: 'small-q4',
    model_type: 'llama',
    params: { total: params },
  })
})

test('one that is split is read with all its parts', async () => {
  const all = Object.entries(tensors)
  const part = (index: number): string => join(folder, `split-0000${index}-of-00002.gguf`)
  writeFileSync(
    part(1),
    ggufBytes({ ...values, 'split.count': 2 }, Object.fromEntries(all.slice(0, 12))),
  )
  expect((await archcost(['cost', part(1)])).err).toContain(
    'split-00002-of-00002.gguf; all 2 parts of a split model must be there',
  )
  writeFileSync(part(2), ggufBytes({ 'split.no': 1 }, Object.fromEntries(all.slice(12))))
  const { out } = await archcost(['cost', part(1), '--format', 'json'])
  expect(JSON.parse(out)).toMatchObject({ name: 'split', params: { total: params, head: 64_000 } })
})

test('a file that is none, or is not there, is named', async () => {
  const file = join(folder, 'none.gguf')
  expect((await archcost(['cost', file])).err).toContain(`there is no file ${file}`)
  writeFileSync(file, 'not a model')
  expect(await archcost(['cost', file])).toMatchObject({
    status: 1,
    err: 'archcost: none.gguf: is no GGUF file\n',
  })
})

test('a missing part is said before any is read, and a part alone is no model', async () => {
  const first = join(folder, 'many-00001-of-99999.gguf')
  writeFileSync(first, 'this is no GGUF file')
  expect(await archcost(['cost', first])).toEqual({
    status: 1,
    out: '',
    err: `archcost: there is no file ${join(folder, 'many-00002-of-99999.gguf')}; all 99999 parts of a split model must be there\n`,
  })
  const renamed = join(folder, 'renamed.gguf')
  writeFileSync(renamed, ggufBytes({ ...values, 'split.count': 3 }, tensors))
  expect(await archcost(['cost', renamed])).toMatchObject({
    status: 1,
    err: expect.stringContaining('split.count: is 3, but one part is read'),
  })
})
