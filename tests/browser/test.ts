/** `test` with a browser: `open` gives a page in a fresh profile, and trouble on it fails the test. */
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { test as base, inject } from 'vitest'
import { chromiumArguments } from './chromium.ts'

export { expect } from 'vitest'

/** @param path what follows the page's address: `?model=…`, `#…` */
export type Open = (path?: string, options?: BrowserContextOptions) => Promise<Page>

export const test = base.extend<{ browser: Browser; open: Open }>({
  browser: [
    async ({}, give) => {
      const executablePath = inject('chromium')
      const browser = await chromium.launch({ executablePath, args: chromiumArguments })
      await give(browser)
      await browser.close()
    },
    { scope: 'file' },
  ],
  open: async ({ browser }, give) => {
    const trouble: string[] = []
    const close: (() => Promise<void>)[] = []
    await give(async (path = '', options = {}) => {
      // Without a service worker, which would fetch all of the page for each test; built.test.ts tests with it.
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
      await context.addInitScript(() =>
        Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'),
      )
      close.push(() => context.close())
      // Well before the test's own limit, so that the error says what was waited for.
      context.setDefaultTimeout(120_000)
      const page = await context.newPage()
      watch(page, trouble)
      await page.goto(inject('address') + path)
      await answers(page)
      return page
    })
    await Promise.all(close.map((run) => run()))
    if (trouble.length > 0) throw new Error(`The page had trouble:\n${trouble.join('\n')}`)
  },
})

/** Waits until React has taken the built HTML over: until then what is typed into it is lost. */
async function answers(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const controls = [...document.querySelectorAll('button, input')]
    const taken = (control: Element) =>
      Object.keys(control).some((key) => key.startsWith('__reactProps'))
    return controls.length > 0 && controls.every(taken)
  })
}

function watch(page: Page, trouble: string[]): void {
  page.on('pageerror', (error) => trouble.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text())
  })
  page.on('request', (request) => {
    const url = request.url()
    const own = url.startsWith(inject('address')) || /^(data|blob):/.test(url)
    if (!own) trouble.push(`asked for ${url}`)
  })
}
