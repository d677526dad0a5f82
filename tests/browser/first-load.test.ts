/** The page as a visitor first finds it. */
import { headline, headlineSays } from './journey.ts'
import { expect, test } from './test.ts'

test('the first load shows what Llama-3.1-8B costs', async ({ open }) => {
  const page = await open()
  await headlineSays(page, '8,030,261,248')
  expect(await page.getByRole('heading', { level: 2, name: 'Llama-3.1-8B' }).count()).toBe(1)
  expect(await headline(page).innerText()).toContain('8,192 tokens')
})

test('the drawing and the table of all quantities follow', async ({ open }) => {
  const page = await open()
  await page.getByRole('tree', { name: 'Parts of the architecture' }).waitFor()
  await page.getByRole('tabpanel').locator('svg path').first().waitFor({ state: 'attached' })
  expect(await page.getByRole('heading', { name: 'All quantities' }).isVisible()).toBe(true)
})

test('a dark system gets a dark page, and the choice of a theme is kept', async ({ open }) => {
  const page = await open('', { colorScheme: 'dark' })
  await headlineSays(page, '8,030,261,248')
  const lightness = () =>
    page.evaluate(() => {
      const paint = document.createElement('canvas').getContext('2d')!
      paint.fillStyle = getComputedStyle(document.body).backgroundColor
      paint.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0] = paint.getImageData(0, 0, 1, 1).data
      return (red + green + blue) / 3
    })
  expect(await lightness()).toBeLessThan(60)
  await page.getByRole('button', { name: 'Light colours' }).click()
  expect(await lightness()).toBeGreaterThan(200)
  await page.reload()
  await headlineSays(page, '8,030,261,248')
  expect(await lightness()).toBeGreaterThan(200)
})
