/** The three jobs people come for, each from its link. */
import type { Locator, Page } from 'playwright-core'
import { axeReady, findings } from './axe.ts'
import { headline, headlineSays } from './journey.ts'
import { expect, test } from './test.ts'

const candidates = (page: Page): Locator =>
  page.getByRole('table', { name: 'Candidate shapes' }).getByRole('row')

async function axeFindings(page: Page): Promise<string[]> {
  await axeReady(page)
  return findings(page, 'sizing', '[aria-label="Budget and shapes"]')
}

test('sizing: a budget gives shapes near it, and one of them opens in the calculator', async ({
  open,
}) => {
  const page = await open()
  await page.getByRole('link', { name: 'Size a model' }).click()
  await page.getByRole('heading', { name: 'What shape fits the budget?' }).waitFor()
  await page.getByText('17 shapes that use the budget.').waitFor()
  await page.getByText('beaten by none').first().waitFor()
  await page.getByText(/On the line stand the \d+ that none beats/).waitFor()
  // Fewer layers do less work beside their weights, but nobody builds them so few and so wide.
  await candidates(page)
    .nth(1)
    .getByRole('rowheader', { name: /^28 layers of/ })
    .waitFor()
  await candidates(page)
    .getByText('width for each layer 1,150, where the family has 128', { exact: true })
    .waitFor()
  expect(await axeFindings(page)).toEqual([])
  const first = candidates(page).nth(1)
  const name = await first.getByRole('rowheader').innerText()
  await first.getByRole('button', { name: /^Open/ }).click()
  const [, layers, width] = /(\d+) layers of ([\d,]+)/.exec(name)!
  await page
    .getByRole('heading', { name: `${layers} layers of ${width!.replace(',', '')}`, exact: true })
    .waitFor()
  // Of 13 billion, to two hundredths.
  expect(await headline(page).innerText()).toMatch(/1(2\.[89]|3\.0)\d+\s*B/)
})

test('sizing: experts for a budget of all parameters and one of active ones, with latent attention', async ({
  open,
}) => {
  const page = await open('?v=1&ask=size&from=deepseek-v3&budget=100e9&device=any&context=32768')
  // As large a part as of DeepSeek-V3.
  await page.getByPlaceholder('5.596B, in proportion').waitFor()
  await page.getByRole('textbox', { name: 'Active parameters' }).fill('10B')
  const row = candidates(page).filter({ hasText: /^32 layers/ })
  await row.waitFor()
  expect(await row.innerText()).toMatch(/Experts \d+ · Experts per token \d+/)
  const [, , all, active] = await row.getByRole('cell').allInnerTexts()
  expect(all).toMatch(/^(9[5-9]\.\d+|100\.0) B$/)
  expect(active).toMatch(/^(9\.[5-9]\d+|10\.00) B$/)
})

test('sizing: a search can be stopped, and keeps what it found', async ({ open }) => {
  const page = await open('?v=1&ask=size&from=deepseek-v3&budget=100e9&active=10e9&device=any')
  await candidates(page).nth(1).waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText(/Stopped with \d+% done/).waitFor()
  expect(await candidates(page).count()).toBeGreaterThan(1)
})

test('sizing: memory of weights and cache, with the least cache', async ({ open }) => {
  const page = await open('?v=1&ask=size&context=32768')
  await page.getByRole('radio', { name: 'Memory' }).check({ force: true })
  await page.getByLabel('Of a device').selectOption('NVIDIA L40S')
  await page.getByLabel('Batch').first().fill('4')
  await page.getByLabel('As small as can be').selectOption('cache')
  const memory = candidates(page).nth(1).getByRole('cell').nth(1)
  await memory.getByText(/^4[4-8]\.\d+ GB$/).waitFor()
  await page.getByRole('columnheader', { name: 'Cache', exact: true }).waitFor()
})

test('sizing: an impossible budget says which condition rules out what, and opens the nearest miss', async ({
  open,
}) => {
  const page = await open('?v=1&ask=size&budget=70e9&device=NVIDIA+H100+SXM&context=131072')
  await page.getByText(/^No shape meets all of this/).waitFor()
  const first = page.getByRole('listitem').filter({ hasText: 'rules out' }).first()
  expect(await first.innerText()).toMatch(
    /^At most 84\.99 GB of weights and cache: rules out [\d,]+ designs; the nearest /,
  )
  expect(await axeFindings(page)).toEqual([])
  await first.getByRole('button').click()
  await page.getByRole('heading', { name: /^\d+ layers of \d+$/ }).waitFor()
})

test('a budget that cannot be read says so at its field', async ({ open }) => {
  const page = await open('?v=1&ask=size')
  const field = page.getByRole('textbox', { name: 'At most: parameters' })
  await field.fill('7 bananas')
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await field.fill('7B')
  await page.getByText(/Published models near it/).waitFor()
  await page
    .getByRole('link', { name: /^OLMo-2-1124-7B|^Mistral-7B|7B/ })
    .first()
    .waitFor()
})

test('comparing: a mixture of experts beside a dense model, with what is active in front', async ({
  open,
}) => {
  const page = await open()
  await page.getByRole('link', { name: 'Compare MoE with dense' }).click()
  await page.getByRole('heading', { name: /mixture of experts save/ }).waitFor()
  await page
    .getByRole('treeitem', { name: /^Experts, 2 of 8 in 32 of 32 layers/ })
    .waitFor({ state: 'attached' })
  await headline(page).getByText('0.187×').first().waitFor()
})

test('a job keeps the model at hand: stretched, compared with its own counterpart, sized as it is', async ({
  open,
}) => {
  const page = await open('?v=1&a=qwen3-30b-a3b&a.n_layers=24')
  await page.getByRole('link', { name: 'Stretch the context' }).click()
  await page.getByRole('tab', { name: 'Memory', selected: true }).waitFor()
  await headlineSays(page, '131,072 tokens')
  await page.getByRole('link', { name: 'Compare MoE with dense' }).click()
  await page.getByRole('heading', { name: /mixture of experts save/ }).waitFor()
  await page.getByRole('navigation', { name: 'Models' }).getByText('Qwen3-30B-A3B, dense').waitFor()
  await page.getByRole('link', { name: 'Size a model' }).click()
  const from = page.getByLabel('Shape to begin from')
  await expect.poll(() => from.inputValue()).toBe('A')
  await candidates(page).nth(1).waitFor()
  expect(page.url()).toMatch(/a=qwen3-30b-a3b&a\.n_layers=24/)
})

test('stretching: memory against context is in front', async ({ open }) => {
  const page = await open()
  await page.getByRole('link', { name: 'Stretch the context' }).click()
  await page.getByRole('tab', { name: 'Memory', selected: true }).waitFor()
  await headlineSays(page, '131,072 tokens')
})

test('past the trained length there is a warning, and numbers all the same', async ({ open }) => {
  const page = await open('?v=1&a=llama-3.1-8b&context=1Mi')
  await page.getByText(/not made for a context this long: at most 131,072 tokens/).waitFor()
  const cache = headline(page).locator('[data-quantity="cache.bytes"]')
  await expect.poll(() => cache.getAttribute('title')).toContain('137,438,953,472 bytes')
})
