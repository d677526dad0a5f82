/** What the page weighs: what a first visit loads, and what a line chart adds. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { inject } from 'vitest'
import { expect, test } from './test.ts'

const page = 'dist/page'
const textOf = (file: string): string => readFileSync(path.join(page, file), 'utf8')
const asked = [...textOf('index.html').matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(
  ([, file]) => file!,
)
const weight = (file: string): number => gzipSync(textOf(file)).length / 1000
const weightOf = (ending: string): number =>
  asked.filter((file) => file.endsWith(ending)).reduce((sum, file) => sum + weight(file), 0)

test('the first JavaScript weighs at most 110 kB', () => {
  expect(weightOf('.js')).toBeLessThanOrEqual(110)
})

test('the first CSS weighs at most 12 kB', () => {
  expect(weightOf('.css')).toBeLessThanOrEqual(12)
})

test('the first view with its drawing takes at most 200 kB of JavaScript, a line chart 50 more beside the library that draws it', async ({
  visit,
}) => {
  const opened = await visit({ serviceWorkers: 'block' })
  const files = new Set<string>()
  opened.on('response', (response) => {
    const [file] = /assets\/[^/]+\.js$/.exec(new URL(response.url()).pathname) ?? []
    if (file) files.add(file)
  })
  const isLibrary = (file: string): boolean => textOf(file).includes('recharts')
  const loaded = async (isMeant: (file: string) => boolean): Promise<number> => {
    await opened.waitForLoadState('networkidle')
    return [...files].filter(isMeant).reduce((sum, file) => sum + weight(file), 0)
  }
  await opened.goto(inject('address'))
  await opened.getByRole('tree', { name: 'Parts of the architecture' }).waitFor()
  const drawn = await loaded(() => true)
  expect(drawn).toBeLessThanOrEqual(200)
  expect(await loaded(isLibrary)).toBe(0)
  await opened.getByRole('tab', { name: 'Memory' }).click()
  await opened.getByRole('heading', { name: /outgrows its weights/ }).waitFor()
  expect((await loaded((file) => !isLibrary(file))) - drawn).toBeLessThanOrEqual(50)
  expect(await loaded(isLibrary)).toBeGreaterThan(0)
  expect(await loaded(isLibrary)).toBeLessThanOrEqual(110)
})
