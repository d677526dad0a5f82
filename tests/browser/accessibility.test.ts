/** axe-core over the page, light and dark, wide and narrow. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { headlineSays, openDerivation, openImport } from './journey.ts'
import { expect, test } from './test.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1280, 360])
    test(`axe finds nothing at ${width} px, ${colorScheme}`, async ({ open }) => {
      const page = await open('', { colorScheme, viewport: { width, height: 800 } })
      await headlineSays(page, '8,030,261,248')
      await page.getByRole('tree', { name: 'Parts of the architecture' }).waitFor()
      await page.evaluate(axe)
      expect(await findings(page), 'the calculator').toEqual([])
      await openImport(page)
      expect(await findings(page), 'the import').toEqual([])
      await page.keyboard.press('Escape')
      await openDerivation(page)
      expect(await findings(page), 'a derivation').toEqual([])
    })

/** Each as the rule and the element, which is what one needs to find it. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  )
}
