/** What is built in: numbers before any script, a strict content policy, and an offline copy. */
import { readFileSync } from 'node:fs'
import { inject } from 'vitest'
import { headlineSays } from './journey.ts'
import { expect, test } from './test.ts'

const html = readFileSync('dist/page/index.html', 'utf8')

test('the first numbers stand in the HTML itself', async ({ visit }) => {
  const page = await visit({ javaScriptEnabled: false })
  await page.goto(inject('address'))
  await headlineSays(page, '8,030,261,248')
})

test('the page takes the HTML over without moving it', async ({ visit }) => {
  const page = await visit()
  await page.goto(inject('address'))
  await page.getByRole('tree', { name: 'Parts of the architecture' }).waitFor()
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            sum += (entry as unknown as { value: number }).value
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(sum), 500)
      }),
  )
  expect(shift).toBe(0)
})

test('the content policy allows no inline script and no eval', async ({ visit }) => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/unsafe/)
  expect(html).not.toMatch(/<[^>]+\s(on\w+|style)=/)
  const page = await visit()
  await page.goto(inject('address'))
  const ran = await page.evaluate(() => {
    const element = document.createElement('div')
    element.setAttribute('onclick', 'document.title = "taken"')
    element.click()
    return document.title
  })
  expect(ran).not.toBe('taken')
})

test('models, terms and doors are files of their own, with their numbers, which the page takes over', async ({
  open,
}) => {
  const textOf = (file: string): string => readFileSync(`dist/page/${file}`, 'utf8')
  expect(textOf('model-deepseek-v3.html')).toMatch(
    /<meta name="description" content="DeepSeek-V3: 671\.0 B parameters, 37\.55 B for each token[^]*671,026,404,352/,
  )
  expect(textOf('compare.html')).toContain('46,702,792,704')
  expect(textOf('dictionary.html')).toContain('href="./term-mla.html"')
  const page = await open('model-gpt2.html')
  await headlineSays(page, '124,439,808')
  expect(new URL(page.url()).pathname).toBe('/model-gpt2.html')
  await expect.poll(() => page.title()).toMatch(/^GPT-?2/i)
  await page.getByRole('link', { name: 'Dictionary' }).click()
  await expect.poll(() => page.title()).toBe('Dictionary · archcost')
  expect(page.url()).toMatch(/:\d+\/\?(.*&)?page=dictionary$/)
  await page.goBack()
  await headlineSays(page, '124,439,808')
})

test('after the first visit the page works without a network', async ({ visit }) => {
  const page = await visit()
  await page.goto(inject('address'))
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect
    .poll(() => page.evaluate(async () => (await caches.keys()).length))
    .toBeGreaterThan(0)
  await page.context().setOffline(true)
  await page.goto(`${inject('address')}?v=1&a=deepseek-v3&open=A.cache.bytes`)
  await headlineSays(page, '671,026,404,352')
  await page.getByRole('tree', { name: 'Inputs' }).waitFor()
})
