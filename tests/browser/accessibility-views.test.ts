/** axe-core over every other view: the doors, the charts, the dialogs, the pages beside the calculator. */
import type { Page } from 'playwright-core'
import { axeReady, findings } from './axe.ts'
import { button } from './journey.ts'
import { expect, test } from './test.ts'

const two = '?v=1&a=deepseek-v3&b=llama-3.1-8b'

test('axe finds nothing in the drawing, whatever area means, and in any chart', async ({
  open,
}) => {
  const page = await open(two, { colorScheme: 'light' })
  const panel = page.getByRole('tabpanel')
  await panel.getByRole('treeitem').first().waitFor({ state: 'attached' })
  await axeReady(page)
  const found: string[] = []
  const scan = async (what: string) => {
    found.push(...(await findings(page, what, '[role="tabpanel"]')))
  }
  for (const area of ['Parameters', 'Decode FLOPs', 'KV cache']) {
    await panel.getByRole('radio', { name: area }).check({ force: true })
    await scan(`the drawing of ${area}`)
  }
  const tabs = await page.getByRole('tab').all()
  expect(tabs.length).toBeGreaterThan(10)
  for (const tab of tabs.slice(1)) {
    await tab.click()
    await panel.getByRole('img').first().waitFor()
    await scan(`the chart ${await tab.innerText()}`)
  }
  expect(found).toEqual([])
})

test('axe finds nothing in any dialog', async ({ open }) => {
  const page = await open(two, { colorScheme: 'light' })
  await axeReady(page)
  const dialog = page.getByRole('dialog')
  const dialogs: Record<string, () => Promise<unknown>> = {
    Share: () => dialog.getByRole('button', { name: 'BibTeX of the sources' }).waitFor(),
    'Commands and models': () => dialog.getByRole('combobox').waitFor(),
    Keyboard: () => dialog.getByRole('checkbox').waitFor(),
    Counterparts: () => page.getByText('All layers global', { exact: true }).waitFor(),
  }
  for (const [name, ready] of Object.entries(dialogs)) {
    await button(page, name).click()
    await ready()
    expect(await findings(page, name)).toEqual([])
    await page.keyboard.press('Escape')
  }
})

test('axe finds nothing in the pages beside the calculator', async ({ open }) => {
  const page = await open(two, { colorScheme: 'light' })
  await axeReady(page)
  const main = page.getByRole('main')
  for (const name of await page.getByRole('contentinfo').getByRole('link').allInnerTexts()) {
    await page.getByRole('contentinfo').getByRole('link', { name }).click()
    await main.getByRole('heading', { level: 1 }).waitFor()
    expect(await findings(page, name)).toEqual([])
  }
  await page.getByRole('contentinfo').getByRole('link', { name: 'Dictionary' }).click()
  await main.getByRole('link', { name: 'Tensor parallelism' }).click()
  await main.getByRole('figure').waitFor()
  for (const fold of await main.locator('summary').all()) await fold.click()
  expect(await findings(page, 'a term')).toEqual([])
})

const doors: Record<string, [path: string, ready: (page: Page) => Promise<unknown>]> = {
  'sizing where nothing fits': [
    '?v=1&ask=size&budget=70e9&context=131072',
    (page) => page.getByText(/^No shape meets all of this/).waitFor(),
  ],
  sizing: ['?v=1&ask=size', (page) => page.getByText(/shapes that use the budget/).waitFor()],
  'settings that do not hold': [
    '?v=1&a=llama-3.1-8b&a.mixer.n_kv_heads=7',
    (page) => page.getByRole('alert').waitFor(),
  ],
}
for (const [name, [path, ready]] of Object.entries(doors))
  test(`axe finds nothing in ${name}`, async ({ open }) => {
    const page = await open(path, { colorScheme: 'light' })
    await ready(page)
    await axeReady(page)
    expect(await findings(page, name)).toEqual([])
  })
