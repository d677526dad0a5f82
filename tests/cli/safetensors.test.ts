/** Checkpoints as models: folders, files and indices, of which only headers are read. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { llama, llamaShapes, tensors } from '../import/verify/checkpoints.ts'
import { archcost } from './archcost.ts'
import { writeSafetensors } from './safetensors-file.ts'

let folder = ''
const at = (...path: string[]): string => join(folder, ...path)
const total = 2 * 64_000 + 64 + 3 * 43_136

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'archcost-safetensors-'))
  const all = tensors(llamaShapes())
  const name = (part: number): string => `model-0000${part + 1}-of-00002.safetensors`
  for (const place of ['whole', 'bare', 'cut']) mkdirSync(at(place))
  for (const part of [0, 1])
    writeSafetensors(at('whole', name(part)), all.filter((_, index) => index % 2 === part)) // prettier-ignore
  const weight_map = Object.fromEntries(all.map((tensor, index) => [tensor.name, name(index % 2)]))
  writeFileSync(at('whole', 'model.safetensors.index.json'), JSON.stringify({ weight_map }))
  writeFileSync(at('whole', 'config.json'), JSON.stringify(llama.config))
  writeSafetensors(at('bare', 'small.safetensors'), all)
  copyFileSync(at('whole', 'config.json'), at('cut', 'config.json'))
  writeFileSync(at('cut', 'model.safetensors'), 'version https://git-lfs.github.com/spec/v1')
})
afterAll(() => rmSync(folder, { recursive: true }))

async function cost(...path: string[]) {
  const { out, err } = await archcost(['cost', at(...path), '--format', 'json'])
  expect(err).toBe('')
  const { name, params, cache, notes, stored } = JSON.parse(out) as {
    name: string
    params: { total: number }
    cache: { bytes: number } | null
    notes: { text: string }[]
    stored: { bytes: number } | null
  }
  return { name, total: params.total, cache: cache?.bytes ?? null, stored: stored?.bytes ?? null, notes: notes.map(({ text }) => text) } // prettier-ignore
}

test('a folder is read by its config.json, and held against its tensors', async () => {
  const { notes, ...found } = await cost('whole')
  // Keys and values of two heads of 16, of 512 tokens in three layers.
  const wanted = { name: 'whole', total, cache: 2 * 2 * 32 * 512 * 3, stored: 2 * total }
  expect(found).toEqual(wanted)
  expect(notes[0]).toContain('add up to the computed')
})

test('an index and a part stand for all parts, and the config.json beside them is read', async () => {
  const [index, part] = await Promise.all([
    cost('whole', 'model.safetensors.index.json'),
    cost('whole', 'model-00002-of-00002.safetensors'),
  ])
  expect(part).toEqual(index)
  expect(part).toMatchObject({ name: 'whole', total })
})

test('a file alone is counted; where weights are no weights, the config.json is read alone', async () => {
  const [alone, cut] = await Promise.all([cost('bare', 'small.safetensors'), cost('cut')])
  expect(alone).toMatchObject({ name: 'small', total, cache: null, stored: 2 * total })
  expect(cut).toMatchObject({ total, stored: null })
  expect(cut.notes.at(-1)).toContain('the weights beside the config.json are not read')
})
