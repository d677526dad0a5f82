/** axe-core over the calculator, light and dark, wide and narrow, with few and many models. */
import type { Page } from 'playwright-core'
import { axeReady, findings } from './axe.ts'
import { headlineSays, openDerivation, openImport } from './journey.ts'
import { expect, test } from './test.ts'

test('axe finds nothing in the calculator, an import and a derivation, wide and narrow', async ({
  open,
}) => {
  const page = await open('', { viewport: { width: 1280, height: 800 } })
  await headlineSays(page, '8,030,261,248')
  await drawn(page)
  await axeReady(page)
  const scan = (what: string, within?: string) => scanAt(page, [1280, 360], what, within)
  await scan('the calculator')
  await openImport(page)
  await scan('the import', 'dialog[open]')
  await page.keyboard.press('Escape')
  await openDerivation(page)
  // Beside the results where there is room, else above them.
  await scan('a derivation', 'aside, dialog[open]')
})

test('axe finds nothing in the calculator with three and four models, from 320 to 1920 px', async ({
  open,
}) => {
  const page = await open('?v=1&a=deepseek-v3&b=llama-3.1-8b&c=mixtral-8x7b')
  await page.getByText(/^C: /).waitFor()
  await drawn(page)
  await axeReady(page)
  await scanAt(page, [1920], 'three models')
  await page.keyboard.press('d')
  await page.getByText(/^D: /).waitFor()
  await scanAt(page, [1920, 320], 'four models')
})

const drawn = (page: Page): Promise<void> =>
  page.getByRole('tree', { name: 'Parts of the architecture' }).first().waitFor()

async function scanAt(page: Page, widths: number[], what: string, within?: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    expect(await findings(page, `${what} at ${width} px`, within)).toEqual([])
  }
  await page.setViewportSize({ width: widths[0]!, height: 800 })
}
