/** axe-core over the page, light and dark, wide and narrow. */
import { axeReady, findings } from './axe.ts'
import { headlineSays, openDerivation, openImport } from './journey.ts'
import { expect, test } from './test.ts'

test('axe finds nothing in the calculator, an import and a derivation, wide and narrow', async ({
  open,
}) => {
  const page = await open('', { colorScheme: 'light', viewport: { width: 1280, height: 800 } })
  await headlineSays(page, '8,030,261,248')
  await page.getByRole('tree', { name: 'Parts of the architecture' }).waitFor()
  await axeReady(page)
  const scan = async (what: string) => {
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await findings(page, `${what} at ${width} px`)).toEqual([])
    }
    await page.setViewportSize({ width: 1280, height: 800 })
  }
  await scan('the calculator')
  await openImport(page)
  await scan('the import')
  await page.keyboard.press('Escape')
  await openDerivation(page)
  await scan('a derivation')
})
