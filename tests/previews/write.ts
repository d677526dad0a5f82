/**
 * `npm run previews -- https://archcost.example/ [MODEL…]`: an image of each model's architecture for those who show links, and
 * the lines in its file that name it. Of all models where none is named. Needs a built page, and stands apart from the build,
 * since it takes minutes.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chromium, type Page } from 'playwright-core'
import { preview } from 'vite'
import { modelFile } from '../../src/app/state/files.ts'
import { entries } from '../../src/import/catalog/index.ts'
import { chromiumArguments, ensureChromium } from '../browser/chromium.ts'

const folder = 'dist/page'
/** As large as networks show them. */
const size = { width: 1200, height: 630 }

const [address = '', ...wanted] = process.argv.slice(2)
const names = wanted.length > 0 ? wanted : entries.map(({ name }) => name)
const unknown = names.filter((name) => !existsSync(`${folder}/${modelFile(name)}`))
if (!URL.canParse(address) || unknown.length > 0) {
  console.error(
    unknown.length > 0
      ? `${folder} has no file of ${unknown.join(', ')}; npm run build writes one for each model of the catalogue`
      : 'Say first at what address the page is published, such as https://archcost.example/: previews are named by it.',
  )
  process.exit(2)
}

mkdirSync(`${folder}/previews`, { recursive: true })
const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 4191 } })
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArguments })
const page = await browser.newPage({
  viewport: size,
  reducedMotion: 'reduce',
  colorScheme: 'light',
})
for (const name of names) {
  await take(page, name)
  nameImage(name)
  console.log(`${folder}/previews/${name}.png`)
}
await browser.close()
await server.close()

async function take(from: Page, name: string): Promise<void> {
  await from.goto(`${server.resolvedUrls!.local[0]!}?v=2&embed=1&a=${name}`)
  await from.getByRole('tree', { name: 'Parts of the architecture' }).waitFor()
  await from.screenshot({ path: `${folder}/previews/${name}.png` })
}

/** In the place of an earlier one, so that it can be run again. */
function nameImage(name: string): void {
  const file = `${folder}/${modelFile(name)}`
  const image = new URL(`previews/${name}.png`, address).href
  const lines = `<meta property="og:image" content="${image}" /><meta name="twitter:card" content="summary_large_image" />`
  const html = readFileSync(file, 'utf8').replace(
    /<meta property="og:image"[^>]*><meta name="twitter:card"[^>]*>/,
    '',
  )
  writeFileSync(
    file,
    html.replace('<title>', () => `${lines}<title>`),
  )
}
