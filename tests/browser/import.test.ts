/** Bringing in an architecture by paste and by drop. */
import {
  button,
  headlineSays,
  internlm2,
  internlm2Parameters,
  openImport,
  paste,
  taken,
} from './journey.ts'
import { pasteToVerdict } from './marks.ts'
import { expect, test } from './test.ts'

test('a family that the catalogue lacks is read exactly, with a report', async ({ open }) => {
  const page = await open()
  const dialog = await openImport(page)
  await paste(dialog, JSON.stringify({ ...internlm2, frobnication: 7 }))
  await dialog.getByText(`${internlm2Parameters} parameters`).waitFor()
  await dialog.locator('summary').click()
  await dialog.getByText('frobnication').first().waitFor()
  await button(dialog, 'Open as A').click()
  await headlineSays(page, internlm2Parameters)
})

test('a model takes the name that it is given; a link of the hub is fetched when asked for', async ({
  open,
}) => {
  const page = await open()
  const dialog = await openImport(page)
  await paste(dialog, 'https://huggingface.co/internlm/internlm2-7b')
  await button(dialog, 'Fetch its config.json').waitFor()
  await paste(dialog, JSON.stringify(internlm2))
  const name = dialog.getByRole('textbox', { name: 'Name', exact: true })
  await name.fill('My own')
  await button(dialog, 'Open as A').click()
  await page.getByRole('heading', { name: 'My own', exact: true }).waitFor()
  await headlineSays(page, internlm2Parameters)
})

test('what is not JSON is said at once, the last result stays, and mending it suffices', async ({
  open,
}) => {
  const page = await open()
  const dialog = await openImport(page)
  await paste(dialog, '{"model_type": "llama",,}')
  await dialog.getByText('This is not JSON').waitFor()
  expect(await button(dialog, 'Open as A').isDisabled()).toBe(true)
  await headlineSays(page, '8,030,261,248')
  await paste(dialog, JSON.stringify(internlm2))
  await dialog.getByText(internlm2Parameters).waitFor()
  await button(dialog, 'Compare as B').click()
  await page.getByRole('heading', { name: 'Settings of B' }).waitFor()
})

test('a file that is dropped is read, and named after itself', async ({ open }) => {
  const page = await open()
  const dialog = await openImport(page)
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'internlm2-7b.json', { type: 'application/json' }))
    return data
  }, JSON.stringify(internlm2))
  await dialog
    .getByRole('textbox', { name: 'config.json' })
    .dispatchEvent('drop', { dataTransfer: transfer })
  await dialog.getByText(internlm2Parameters).waitFor()
  await dialog.getByText('internlm2-7b', { exact: true }).waitFor()
})

test('from paste to the verdict takes little work, however busy the machine is', async ({
  open,
}) => {
  const page = await open()
  await taken(page)
  await openImport(page)
  const session = await page.context().newCDPSession(page)
  await session.send('Profiler.enable')
  await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  await page.evaluate(pasteToVerdict, JSON.stringify(internlm2))
  const { result } = await session.send('Profiler.takePreciseCoverage')
  const calls = result
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges[0]?.count ?? 0))
    .reduce((sum, count) => sum + count, 0)
  // Calls of functions, which no other program slows: 180 thousand, where a second of work has tens of millions.
  expect(calls).toBeLessThan(500_000)
})

for (const name of [
  '<img src=x onerror="document.title=\'taken\'">',
  'javascript:document.title="taken"',
])
  test(`the name ${name} is text`, async ({ open }) => {
    const page = await open()
    const dialog = await openImport(page)
    await paste(dialog, JSON.stringify({ ...internlm2, _name_or_path: name, model_type: name }))
    await dialog.getByText('parameters').first().waitFor()
    await button(dialog, 'Open as A').click()
    await headlineSays(page, internlm2Parameters)
    expect(await page.locator('img, a[href^="javascript:"]').count()).toBe(0)
    expect(await page.title()).not.toBe('taken')
    expect(await page.getByRole('main').innerText()).toContain(name.slice(0, 12))
  })
