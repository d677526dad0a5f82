/** Narrow screens: one column, no scrolling sideways. */
import { button, headlineSays, openDerivation, openImport } from './journey.ts'
import { expect, test } from './test.ts'

for (const width of [360, 320])
  test(`at ${width} px nothing scrolls sideways`, async ({ open }) => {
    const page = await open('', { viewport: { width, height: 740 } })
    await headlineSays(page, '8,030,261,248')
    const spare = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
    expect(await spare(), 'at first').toBe(0)
    await button(page, 'Settings').click()
    expect(await spare(), 'with settings').toBe(0)
    await button(page, 'Duplicate').click()
    expect(await spare(), 'with two models').toBe(0)
    const dialog = await openImport(page)
    expect(await spare(), 'importing').toBe(0)
    await button(dialog, 'Close').click()
    await openDerivation(page)
    expect(await spare(), 'with a derivation').toBe(0)
    await page.goto(new URL('?page=models', page.url()).href)
    await page.getByRole('table', { name: 'Published models' }).waitFor()
    expect(await spare(), 'on the map').toBe(0)
  })

test('on a phone the tabs of four models and of their charts stand in a row each, the chosen one in sight', async ({
  open,
}) => {
  const models = 'a=deepseek-v3&b=llama-3.1-8b&c=gemma-3-27b&d=t5-base'
  const page = await open(`?v=1&${models}&chart=difference`, {
    viewport: { width: 360, height: 740 },
  })
  const difference = page.getByRole('tab', { name: 'Difference' })
  await difference.waitFor()
  const tabs = page.getByRole('tab')
  const tops = await tabs.evaluateAll((all) => all.map((tab) => tab.getBoundingClientRect().top))
  expect(new Set(tops).size).toBe(1)
  const chosen = await difference.boundingBox()
  expect(chosen!.x).toBeGreaterThan(0)
  expect(chosen!.x + chosen!.width).toBeLessThanOrEqual(360)
  const names = page.getByRole('navigation', { name: 'Models' }).getByRole('button')
  const middles = await names.evaluateAll((all) =>
    all.map((name) => {
      const { top, bottom } = name.getBoundingClientRect()
      return Math.round((top + bottom) / 2)
    }),
  )
  expect(new Set(middles).size).toBe(1)
})

test('on paper the results begin at the left, where settings stand on a screen', async ({
  open,
}) => {
  const page = await open('?v=2&a=deepseek-v3')
  const figure = page.getByRole('tabpanel').getByRole('figure').first()
  await figure.waitFor()
  await page.emulateMedia({ media: 'print' })
  await expect.poll(async () => (await figure.boundingBox())!.x).toBeLessThan(100)
  await page.emulateMedia({ media: null })
})
