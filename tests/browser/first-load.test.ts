/** What a visitor finds: a working calculator with a known model, whose numbers follow and open. */
import { expect, test } from './test.ts'

test('a published model is there with its count, to the last digit', async ({ open }) => {
  const page = await open()
  expect(await page.title()).toContain('archcost')
  await page.getByLabel('Headline numbers').getByText('8,030,261,248').first().waitFor()
})

test('twice the context holds twice the cache', async ({ open }) => {
  const page = await open()
  const headline = page.getByLabel('Headline numbers')
  await headline.getByText('1,073,741,824 bytes').waitFor()
  await page.getByLabel('Context', { exact: true }).first().fill('16384')
  await page.keyboard.press('Enter')
  await headline.getByText('2,147,483,648 bytes').waitFor()
})

test('a number opens the equation that it comes from', async ({ open }) => {
  const page = await open()
  const cache = page.getByLabel('Headline numbers').locator('[data-quantity="cache.bytes"]')
  await cache.click()
  await page.locator('math').first().waitFor()
  expect(await cache.getAttribute('aria-expanded')).toBe('true')
})
