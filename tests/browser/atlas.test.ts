/** The atlas: every model of the catalogue on a map and in a table, walked, narrowed, sorted and pressed. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from './test.ts'

const table = (page: Page) => page.getByRole('table', { name: 'Published models' })
const rows = (page: Page) => table(page).getByRole('row')
const walker = (page: Page) => page.locator('figure a[data-model]')
const query = (page: Page, key: string) => new URL(page.url()).searchParams.get(key)

test('models are narrowed to a kind, sorted, and the link says both', async ({ open }) => {
  const page = await open('?page=models')
  await table(page).waitFor()
  expect(await rows(page).count()).toBeGreaterThan(200)
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('Latents (MLA)')
  await page.getByRole('searchbox', { name: 'Search' }).fill('deepseek')
  await expect.poll(() => rows(page).count()).toBeLessThan(15)
  await table(page).getByRole('button', { name: 'Parameters', exact: true }).click()
  await table(page).getByRole('button', { name: 'Parameters', exact: true }).click()
  // DeepSeek-V3 as published, of 671,026,404,352 parameters: 576 values of 2 bytes in each of 61 layers.
  const row = table(page).getByRole('row', { name: /^DeepSeek-V3 2024/ })
  expect(await row.innerText()).toMatch(/671\.0 ?B\s+37\.55 ?B\s+70\.27 ?kB/)
  await expect.poll(() => query(page, 'descending')).toBe('1')
  // Its 671 GB in fp8 with a KV cache are more than eight H100 hold; whole stages of eight are added.
  await expect.poll(() => row.innerText()).toMatch(/kB\s+16\s*$/)
  const again = await open(new URL(page.url()).search)
  await expect.poll(() => rows(again).count()).toBe(await rows(page).count())
  // What fits is known a little after the costs.
  await expect.poll(() => rows(again).allInnerTexts()).toEqual(await rows(page).allInnerTexts())
})

test('the map is walked by arrow keys, Shift and Enter add a model, Enter opens it', async ({
  open,
}) => {
  const page = await open('?page=models&find=mixtral')
  await walker(page).focus()
  const name = () => walker(page).getAttribute('aria-label')
  const first = await name()
  expect(first).toMatch(/^A /)
  await page.keyboard.press('ArrowRight')
  await expect.poll(name).toMatch(/^Mixtral.*KV cache per token/)
  await page.keyboard.press('Shift+Enter')
  await page.locator('figure').getByText(/^B Mixtral/).first().waitFor()
  expect(query(page, 'page')).toBe('models')
  await page.keyboard.press('Enter')
  await expect.poll(() => query(page, 'b')).toBe('mixtral-8x7b')
  await expect.poll(() => query(page, 'page')).toBeNull()
}) // prettier-ignore

test('models that fit on the machine are shown alone, and map and table are taken away', async ({
  open,
}) => {
  const page = await open('?page=models&kind=latent&fitting=1')
  await table(page).waitFor()
  await expect.poll(() => rows(page).count()).toBeGreaterThan(1)
  const fitting = await rows(page).allInnerTexts()
  expect(fitting.slice(1).filter((row) => !/\s1\s*$/.test(row))).toEqual([])
  const taken = async (name: string): Promise<string> => {
    const waiting = page.waitForEvent('download')
    await page.locator('figure').getByRole('button', { name, exact: true }).click()
    return readFileSync(await (await waiting).path(), 'utf8')
  }
  const [head, ...lines] = (await taken('CSV')).trimEnd().split('\n')
  expect(head).toBe('Model,Year,Parameters,Active parameters,KV cache per token,H100 SXM needed')
  // Own models come after the published ones.
  expect(lines).toHaveLength(fitting.length)
  expect(lines.at(-1)).toMatch(/^A Llama-3\.1-8B,,8030261248,8030261248,131072,1$/)
  expect(await taken('SVG')).toContain(
    'KV cache per token against Active parameters at 8,192 tokens',
  )
})

test('axes are chosen from all totals, by the map and the table alike', async ({ open }) => {
  const page = await open('?page=models')
  await table(page).waitFor()
  await page.getByRole('combobox', { name: 'Up' }).selectOption('flops.decode')
  await table(page).locator('th[data-column="flops.decode"]').waitFor()
  await page.getByRole('checkbox', { name: 'Up: logarithmic' }).uncheck()
  await expect.poll(() => query(page, 'y_scale')).toBe('linear')
  expect(query(page, 'y')).toBe('flops.decode')
})
