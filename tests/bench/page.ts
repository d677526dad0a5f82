/**
 * `npm run bench:page`: the built page in Chromium with four models, on a CPU slowed four times, each figure the median of
 * three runs beside what it may be: how long an interaction lasts on every chart, what moves, when the first view stands, how
 * long a config takes from paste to verdict, and what a first visit loads. With names of parts behind it, those alone:
 * `npm run bench:page -- drawing`.
 */
import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { gzipSync } from 'node:zlib'
import { chromium, type CDPSession, type Page } from 'playwright-core'
import { preview } from 'vite'
import { charts, type ChartName } from '../../src/app/state/session.ts'
import { chromiumArguments, ensureChromium } from '../browser/chromium.ts'
import { internlm2 } from '../browser/journey.ts'
import { drag, pasteToVerdict, readMarks, watchPage } from '../browser/marks.ts'

const slower = 4
const runs = 3
const models = '?v=2&a=deepseek-v3&b=llama-3.1-405b&c=mixtral-8x7b&d=qwen3-next-80b-a3b'
const sliders = ['Layers, slider', 'Width, slider', 'Context, slider', 'Experts per token, slider']

/** What each figure may be at most. */
const limits = { painted: 1200, interaction: 100, shift: 0, paste: 1000, first: 110, drawn: 200 }

const parts = ['opening', 'paste', 'weights', ...charts]
const named = process.argv.slice(2)
const unknown = named.find((part) => !parts.includes(part))
if (unknown !== undefined)
  throw new Error(`no part is called ${unknown}; there are ${parts.join(', ')}`)
const isMeant = (part: string): boolean => named.length === 0 || named.includes(part)

const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 4190 } })
const address = server.resolvedUrls!.local[0]!
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: chromiumArguments,
})
console.log(
  `Chromium ${browser.version()}, CPU slowed ${slower} times, median of ${runs} runs; ` +
    `${loadavg()[0]!.toFixed(1)} programs want ${availableParallelism()} cores: more of them than cores make times longer\n`,
)

if (isMeant('opening')) await reportOpening()
if (isMeant('paste'))
  report('From paste of a config.json to its verdict', median(await each('', paste)), limits.paste, 'ms') // prettier-ignore
if (isMeant('weights')) await reportWeights()
for (const chart of charts.filter(isMeant)) await reportDrags(chart)
await browser.close()
await server.close()

async function reportOpening(): Promise<void> {
  for (const [what, path] of [
    ['first model', ''],
    ['four models', models],
  ] as const) {
    const opened = await each(path, async (page) => readMarks(page))
    report(`Opening ${what}: largest paint`, median(opened.map(({ painted }) => painted)), limits.painted, 'ms') // prettier-ignore
    report(
      `Opening ${what}: layout shift`,
      median(opened.map(({ shift }) => shift)),
      limits.shift,
      '',
    )
  }
}

async function reportDrags(chart: ChartName): Promise<void> {
  const taken = await each(`${models}&chart=${chart}`, dragAll)
  for (const slider of sliders) {
    const of = taken.map((all) => all.get(slider)!)
    report(`${chart}, dragging ${slider.replace(', slider', '')}: interaction`, median(of.map(({ longest }) => longest)), limits.interaction, 'ms') // prettier-ignore
  }
  const shifts = taken.map((all) => Math.max(...[...all.values()].map(({ shift }) => shift)))
  report(`${chart}: layout shift`, median(shifts), limits.shift, '')
}

function report(what: string, value: number, limit: number, unit: string): void {
  const digits = Number.isInteger(value) || value >= 10 ? value.toFixed(0) : value.toFixed(4)
  const told = `${digits.padStart(8)} ${unit.padEnd(2)}  at most ${String(limit).padStart(4)}`
  console.log(`${what.padEnd(62)}${told}${value > limit ? '  over' : ''}`)
}

/** What a run on a fresh page comes to, as often as there are runs. */
async function each<Taken>(path: string, run: (page: Page) => Promise<Taken>): Promise<Taken[]> {
  const taken: Taken[] = []
  for (let count = 0; count < runs; count++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    // tsx keeps the names of functions by a helper, which is not there in the page.
    await page.addInitScript('globalThis.__name = (named) => named')
    await page.addInitScript(watchPage)
    const session: CDPSession = await context.newCDPSession(page)
    await showWhole(session)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
    await page.goto(address + path)
    await page.getByRole('tabpanel').locator('svg').first().waitFor()
    await settled(page)
    taken.push(await run(page))
    await context.close()
  }
  return taken
}

/**
 * Makes the window larger than the view. A window without a head is as large as the view with its bars, so that the lowest part
 * of the view is never presented, and the browser takes what changes there to be shown with the next change elsewhere.
 */
async function showWhole(session: CDPSession): Promise<void> {
  const { windowId } = await session.send('Browser.getWindowForTarget')
  await session.send('Browser.setWindowBounds', { windowId, bounds: { width: 1400, height: 1200 } })
}

interface Dragged {
  /** The longest interaction, in ms. */
  longest: number
  shift: number
}

async function dragAll(page: Page): Promise<Map<string, Dragged>> {
  const taken = new Map<string, Dragged>()
  for (const name of sliders) {
    const slider = page.getByRole('slider', { name, exact: true }).first()
    await slider.scrollIntoViewIfNeeded()
    const before = await readMarks(page)
    await drag(page, slider)
    await settled(page)
    const { interactions, shift } = await readMarks(page)
    const longest = Math.max(0, ...interactions.slice(before.interactions.length))
    taken.set(name, { longest, shift: shift - before.shift })
  }
  return taken
}

async function paste(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('textbox', { name: 'config.json' }).waitFor()
  return page.evaluate(pasteToVerdict, JSON.stringify(internlm2))
}

/** What is fetched before the first numbers, and with the drawing and a line chart. */
async function reportWeights(): Promise<void> {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const page = await context.newPage()
  const files = new Set<string>()
  page.on('response', (response) => {
    const [file] = /assets\/[^/]+\.js$/.exec(new URL(response.url()).pathname) ?? []
    if (file) files.add(file)
  })
  const weight = (some: Iterable<string>): number =>
    [...some].reduce(
      (sum, file) => sum + gzipSync(readFileSync(`dist/page/${file}`)).length / 1000,
      0,
    )
  const html = readFileSync('dist/page/index.html', 'utf8')
  const first = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(
    ([, file]) => file!,
  )
  await page.goto(address)
  await page.getByRole('tree', { name: 'Parts of the architecture' }).waitFor()
  await page.waitForLoadState('networkidle')
  report('First JavaScript, gzip', weight(first), limits.first, 'kB')
  report('With the drawing', weight(files), limits.drawn, 'kB')
  await page.getByRole('tab', { name: 'Memory' }).click()
  await page.getByRole('tabpanel').getByRole('figure').locator('svg').first().waitFor()
  await page.waitForLoadState('networkidle')
  report('With the drawing and a line chart', weight(files), limits.drawn, 'kB')
  await context.close()
}

function settled(page: Page): Promise<void> {
  return page.waitForTimeout(1500)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
