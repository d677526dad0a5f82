/** Numbers in the tables of charts open as the others do. */
import type { Locator } from 'playwright-core'
import { expect, test } from './test.ts'

test('a number of the expert load says what it follows from', async ({ open }) => {
  const page = await open('?v=1&a=mixtral-8x7b&chart=experts')
  const row = page.getByRole('row', { name: /Capacity of an expert/ })
  // 8,192 tokens, two of eight experts for each, a quarter to spare.
  await row.getByRole('button', { name: '2,560', exact: true }).click()
  await page.getByRole('heading', { name: 'Where it comes from' }).waitFor()
  const tree = page.getByRole('tree', { name: 'Inputs' })
  await tree.getByText('changed').first().waitFor()
  expect(await page.getByText('formulas/scenarios/load-balancing.yaml').count()).toBeGreaterThan(0)
})

test('so does a number over the batch', async ({ open }) => {
  const page = await open('?v=1&a=mixtral-8x7b&chart=traffic')
  await page.getByText('Table', { exact: true }).click()
  const row = page.getByRole('row', { name: /^16 / })
  await row.getByRole('button').click()
  await page.getByRole('heading', { name: 'Where it comes from' }).waitFor()
  await page
    .getByText(/^92[.,]/)
    .first()
    .waitFor()
})

test('a derivation leads with one formula, and settings can be changed beside it', async ({
  open,
}) => {
  const page = await open('?v=1&a=deepseek-v3&open=A.cache.bytes')
  const formula = page.getByRole('region', { name: 'In one formula' })
  // Of every layer and token the latent of 512 and the rotary key of 64 are kept.
  await expect.poll(() => said(formula)).toContain('=61layers·8,192tokens·(512+64)·2bytes')
  await page.getByRole('link', { name: /^DeepSeek-V2/ }).waitFor()
  await page.getByRole('textbox', { name: 'Layers', exact: true }).fill('60')
  await expect.poll(() => said(formula)).toContain('=60layers·8,192tokens')
})

const said = async (formula: Locator): Promise<string> =>
  (await formula.innerText()).replaceAll(/\s/g, '')
