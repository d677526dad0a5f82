/** `test` with a browser: `open` gives a page as a first visitor has it, and trouble on it fails the test. */
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type Page,
  type ViewportSize,
} from 'playwright-core'
import { test as base, inject } from 'vitest'
import { chromiumArguments } from './chromium.ts'

export { expect } from 'vitest'

interface Look {
  viewport?: ViewportSize
  colorScheme?: 'light' | 'dark'
}

/** @param path what follows the page's address: `?model=…`, `#…` */
export type Open = (path?: string, look?: Look) => Promise<Page>

/** A page in a profile of its own, which knows nothing of other pages. */
export type Visit = (options?: BrowserContextOptions) => Promise<Page>

/** A page, and what went wrong on it. */
interface Watched {
  page: Page
  trouble: string[]
}

interface Fixtures {
  visit: Visit
  open: Open
}

interface WorkerFixtures {
  browser: Browser
  /** The page that tests have one after another: a new one takes longer to open than most of them take. */
  desk: { page?: Watched }
}

export const test = base.extend<Fixtures & WorkerFixtures>({
  browser: [
    async ({}, give) => {
      const executablePath = inject('chromium')
      const browser = await chromium.launch({ executablePath, args: chromiumArguments })
      await give(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  desk: [async ({}, give) => give({}), { scope: 'worker' }],
  visit: async ({ browser }, give) => {
    const close: (() => Promise<void>)[] = []
    await give(async (options) => {
      const page = await newPage(browser, options)
      close.push(() => page.context().close())
      return page
    })
    await Promise.all(close.map((run) => run()))
  },
  open: async ({ browser, desk, visit, onTestFailed }, give) => {
    const opened: Watched[] = []
    // What a test that failed has left is not known.
    onTestFailed(async () => {
      await desk.page?.page.context().close()
      delete desk.page
    })
    await give(async (path = '', { viewport = ordinary, colorScheme = 'light' } = {}) => {
      const again = opened.length > 0
      const chosen = again
        ? watched(await withoutWorker(await visit()))
        : (desk.page ??= watched(await withoutWorker(await newPage(browser))))
      opened.push(chosen)
      const { page } = chosen
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const forget = await page.addInitScript(forgetAll)
      await page.goto(inject('address') + path)
      await forget.dispose()
      await answers(page)
      return page
    })
    const trouble = opened.flatMap((each) => each.trouble.splice(0))
    if (trouble.length > 0) throw new Error(`The page had trouble:\n${trouble.join('\n')}`)
  },
})

const ordinary: ViewportSize = { width: 1280, height: 720 }

/** In a profile of its own, which knows nothing of other pages. */
export async function newPage(browser: Browser, options?: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options)
  // Well before the test's own limit, so that the error says what was waited for.
  context.setDefaultTimeout(120_000)
  return context.newPage()
}

/** Without a service worker, which would fetch all of the page for each test; built.test.ts tests with it. */
async function withoutWorker(page: Page): Promise<Page> {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'))
  return page
}

/** Runs in the page, before its own scripts: what an earlier test has left there. */
function forgetAll(): void {
  localStorage.clear()
  sessionStorage.clear()
}

/** Waits until React has taken the built HTML over: until then what is typed into it is lost. */
async function answers(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const controls = [...document.querySelectorAll('button, input')]
    const taken = (control: Element) =>
      Object.keys(control).some((key) => key.startsWith('__reactProps'))
    return controls.length > 0 && controls.every(taken)
  })
}

function watched(page: Page): Watched {
  const trouble: string[] = []
  page.on('pageerror', (error) => trouble.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text())
  })
  page.on('request', (request) => {
    const url = request.url()
    const own = url.startsWith(inject('address')) || /^(data|blob):/.test(url)
    if (!own) trouble.push(`asked for ${url}`)
  })
  return { page, trouble }
}
