/** The drawing of the architecture: walked by keyboard, pressed, stretched, and taken away. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { setContext } from './journey.ts'
import { expect, test } from './test.ts'

const tree = (page: Page) => page.getByRole('tree', { name: 'Parts of the architecture' })
const part = (page: Page, name: RegExp) => tree(page).getByRole('treeitem', { name })
const focused = (page: Page) => page.locator(':focus')

test('its parts are walked by keyboard, opened, and lead to their settings', async ({ open }) => {
  const page = await open('?v=2&a=deepseek-v3')
  await part(page, /^DeepSeek-V3/).focus()
  await page.keyboard.press('ArrowDown')
  expect(await focused(page).getAttribute('aria-label')).toMatch(/^Token embedding/)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  expect(await focused(page).getAttribute('aria-label')).toMatch(/^DeepSeek-V3/)
  await page.keyboard.press('ArrowLeft')
  expect(await tree(page).getByRole('treeitem').count()).toBe(1)
  await page.keyboard.press('ArrowRight')
  await part(page, /^Multi-head latent attention in 58 of 61 layers/).focus()
  await page.getByText('Enter opens the derivation').waitFor()
  await page.keyboard.press('s')
  await expect
    .poll(() =>
      focused(page).evaluate(
        (field) => field.closest('[data-address]')?.getAttribute('data-address') ?? null,
      ),
    )
    .toBe('mixer')
  await part(page, /^Multi-head latent attention in 58 of 61 layers/).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Where it comes from' }).waitFor()
  await expect.poll(() => new URL(page.url()).searchParams.get('open')).toBe('A.mixer.params')
})

test('a part that is pointed at says what it costs, and its term is one press away', async ({
  open,
}) => {
  const page = await open('?v=2&a=mixtral-8x7b', { viewport: { width: 1280, height: 1400 } })
  await part(page, /^Full attention/).hover()
  await page.getByRole('tabpanel').getByText('in one layer').waitFor()
  await page.getByRole('tabpanel').getByText('Term', { exact: true }).click()
  await expect
    .poll(() => new URL(page.url()).searchParams.get('entry'))
    .toBe('attention-head-count')
})

test('what area means is chosen, and stands in the link', async ({ open }) => {
  const page = await open('?v=2&a=gemma-3-27b&context=131072')
  await part(page, /^Gated feed-forward network in 52/).waitFor()
  await page.getByRole('radio', { name: 'KV cache' }).check({ force: true })
  await part(page, /^Decoder, 52 layers of 62.*3\.90 %/).waitFor()
  await expect.poll(() => new URL(page.url()).searchParams.get('of')).toBe('cache')
  await setContext(page, '4096')
  await part(page, /^Decoder, 52 layers of 62.*56\.\d %/).waitFor()
})

test('the drawing is taken away as SVG, with the names of its parts', async ({ open }) => {
  const page = await open('?v=2&a=t5-base', { viewport: { width: 1280, height: 1400 } })
  await part(page, /^Encoder, 12 layers/).waitFor()
  const waiting = page.waitForEvent('download')
  await page.getByRole('tabpanel').getByRole('button', { name: 'SVG' }).click()
  const text = readFileSync(await (await waiting).path(), 'utf8')
  for (const words of ['t5-base', 'Cross-attention', 'Decoder, 12 layers', '?v=2'])
    expect(text).toContain(words)
  expect(text).not.toMatch(/class=|var\(/)
})

for (const models of [
  '?v=2&a=deepseek-v3',
  '?v=2&a=deepseek-v3&b=t5-base&c=gemma-3-27b&d=mamba-130m',
])
  test(`nothing of the drawing is wider than a screen of 320 px: ${models}`, async ({ open }) => {
    const page = await open(models, { viewport: { width: 320, height: 740 } })
    await tree(page).waitFor({ state: 'attached' })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBe(320)
  })
