/** Formula files are checked together with those of archcost that they must agree with. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { archcost } from './archcost.ts'

const folder = mkdtempSync(join(tmpdir(), 'archcost-check-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Checks a file of archcost's own with something in it replaced. */
async function checked(path: string, from: string, to: string): Promise<string> {
  const file = join(folder, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, readFileSync(`formulas/${path}`, 'utf8').replaceAll(from, to))
  const { out, err } = await archcost(['check', file])
  return (out + err).replaceAll(`${folder}/`, '')
}

test('a block that no longer says what a scenario takes from it', async () => {
  expect(await checked('ffn/moe.yaml', 'n_experts', 'experts')).toContain(
    'ffn/moe.yaml › is: says experts and has no n_experts',
  )
})

test('a scenario that takes from a block what it does not say', async () => {
  expect(
    await checked('scenarios/distinct-experts.yaml', 'from: experts.top_k', 'from: experts.top'),
  ).toContain('settings.top_k.from: experts says no top')
})

test('a file that is right', async () => {
  expect(await checked('mixers/mamba.yaml', 'nothing of it', '')).toContain(
    'mixers/mamba.yaml: right; Mamba',
  )
})
