/** axe-core over every other view: the charts, the dialogs, the pages beside the calculator; doors.test.ts and settings.test.ts scan theirs. */
import { axeReady, findings } from './axe.ts'
import { button } from './journey.ts'
import { expect, test } from './test.ts'

const two = '?v=1&a=deepseek-v3&b=llama-3.1-8b'

test('axe finds nothing in the drawing, whatever area means, and in any chart', async ({
  open,
}) => {
  const page = await open(two)
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
  const page = await open(two)
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
    expect(await findings(page, name, 'dialog[open]')).toEqual([])
    await page.keyboard.press('Escape')
  }
})

test('axe finds nothing in the pages beside the calculator', async ({ open }) => {
  const page = await open(two)
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
