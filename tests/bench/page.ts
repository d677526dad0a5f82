/**
 * `npm run bench:page`: the built page in Chromium with four models, on a CPU slowed four times. How long an
 * interaction lasts, whether numbers follow in the same frame, what moves, and when the first view stands.
 */
import { availableParallelism, loadavg } from 'node:os'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'
import { preview } from 'vite'
import { chromiumArguments, ensureChromium } from '../browser/chromium.ts'
import { drag, readMarks, watchPage } from '../browser/marks.ts'

const slower = 4
const models = '?v=1&a=deepseek-v3&b=llama-3.1-405b&c=mixtral-8x7b&d=qwen3-next-80b-a3b'
const charts = ['composition', 'sweep', 'memory', 'depth'] as const
const sliders = ['Layers, slider', 'Context, slider', 'Experts per token, slider'] as const

async function reportLoad(what: string, path: string): Promise<void> {
  const { page, close } = await opened(browser, path)
  await settled(page)
  const { painted, shift } = await readMarks(page)
  console.log(
    `Opening, ${what.padEnd(14)} LCP ${painted.toFixed(0).padStart(5)} ms   layout shift ${shift}`,
  )
  await close()
}

async function reportDrag(chart: string, name: string): Promise<void> {
  const { page, close } = await opened(browser, `${models}&chart=${chart}`)
  const slider = page.getByRole('slider', { name, exact: true }).first()
  await slider.scrollIntoViewIfNeeded()
  await settled(page)
  const before = await readMarks(page)
  await drag(page, slider)
  await settled(page)
  const { interactions, inputs, followed, ...marks } = await readMarks(page)
  console.log(
    `${chart.padEnd(12)}${name.padEnd(26)}`,
    [
      Math.max(...interactions.slice(before.interactions.length)).toFixed(0),
      Math.max(...inputs).toFixed(0),
      median(inputs).toFixed(0),
      Math.min(...inputs).toFixed(0),
      `${followed} of ${inputs.length}`,
      (marks.shift - before.shift).toFixed(4),
      (marks.shiftWithInput - before.shiftWithInput).toFixed(4),
    ]
      .map((text) => text.padStart(12))
      .join(''),
  )
  await close()
}

async function opened(
  from: Browser,
  path: string,
): Promise<{ page: Page; close: () => Promise<void> }> {
  const context = await from.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  // tsx keeps the names of functions by a helper, which is not there in the page.
  await page.addInitScript('globalThis.__name = (named) => named')
  await page.addInitScript(watchPage)
  const session: CDPSession = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
  await page.goto(address + path)
  await page.getByRole('tabpanel').locator('svg').first().waitFor()
  return { page, close: () => context.close() }
}

const settled = (page: Page): Promise<void> => page.waitForTimeout(1500)

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 4190 } })
const address = server.resolvedUrls!.local[0]!
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: chromiumArguments,
})
console.log(
  `Chromium ${browser.version()}, CPU slowed ${slower} times, four models; ` +
    `${loadavg()[0]!.toFixed(1)} programs want ${availableParallelism()} cores: more of them than cores make times longer\n`,
)

await reportLoad('first model', '')
await reportLoad('four models', models)

console.log(
  `\n${'Dragging a slider (ms)'.padEnd(39)}${[
    'INP',
    'worst input',
    'median',
    'least',
    'same frame',
    'shift',
    'with input',
  ]
    .map((text) => text.padStart(12))
    .join('')}`,
)
for (const chart of charts) for (const slider of sliders) await reportDrag(chart, slider)

await browser.close()
await server.close()
