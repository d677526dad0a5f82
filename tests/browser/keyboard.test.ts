/** A derivation without a mouse. */
import type { Page } from 'playwright-core'
import { headlineSays } from './journey.ts'
import { expect, test } from './test.ts'

test('a derivation is opened, walked and left by keyboard alone', async ({ open }) => {
  const page = await open()
  await headlineSays(page, '8,030,261,248')
  await tabTo(page, '[data-quantity="params.total"]')
  await page.keyboard.press('Enter')
  await page.getByRole('tree', { name: 'Inputs' }).waitFor()
  await tabTo(page, '[role=treeitem]')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowRight')
  expect(await focused(page).getAttribute('aria-expanded')).toBe('true')
  await page.keyboard.press('ArrowLeft')
  expect(await focused(page).getAttribute('aria-expanded')).toBe('false')
  await page.keyboard.press('Enter')
  const steps = page.getByRole('navigation', { name: 'Steps' })
  await steps.waitFor()
  await page.keyboard.press('Backspace')
  await steps.waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await page.getByRole('tree', { name: 'Inputs' }).waitFor({ state: 'detached' })
  expect(await focused(page).getAttribute('data-quantity')).toBe('params.total')
})

test('a source is reached by keyboard', async ({ open }) => {
  const page = await open()
  await headlineSays(page, '8,030,261,248')
  await tabTo(page, '[data-quantity="flops.prefill"]')
  await page.keyboard.press('Enter')
  await page.getByRole('tree', { name: 'Inputs' }).waitFor()
  const source = page.locator('h3', { hasText: 'Source' }).locator('..').getByRole('link')
  for (let depth = 0; depth < 6 && (await source.count()) === 0; depth++) {
    await tabTo(page, '[role=treeitem]')
    await page.keyboard.press('Enter')
  }
  await tabTo(page, 'a[target=_blank]')
  expect(await focused(page).getAttribute('href')).toMatch(/^https:/)
})

const focused = (page: Page) => page.locator(':focus')

async function tabTo(page: Page, selector: string): Promise<void> {
  const there = () =>
    page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)
  for (let step = 0; step < 200; step++) {
    if (await there()) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${selector}`)
}
