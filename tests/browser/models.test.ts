/** Choosing, changing and comparing models. */
import { button, chooseModel, headline, headlineSays, setContext } from './journey.ts'
import { expect, test } from './test.ts'

test('another model is chosen from the catalogue', async ({ open }) => {
  const page = await open()
  await chooseModel(page, 'DeepSeek-V3')
  await headlineSays(page, '671,026,404,352')
})

test('the context changes the cache and the work, not the parameters', async ({ open }) => {
  const page = await open()
  await headlineSays(page, '8,030,261,248')
  const figure = (quantity: string) =>
    headline(page).locator(`[data-quantity^="${quantity}"]`).getAttribute('title')
  const before = await Promise.all([figure('flops.prefill'), figure('flops.decode')])
  await setContext(page, '4Ki')
  // Two of 8 heads of 128, in 32 layers, of 2 bytes, for 4,096 tokens.
  await expect.poll(() => figure('cache.bytes')).toContain('536,870,912 bytes')
  await headlineSays(page, '8,030,261,248')
  const after = await Promise.all([figure('flops.prefill'), figure('flops.decode')])
  expect(after[0]).not.toBe(before[0])
  expect(after[1]).not.toBe(before[1])
})

test('a field that cannot be read says why, and the numbers stay', async ({ open }) => {
  const page = await open()
  const field = page.getByRole('textbox', { name: 'Context', exact: true })
  await field.fill('many')
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
  await headlineSays(page, '8,192 tokens')
})

test('a duplicate with one setting changed shows the difference', async ({ open }) => {
  const page = await open()
  await button(page, 'Duplicate').click()
  await page.getByRole('heading', { name: 'Settings of B' }).waitFor()
  const layers = page.getByRole('textbox', { name: 'Layers', exact: true })
  await layers.fill('16')
  await headline(page).getByText('base', { exact: true }).first().waitFor()
  const parameters = headline(page).getByRole('button', { name: /^Total|^Parameters/ })
  expect(await parameters.count()).toBeGreaterThanOrEqual(2)
  // Half of the layers: half of the cache.
  expect(await headline(page).innerText()).toMatch(/0\.5|½|half/)
})

test('a model is given another name, which its link keeps', async ({ open }) => {
  const page = await open('?v=1&a=gpt2')
  await button(page, 'Rename').click()
  await page.getByRole('textbox', { name: 'Name of the model' }).fill('7 of <mine>')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '7 of <mine>' }).waitFor()
  await expect.poll(() => page.url()).toContain('a.name=7')
  await page.reload()
  await page.getByRole('heading', { name: '7 of <mine>' }).waitFor()
  await headlineSays(page, '124,439,808')
})

test('an extra module is counted where it is asked for, which the link keeps', async ({ open }) => {
  const page = await open('?v=1&a=deepseek-v3')
  const module = page.getByRole('checkbox', { name: /^Count multi-token prediction/ })
  await module.check()
  // 671,026,404,352 and the 11,610,067,968 of the module's layer.
  await headlineSays(page, '682,636,472,320')
  await expect.poll(() => page.url()).toContain('a.extra.mtp=true')
  await page.reload()
  await headlineSays(page, '682,636,472,320')
  await module.uncheck()
  await headlineSays(page, '671,026,404,352')
})

test('undo takes a change back, and redo makes it again', async ({ open }) => {
  const page = await open()
  const layers = page.getByRole('textbox', { name: 'Layers', exact: true })
  const changed = headline(page).getByText('8,030,261,248')
  await layers.fill('16')
  await layers.blur()
  await expect.poll(() => changed.count()).toBe(0)
  await button(page, 'Undo').click()
  await headlineSays(page, '8,030,261,248')
  await button(page, 'Redo').click()
  await changed.first().waitFor({ state: 'detached' })
  expect(await layers.inputValue()).toBe('16')
})

test('a link opened elsewhere shows the same state', async ({ open }) => {
  const page = await open()
  await button(page, 'Duplicate').click()
  await page.getByRole('textbox', { name: 'Layers', exact: true }).fill('16')
  await setContext(page, '8Ki')
  await button(page, 'Share').click()
  const field = page.getByRole('dialog').getByRole('textbox', { name: 'Link' })
  await expect.poll(() => field.inputValue()).toContain('b.n_layers=16')
  const link = new URL(await field.inputValue())
  const again = await open(link.search + link.hash)
  await headlineSays(again, '8,192 tokens')
  const shown = await headline(page).innerText()
  await expect.poll(() => headline(again).innerText()).toBe(shown)
})
