/**
 * `npm run previews -- https://archcost.example/ [NAME…]`: an image of each file of the built page (models, terms, jobs) for
 * those who show links, and the lines in the file that name it. Of all files where none is named. Needs a built page, and
 * stands apart from the build, since it takes minutes.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { preview } from 'vite'
import { modelFile } from '../../src/app/state/files.ts'
import { chromiumArguments, ensureChromium } from '../browser/chromium.ts'
import { cardHtml, size } from './card.ts'

const folder = 'dist/page'

const [address = '', ...wanted] = process.argv.slice(2)
const all = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.html')) : []
const named = wanted.map((name) => [modelFile(name), `${name}.html`].find((file) => all.includes(file)) ?? null) // prettier-ignore
const unknown = wanted.filter((_, at) => named[at] === null)
if (!URL.canParse(address) || all.length === 0 || unknown.length > 0) {
  console.error(
    !URL.canParse(address)
      ? 'Say first at what address the page is published, such as https://archcost.example/: previews are named by it.'
      : all.length === 0
        ? `There is no built page in ${folder}; run npm run build first.`
        : `${folder} has no file of ${unknown.join(', ')}; models are named as in the catalogue, other files without .html`,
  )
  process.exit(2)
}

mkdirSync(`${folder}/previews`, { recursive: true })
const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 4191 } })
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArguments })
const card_page = await browser.newPage({ viewport: size, colorScheme: 'light' })
for (const file of wanted.length > 0 ? named.flatMap((each) => each ?? []) : all) {
  const image = `previews/${file.replace(/^model-|\.html$/g, '')}.png`
  const picture = await pictureOf(new URL(file, server.resolvedUrls!.local[0]).href)
  await card_page.setContent(cardHtml({ ...wordsOf(file), picture }))
  await card_page.screenshot({ path: `${folder}/${image}` })
  nameImage(file, image)
  console.log(`${folder}/${image}`)
}
await browser.close()
await server.close()

/** The largest picture of a file, to a visitor who comes for the first time; null where there is none. */
async function pictureOf(url: string): Promise<string | null> {
  // As wide as a picture is laid out with its labels above its parts; twice as sharp, since it is made smaller.
  const page = await browser.newPage({
    viewport: { width: 680, height: 1000 },
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
    colorScheme: 'light',
  })
  await page.goto(url)
  const largest = await page
    .waitForFunction(largestPicture, undefined, { timeout: 20_000 })
    .catch(() => null)
  // What goes on being solved or loaded is drawn by then.
  if (largest) await page.waitForTimeout(500)
  const picture = largest && (await page.evaluateHandle(largestPicture)).asElement()
  const image = picture && (await picture.screenshot({ animations: 'disabled' }))
  await page.close()
  return image && `data:image/png;base64,${image.toString('base64')}`
}

/** Runs in the page, so it names no function. Icons are no pictures. */
function largestPicture(): Element | null {
  const [largest] = [...document.querySelectorAll('main svg')]
    .map((svg) => ({ svg, area: svg.clientWidth * svg.clientHeight }))
    .toSorted((a, b) => b.area - a.area)
  return largest && largest.area > 20_000 ? largest.svg : null
}

function wordsOf(file: string): { title: string; description: string } {
  const html = readFileSync(`${folder}/${file}`, 'utf8')
  const found = (pattern: RegExp): string =>
    (pattern.exec(html)?.[1] ?? '')
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  return {
    title: found(/<title>(?:archcost: )?([^<]*?)(?: · archcost)?<\/title>/).replace(/^./, (first) =>
      first.toUpperCase(),
    ),
    description: found(/<meta\s+name="description"\s+content="([^"]*)"/),
  }
}

/** In the place of an earlier one, so that it can be run again. */
function nameImage(file: string, image: string): void {
  const path = `${folder}/${file}`
  const url = new URL(image, address).href
  const lines = `<meta property="og:image" content="${url}" /><meta name="twitter:card" content="summary_large_image" />`
  const html = readFileSync(path, 'utf8').replace(
    /<meta property="og:image"[^>]*><meta name="twitter:card"[^>]*>/,
    '',
  )
  writeFileSync(
    path,
    html.replace('<title>', () => `${lines}<title>`),
  )
}
