import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { freshCatalog, generated } from '../../src/import/catalog/write.ts'
import { catalogModules } from '../../src/import/catalog/build.ts'
import { entries, loadModel } from '../../src/import/catalog/index.ts'
import { ledger } from '../../src/import/catalog/ledger.ts'

const rows = await ledger()

test('what is built is what the index and the configs give; else run npm run generate', () => {
  for (const [file, code] of Object.entries(catalogModules(freshCatalog())))
    expect(readFileSync(join(generated, file), 'utf8') === code, file).toBe(true)
})

test('holds at least two hundred and fifty models, each under its own name', async () => {
  expect(entries.length).toBeGreaterThanOrEqual(250)
  for (const { name } of entries) expect((await loadModel(name)).architecture.name).toBe(name)
})

test('no two models are listed under one title', () => {
  expect(new Set(entries.map(({ title }) => title)).size).toBe(entries.length)
})

describe('every published value is accounted for', () => {
  test.each(
    rows
      .filter(({ unexplained }) => unexplained !== null)
      .map((row) => [row.entry.name, row] as const),
  )('%s', (_name, { unexplained }) => {
    expect(unexplained).toBe(0)
  })
})

test('every model says where its config is from, and nothing in it is left not understood', async () => {
  for (const { name, config_source } of entries) {
    expect(config_source).not.toBe('')
    const { report, notes } = await loadModel(name)
    expect([name, report.not_understood]).toEqual([name, []])
    expect([name, notes.filter(({ level }) => level === 'warning')]).toEqual([name, []])
  }
})
