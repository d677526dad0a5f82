/** Models beside each other: what differs, why, and what a setting does to all of them. */
import { button, headline, headlineSays } from './journey.ts'
import { expect, test } from './test.ts'

const two = '?v=1&a=llama-3.1-8b&b=llama-3.1-8b&b.mixer.n_kv_heads=4'

test('a derivation says why the other model differs', async ({ open }) => {
  const page = await open(two)
  await headline(page).locator('[data-quantity="cache.bytes"]').first().click()
  const why = page.locator('h3', { hasText: 'Why the others differ' }).locator('..')
  await why.getByText('Key-value heads: 8 here, 4 there, −536.9 MB').waitFor()
})

test('the difference is charted cause by cause, with its table', async ({ open }) => {
  const page = await open(`${two}&on=B&chart=difference`)
  await page.getByRole('combobox', { name: 'Quantity' }).selectOption('cache.bytes')
  await page
    .getByRole('heading', { name: /0\.500× that of A, most of it by key-value heads/ })
    .waitFor()
  const row = page.getByRole('tabpanel').getByRole('row', { name: /mixer\.n_kv_heads/ })
  // The table follows the heading when the page has time.
  await expect.poll(() => row.innerText()).toMatch(/8\s+4\s+−536\.9 MB\s+100\.0%/)
})

test('a link keeps what its chart has chosen', async ({ open }) => {
  const page = await open(`${two}&on=B&chart=difference`)
  await page.getByRole('combobox', { name: 'Quantity' }).selectOption('cache.bytes')
  await expect.poll(() => page.url()).toContain('difference=cache.bytes')
  await page.getByRole('tab', { name: 'Made of' }).click()
  await page.getByRole('radio', { name: 'Amounts' }).check({ force: true })
  await expect.poll(() => page.url()).toContain('scale=amount')
  await page.reload()
  await expect.poll(() => page.getByRole('radio', { name: 'Amounts' }).isChecked()).toBe(true)
  await page.getByRole('tab', { name: 'Difference' }).click()
  await page.getByRole('heading', { name: /0\.500× that of A/ }).waitFor()
})

test('an encoder in the place of the other has no cache to differ in', async ({ open }) => {
  const page = await open(`${two}&c=bert-base-uncased&on=B&chart=difference`)
  const quantity = page.getByRole('combobox', { name: 'Quantity' })
  await quantity.selectOption('cache.bytes')
  await page.getByRole('heading', { name: /0\.500× that of A/ }).waitFor()
  await page.keyboard.press('Escape')
  await quantity.blur()
  await page.keyboard.press('3')
  await expect.poll(() => quantity.inputValue()).toBe('params.total')
})

test('a setting is swept for all models, and its present value moved by keys', async ({ open }) => {
  const page = await open(`${two}&chart=sweep&of=cache.bytes`)
  await page
    .getByRole('heading', { name: 'Twice the context, 2.00 times the cache of Llama-3.1-8B' })
    .waitFor()
  await headlineSays(page, '8,192 tokens')
  await page.getByRole('slider', { name: 'Context of Llama-3.1-8B' }).focus()
  await page.keyboard.press('ArrowRight')
  await headlineSays(page, '10,240 tokens')
})

test('a counterpart stands beside its model with an equal cost', async ({ open }) => {
  const page = await open('?v=1&a=mixtral-8x7b')
  await button(page, 'Counterparts').click()
  await page.getByRole('button', { name: /^Add\s?: Dense, equal active/ }).click()
  await page.getByRole('heading', { name: /dense with equal active/ }).waitFor()
  const active = headline(page).locator('[data-quantity="params.active"]')
  await expect.poll(() => active.count()).toBe(2)
  const [one, other] = await active.allInnerTexts()
  expect(one).toBe(other)
})

test('a counterpart that there is not says why, and stands after those that there are', async ({
  open,
}) => {
  const page = await open()
  await button(page, 'Counterparts').click()
  const dialog = page.getByRole('dialog', { name: 'Counterparts' })
  await dialog.getByText('There is no mixture of experts to exchange.').first().waitFor()
  const acts = dialog.getByRole('button', { name: /^Add/ })
  expect(await acts.first().innerText()).toContain('Latent attention for grouped queries')
  expect(await acts.first().isEnabled()).toBe(true)
  expect(
    await dialog.getByRole('button', { name: /^Add\s?: Dense, equal parameters/ }).isDisabled(),
  ).toBe(true)
})

test('two derivations stand side by side, the first input that differs marked', async ({
  open,
}) => {
  const page = await open(two)
  await headline(page).locator('[data-quantity="cache.bytes"]').first().click()
  await page.getByRole('button', { name: /^Side by side/ }).click()
  const marked = page.getByRole('treeitem').filter({ hasText: 'the first that differs' })
  expect(await marked.count()).toBe(2)
  expect(await marked.first().innerText()).toMatch(/Key-value heads[^]*8$/)
  expect(await marked.last().innerText()).toMatch(/Key-value heads[^]*4$/)
  await button(page, 'A alone').press('Enter')
  await page.getByRole('heading', { name: 'Why the others differ' }).waitFor()
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false)
})

test('a chart reads all lines at a place, and its marker alone moves the present value', async ({
  open,
}) => {
  const page = await open(`${two}&chart=sweep&against=n_layers&of=params.total`)
  const panel = page.getByRole('tabpanel')
  const layers = page.getByRole('textbox', { name: 'Layers', exact: true })
  const plot = panel.locator('[data-plot]')
  await plot.scrollIntoViewIfNeeded()
  const { x, y, width } = (await plot.boundingBox())!
  await page.mouse.click(x + width / 4, y + 100)
  expect(await layers.inputValue()).toBe('32')
  await panel
    .getByText(/^A Llama/)
    .filter({ hasText: /\dB$/ })
    .first()
    .waitFor()
  // The same by arrow keys.
  const reader = panel.getByRole('slider', { name: 'Values at each Layers' })
  await reader.press('ArrowRight')
  expect(await reader.getAttribute('aria-valuetext')).toMatch(/^\d+: A .*B, B .*B$/)
  await panel.locator('[data-marker]').hover({ position: { x: 12, y: 60 } })
  await page.mouse.down()
  await page.mouse.move(x + width / 3, y + 100, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => Number(await layers.inputValue())).toBeLessThan(20)
})

test('rotary wavelengths stand beside each other under each scaling', async ({ open }) => {
  const page = await open('?v=1&a=llama-3.1-8b&chart=rotary')
  await page.getByRole('radio', { name: 'Under each scaling' }).check({ force: true })
  await page.getByText('Table', { exact: true }).click()
  const table = page.getByRole('tabpanel').getByRole('table')
  expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(
    expect.arrayContaining(['none', 'linear', 'ntk', 'dynamic', 'yarn', 'llama3']),
  )
  // The fastest pair turns once in 2π tokens, and 8 times that where all are divided alike.
  const fastest = await table.getByRole('row', { name: /^0\b/ }).innerText()
  expect(fastest).toMatch(/6\.283 tokens\s+50\.27 tokens/)
})
