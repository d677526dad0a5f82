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
  })
