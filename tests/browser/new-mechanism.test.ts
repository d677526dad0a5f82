/** One new file under formulas/ is all that a mechanism needs on the page: its settings, numbers, charts and derivations; one new entry all that a convention or a total does. */
import { preview, type PreviewServer } from 'vite'
import { afterAll, beforeAll, expect } from 'vitest'
import { pack } from '../../src/app/state/compress.ts'
import { averages, withMechanism, type Copy } from '../formulas/with-mechanism.ts'
import { headlineSays, openDerivation, taken } from './journey.ts'
import { test } from './test.ts'

let copy: Copy
let server: PreviewServer
beforeAll(async () => {
  copy = withMechanism('index.html', 'public')
  const { stderr, status } = copy.run('node_modules/vite/bin/vite.js', 'build')
  if (status !== 0) throw new Error(stderr)
  server = await preview({ root: copy.folder, logLevel: 'error', preview: { host: '127.0.0.1' } })
})
afterAll(async () => {
  await server.close()
  copy.remove()
})

test('the page has the settings, numbers, charts and derivations of a new file', async ({
  visit,
}) => {
  const page = await visit()
  await page.goto(`${server.resolvedUrls!.local[0]}?v=1&a=~#a=${await pack(averages)}`)
  await taken(page)
  await headlineSays(page, '144')

  const width = page.getByRole('textbox', { name: /^Averaged width/ }).first()
  await width.fill('16')
  await width.blur()
  // That of the first layer: 2 · 4 · (16 + 8 + 8).
  await headlineSays(page, '256')
  // Drawn as what keeps a state of fixed size, since its cache is fixed.
  const parts = page.getByRole('tree', { name: 'Parts of the architecture' })
  await parts.getByRole('treeitem', { name: /^Running average in 2 of 3 layers, 128/ }).waitFor()
  await page.getByText('keeps a state of fixed size').waitFor()

  await page.getByRole('tab', { name: 'Sweep' }).click()
  const against = page.getByRole('combobox', { name: 'Setting', exact: true })
  await against.selectOption('mixer.except[0].width')
  await page.getByRole('slider', { name: 'Averaged width of Averages' }).waitFor()

  await openDerivation(page)
  await page
    .getByRole('treeitem', { name: /Running average/ })
    .first()
    .waitFor()
})

test('the page has a new convention in its form and its link, and a new total in its table', async ({
  visit,
}) => {
  const page = await visit()
  const home = server.resolvedUrls!.local[0]
  await page.goto(`${home}?v=1&a=~&counting=twice#a=${await pack(averages)}`)
  await taken(page)
  await page.getByText(/Counted as/).click()
  const twice = page.getByRole('radio', { name: 'Twice' })
  await expect.poll(() => twice.isChecked()).toBe(true)
  await page.getByText('Once', { exact: true }).click()
  await expect.poll(() => new URL(page.url()).searchParams.get('counting')).toBe('once')
  await page.getByRole('rowheader', { name: 'In averages' }).waitFor()
})
