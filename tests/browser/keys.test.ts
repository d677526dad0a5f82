/** The keys of the whole page, the palette, and what an earlier visit left. */
import { button, headline, headlineSays, taken } from './journey.ts'
import { expect, test } from './test.ts'

test('single letters act outside fields, and can be switched off', async ({ open }) => {
  const page = await open()
  await headlineSays(page, '8,030,261,248')
  await taken(page)
  await page.keyboard.press('d')
  await page.getByRole('heading', { name: 'Settings of B' }).waitFor()
  await page.keyboard.press('1')
  await page.getByRole('heading', { name: 'Settings of A' }).waitFor()
  await page.keyboard.press('Control+z')
  await expect.poll(() => headline(page).locator('[data-quantity="params.total"]').count()).toBe(1)
  await page.keyboard.press('?')
  await page.getByRole('checkbox', { name: /single letter/ }).uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('d')
  await page.waitForTimeout(200)
  expect(await headline(page).locator('[data-quantity="params.total"]').count()).toBe(1)
})

test('the palette opens a model by its name', async ({ open }) => {
  const page = await open()
  await taken(page)
  await page.keyboard.press('Control+k')
  await page.locator('input[role=combobox]:focus').waitFor()
  await page.keyboard.type('mixtral 8x7b')
  await page.keyboard.press('Enter')
  await headlineSays(page, '46,702,792,704')
})

test('the palette opens a number and a setting by what people call them', async ({ open }) => {
  const page = await open('?v=1&page=dictionary')
  const seek = async (words: string) => {
    await page.keyboard.press('Control+k')
    await page.locator('input[role=combobox]:focus').waitFor()
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('heading', { name: 'Dictionary', exact: true }).waitFor()
  await seek('rope base')
  const base = page.locator('[data-address="mixer.position.theta"] input').first()
  await expect.poll(() => base.evaluate((field) => field === document.activeElement)).toBe(true)
  await seek('key-value cache')
  await page.getByRole('tree', { name: 'Inputs' }).waitFor()
  await expect.poll(() => page.url()).toContain('open=A.cache.bytes')
})

test('focus returns to what opened a dialog', async ({ open }) => {
  const page = await open()
  await taken(page)
  await button(page, 'Share').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Share' }).waitFor()
  await page.keyboard.press('Escape')
  expect(
    await button(page, 'Share').evaluate((element) => element === document.activeElement),
  ).toBe(true)
})

test('the next visit begins where the last one ended', async ({ open }) => {
  const page = await open('?v=1&a=gpt2&context=512')
  await headlineSays(page, '124,439,808')
  await page.waitForFunction(() => localStorage.getItem('archcost.session')?.includes('gpt2'))
  await page.goto(page.url().replace(/\?.*/, ''))
  await headlineSays(page, '124,439,808')
  await headlineSays(page, '512 tokens')
})
