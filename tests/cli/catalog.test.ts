import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { archcost } from './archcost.ts'

test('the ledger in the docs is the one that is printed', async () => {
  const { status, out } = await archcost(['catalog', '--ledger', '--format', 'markdown'])
  expect(status).toBe(0)
  const hint = 'archcost catalog --ledger --format markdown > docs/ledger.md'
  expect(readFileSync('docs/ledger.md', 'utf8') === out, hint).toBe(true)
})

test('a published count that differs is shown with the reason', async () => {
  const { out } = await archcost(['catalog', '--ledger'])
  expect(out).toMatch(
    /qwen3-0\.6b +596,049,920 +751,632,384 +155,582,464 +155,582,464: the tied head, stored a second time/,
  )
})

test('programs get numbers without separators', async () => {
  const { out } = await archcost(['catalog', '--format', 'csv'])
  expect(out).toMatch(/^name,model_type,year,parameters,active,published as\n/)
  expect(out).toContain(
    '\nmixtral-8x7b,mixtral,2023,46702792704,12879925248,mistralai/Mixtral-8x7B-v0.1\n',
  )
  const list = JSON.parse((await archcost(['catalog', '--format', 'json'])).out) as {
    name: string
    computed: number
  }[]
  expect(list.find(({ name }) => name === 'gpt2')).toMatchObject({ computed: 124_439_808 })
})
