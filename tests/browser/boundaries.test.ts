/** An error in one panel stays there: the panel says so, offers a retry, and the rest stands. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { inject } from 'vitest'
import { button, headlineSays, setContext } from './journey.ts'
import { expect, newPage, test as base } from './test.ts'

/** One page for all, since each of its own would fetch and change every file again. */
const test = base.extend<{ page: Page }>({
  page: [
    async ({ browser }, give) => {
      const page = await newPage(browser, { serviceWorkers: 'block' })
      await give(page)
      await page.context().close()
    },
    { scope: 'file' },
  ],
})

/** What the page calls a panel, and a text that this panel alone draws: in its place an error is thrown. */
type Broken = readonly (readonly [what: string, text: string])[]

const calculator: Broken = [
  ['The bar with the models', 'Nothing to undo'],
  ['The question', 'Three ways in'],
  ['Sizing', 'Budget and shapes'],
  ['The settings', 'settings-title'],
  ['The model’s line', 'The model'],
  ['The verdict', 'no runtime'],
  ['The headline numbers', 'Headline numbers'],
  ['The workload', 'Workload and conventions'],
  ['The charts', 'Charts'],
  ['The table of quantities', 'All quantities'],
  ['What differs', 'Settings that differ'],
  ['The derivation', 'Inputs'],
]

test('every panel of the calculator fails alone, and is drawn again when it can be', async ({
  page,
}) => {
  await broken(page, calculator, { width: 1500, height: 900 })
  await page.goto(
    `${inject('address')}?v=1&ask=size&a=llama-3.1-8b&b=mixtral-8x7b&open=A.params.total`,
  )
  for (const [what] of calculator) await failureOf(page, what).waitFor()
  for (const [place, [what, text]] of calculator.entries()) {
    await mend(page, what, text)
    expect(await page.getByRole('alert').count()).toBe(calculator.length - place - 1)
  }
})

const charts: Broken = [
  ['Architecture', 'The architectures, at one scale'],
  ['Made of', 'composition-measure'],
  ['Sweep', 'Setting'],
  ['Memory', 'Memory against context'],
  ['Attention', 'Prefill work per token against context'],
  ['Batch', 'Weights read in a decode step, over the batch'],
  ['Roofline', 'Device of the roofline'],
  ['Deep or wide', 'work of decoding'],
  ['Experts', 'Routing'],
  ['Rotary', 'Rotary wavelengths in tokens'],
  ['Difference', 'Adds'],
]

test('every chart fails alone: its tabs and the numbers stand', async ({ page }) => {
  await broken(page, charts)
  await page.goto(`${inject('address')}?v=1&a=mixtral-8x7b&b=llama-2-70b`)
  for (const [title, text] of charts) {
    await page.getByRole('tab', { name: title, exact: true }).click()
    const what = `The chart “${title}”`
    await failureOf(page, what).waitFor()
    expect(await page.getByRole('alert').allInnerTexts()).toEqual([expect.stringContaining(what)])
    await headlineSays(page, '46')
    await mend(page, what, text)
    await page.getByRole('tabpanel').getByRole('figure').waitFor()
  }
})

test('dialogs and pages fail alone', async ({ page }) => {
  const texts: Broken = [
    ['The dialog', 'Or fetch it from the hub by name or link'],
    ['The dialog', 'BibTeX of the sources'],
    ['The page', 'Every model on one map'],
    ['The page', 'Search terms'],
    ['The page', 'Filter models'],
  ]
  await broken(page, texts)
  await page.goto(`${inject('address')}?v=1&a=llama-3.1-8b`)
  const link = (name: string) => page.getByRole('contentinfo').getByRole('link', { name })
  const openers = [
    button(page, 'Import'),
    button(page, 'Share'),
    link('All models'),
    link('Dictionary'),
    link('Computed against published'),
  ]
  for (const [place, [what, text]] of texts.entries()) {
    await openers[place]!.click()
    await failureOf(page, what).waitFor()
    await mend(page, what, text)
    await page.keyboard.press('Escape')
  }
})

const failureOf = (page: Page, what: string): Locator =>
  page
    .getByRole('alert')
    .filter({ hasText: `${what} could not be shown: injected. The rest of the page stands.` })

async function mend(page: Page, what: string, text: string): Promise<void> {
  await page.evaluate((mended) => Object.assign(globalThis, { [mended]: true }), `mended ${text}`)
  await button(failureOf(page, what), 'Try again').click()
  await failureOf(page, what).waitFor({ state: 'detached' })
}

test('what failed is tried again when anything changes', async ({ page }) => {
  await broken(page, [['The table of quantities', 'All quantities']])
  await page.goto(`${inject('address')}?v=1&a=llama-3.1-8b`)
  const failure = failureOf(page, 'The table of quantities')
  await failure.waitFor()
  await page.evaluate(() => Object.assign(globalThis, { 'mended All quantities': true }))
  await setContext(page, '4Ki')
  await failure.waitFor({ state: 'detached' })
})

test('where the page as a whole fails, it says so and can begin anew', async ({ page }) => {
  await broken(page, [['The page', 'To the numbers']])
  await page.goto(`${inject('address')}?v=1&a=gpt2`)
  await page.getByRole('heading', { name: 'archcost could not be shown' }).waitFor()
  await page.getByText('injected').waitFor()
  await page.unrouteAll()
  await button(page, 'Start anew').click()
  await headlineSays(page, '8,030,261,248')
})

/** From the next load on drawing certain texts throws, until each is mended. */
async function broken(
  page: Page,
  texts: Broken,
  viewport = { width: 1280, height: 900 },
): Promise<void> {
  await page.unrouteAll()
  await page.setViewportSize(viewport)
  const quoted = new RegExp(`(["'\`])(${texts.map(([, text]) => text).join('|')})\\1`, 'g')
  await page.route('**/*.js', (route) => {
    const file = path.join('dist/page', new URL(route.request().url()).pathname)
    const body = readFileSync(file, 'utf8').replace(
      quoted,
      (literal, _quote, text: string) =>
        `(globalThis["mended ${text}"]?${literal}:(()=>{throw Error("injected")})())`,
    )
    return route.fulfill({ contentType: 'text/javascript', body })
  })
}

test('where the browser keeps nothing for the page, it goes on without', async ({ browser }) => {
  const page = await newPage(browser)
  await page.addInitScript(() => {
    const refuse = (): never => {
      throw new DOMException('Access is denied for this document.', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get: refuse })
    navigator.serviceWorker.register = () => Promise.reject(new DOMException('Denied.'))
  })
  const trouble: string[] = []
  page.on('pageerror', (error) => trouble.push(error.message))
  await page.goto(`${inject('address')}?v=2&a=deepseek-v3`)
  await headlineSays(page, '671,026,404,352')
  await button(page, 'Import').click()
  await page.getByRole('textbox', { name: 'config.json' }).waitFor()
  expect(trouble).toEqual([])
  await page.context().close()
})
