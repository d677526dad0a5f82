/** A newer version is published while the page stands open: nothing dies, nothing that was typed is lost. */
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { button, headlineSays, internlm2, openImport, paste, setContext, taken } from './journey.ts'
import { expect, test } from './test.ts'

const built = 'dist/page'
let next: string
let published = built
let server: Server
let address: string

beforeAll(async () => {
  next = await nextVersion()
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost')
    const file = path.join(published, pathname === '/' ? 'index.html' : pathname)
    readFile(file).then(
      (body) => {
        const type = types[path.extname(file)] ?? 'application/octet-stream'
        response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(body)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(next, { recursive: true })
})

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** The built page again, every file of it under another name: what another build of changed sources is. */
async function nextVersion(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'archcost-'))
  await cp(built, folder, { recursive: true })
  const names = await readdir(path.join(folder, 'assets'))
  const renamed = (name: string): string => name.replace(/(\.\w+)$/, '.next$1')
  const texts = ['index.html', 'service-worker.js', ...names.map((name) => `assets/${name}`)]
  for (const file of texts.filter((name) => /\.(html|js|css)$/.test(name))) {
    let text = await readFile(path.join(folder, file), 'utf8')
    for (const name of names) text = text.replaceAll(name, renamed(name))
    await writeFile(path.join(folder, file), text.replace("'archcost-' + \"", "'archcost-' + \"2"))
  }
  for (const name of names)
    await rename(path.join(folder, 'assets', name), path.join(folder, 'assets', renamed(name)))
  return folder
}

const version = (page: Page) => page.evaluate(() => document.scripts[0]!.src.endsWith('.next.js'))

/** What is in view before, changed and typed, must be in view after. */
async function change(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Layers', exact: true }).fill('16')
  await setContext(page, '4Ki')
}

async function stillChanged(page: Page): Promise<void> {
  await headlineSays(page, '4,096 tokens')
  expect(await page.getByRole('textbox', { name: 'Layers', exact: true }).inputValue()).toBe('16')
}

test('an open page works on from its own files, says that a newer version is there, and goes over with its address', async ({
  visit,
}) => {
  published = built
  const page = await visit()
  const trouble: string[] = []
  page.on('pageerror', ({ message }) => trouble.push(message))
  await page.goto(address)
  await taken(page)
  await change(page)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(1)

  published = next
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
  await page.getByText('A newer version of archcost is there').waitFor()
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(2)
  await button(page, 'Share').click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Link' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Memory' }).click()
  await page.getByRole('tabpanel', { name: 'Memory' }).getByRole('figure').waitFor()
  expect(await version(page)).toBe(false)

  await button(page, 'Reload').click()
  await expect.poll(() => version(page).catch(() => false)).toBe(true)
  await stillChanged(page)
  await page.getByRole('tab', { name: 'Rotary' }).click()
  await page.getByRole('tabpanel', { name: 'Rotary' }).getByRole('figure').waitFor()
  expect(trouble).toEqual([])
})

test('without kept files a part that is gone says so, the rest stands, and a reload keeps all that was typed', async ({
  visit,
}) => {
  published = built
  const page = await visit({ serviceWorkers: 'block' })
  await page.goto(address)
  await taken(page)
  const dialog = await openImport(page)
  await paste(dialog, JSON.stringify(internlm2))
  published = next
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Memory' }).click()
  const failure = page.getByRole('tabpanel').getByRole('alert')
  await failure.getByText(/could not be fetched.*newer version/).waitFor()
  await change(page)
  await button(failure, 'Reload').click()
  await expect.poll(() => version(page).catch(() => false)).toBe(true)
  await stillChanged(page)
  await page.getByRole('tab', { name: 'Memory', selected: true }).waitFor()
  const again = await openImport(page)
  const field = again.getByRole('textbox', { name: 'config.json' })
  expect(await field.inputValue()).toBe(JSON.stringify(internlm2))
})
