/** Before the tests of the page: makes sure of a browser and serves the built page. */
import { existsSync } from 'node:fs'
import { preview } from 'vite'
import type { TestProject } from 'vitest/node'
import { ensureChromium } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    chromium: string
    address: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync('dist/page/index.html'))
    throw new Error('There is no built page to test; run npm run build first.')
  project.provide('chromium', ensureChromium())
  const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 4180 } })
  const address = server.resolvedUrls?.local[0]
  if (!address) throw new Error('The built page could not be served.')
  project.provide('address', address)
  return () => server.close()
}
