import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from './test.ts'

const headingOf = (page: Page): Promise<string> =>
  page.locator('figure figcaption h3').first().innerText()

test('speed ends where the memory of a device ends, and says so', async ({ open }) => {
  const page = await open('?v=1&a=llama-3.1-8b&chart=speed&context=8192')
  await page.getByRole('heading', { name: /; 64 sequences fit$/ }).waitFor()
  // By hand: the 84.99 GB that are visible less 16.06 GB of weights, by 8,192 tokens of 131,072 bytes.
  await page.locator('figure details summary').first().click()
  const cells = page.locator('figure tbody tr')
  expect(await cells.filter({ hasText: /^128/ }).innerText()).toContain('—')
  expect(await cells.filter({ hasText: /^64/ }).innerText()).toContain('tok/s')
  // What one sequence does for each byte: 16.1 GFLOP over 15.0 GB of weights and 1.07 GB of cache.
  await page.getByText('batch 1, ').waitFor()
})

test('a model that no device of the kind holds has no speed', async ({ open }) => {
  const page = await open('?v=1&a=deepseek-v3&chart=speed')
  await page.getByRole('heading', { name: /does not fit, with one sequence, in/ }).waitFor()
})

test('a crossing is the first context that crosses, not a doubling near it', async ({ open }) => {
  const page = await open('?v=1&a=llama-3.1-8b&chart=memory')
  // By hand: 16,060,522,496 bytes of weights by 131,072 bytes of cache a token.
  await page.getByRole('heading', { name: /^From 122,533 tokens on/ }).waitFor()
})

test('memory ends where the machine ends, at the longest context that it holds', async ({
  open,
}) => {
  const page = await open('?v=1&a=llama-3.1-8b&chart=memory&machine=NVIDIA+GeForce+RTX+4090')
  // By hand: 25,383,256,719 bytes that are visible less 16,060,522,496 of weights, by 131,072 a token.
  await page
    .getByRole('heading', { name: /; at most 71,126 tokens fit on 1 × RTX 4090$/ })
    .waitFor()
  await page.locator('figure details summary').first().click()
  expect(await page.locator('figure tbody tr').last().innerText()).toMatch(/^71\.1/)
})

test('dropped tokens are told with the load that is assumed', async ({ open }) => {
  const page = await open('?v=1&a=deepseek-v3&chart=experts')
  await page.getByRole('heading', { name: /^If the n-th expert is used/ }).waitFor()
  expect(await headingOf(page)).toContain('drops')
})

test('what hardly changes with the batch looks so', async ({ open }) => {
  const page = await open('?v=1&a=llama-3.1-8b&chart=traffic')
  await page.getByRole('heading', { name: /reads the same weights at every batch/ }).waitFor()
  const texts = await page.locator('figure svg text').allTextContents()
  const ticks = texts
    .filter((text) => /^[\d.]+\sGB$/.test(text))
    .map((text) => Number.parseFloat(text))
  // 15.01 GB at a batch of 1 and 15.02 at 1,024 stand close together on an axis of a decade.
  expect(Math.max(...ticks) / Math.min(...ticks)).toBeGreaterThanOrEqual(2)
})
