/** Finds a Chromium that starts, and installs one where there is none. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin', '/snap/bin']
const elsewhere = [
  '/usr/lib/chromium/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The tests need nothing but the page: no updates, no sync, no first-run pages, no GPU. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The path of a browser, installed by the system's package manager or else by playwright if need be. */
export function ensureChromium(): string {
  const found = findChromium()
  if (found) return found
  if (process.getuid?.() === 0 && works('apt-get')) {
    run('apt-get', ['update'])
    run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'])
  }
  const installed = findChromium()
  if (installed) return installed
  const playwright = createRequire(import.meta.url).resolve('playwright-core/package.json')
  run(process.execPath, [path.join(path.dirname(playwright), 'cli.js'), 'install', 'chromium'])
  const downloaded = findChromium()
  if (downloaded) return downloaded
  throw new Error(
    'No Chromium could be found or installed. Install it (on Debian: apt-get install chromium), or name it in CHROMIUM_PATH.',
  )
}

function findChromium(): string | undefined {
  const candidates = [
    process.env['CHROMIUM_PATH'] ?? '',
    ...names.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    ...elsewhere,
    chromium.executablePath(),
  ]
  // Started, because some distributions put a script there that only says what to install.
  return candidates.find((file) => existsSync(file) && works(file))
}

function works(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore', timeout: 120_000 }).status === 0
}

function run(command: string, args: string[]): void {
  console.log(`> ${command} ${args.join(' ')}`)
  spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
