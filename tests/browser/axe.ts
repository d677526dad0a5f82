/** axe-core in a page: what it finds in light and dark. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** To be called once in each page, before `findings`. */
export const axeReady = (page: Page): Promise<unknown> => page.evaluate(axe)

interface Axe {
  run: (context: string, options: RunOptions) => Promise<AxeResults>
}

/**
 * Each as where it was found, the rule and the element, which is what one needs to find it.
 * @param within what is new, where the rest of the page is scanned elsewhere
 */
export async function findings(page: Page, where: string, within = 'body'): Promise<string[]> {
  await page.evaluate(showOnly, within)
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await run(page, within, {})
  // Another theme changes colours and nothing else.
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await run(page, within, { runOnly: ['color-contrast', 'link-in-text-block'] })
  await page.evaluate(showOnly, 'body')
  return [
    ...light.map((each) => `${where}, light: ${each}`),
    ...dark.map((each) => `${where}, dark: ${each}`),
  ]
}

/** Runs in the page. The rest keeps its place, and axe need not learn what is drawn where of it. */
function showOnly(within: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(
    `body :not(:has(:is(${within})), :is(${within}), :is(${within}) *) { visibility: hidden !important }`,
  )
  document.adoptedStyleSheets = within === 'body' ? [] : [sheet]
}

async function run(page: Page, within: string, rules: RunOptions): Promise<string[]> {
  // Of what passes nothing is collected.
  const options: RunOptions = { ...rules, resultTypes: ['violations'] }
  const { violations } = await page.evaluate(
    ([context, chosen]) => (window as unknown as { axe: Axe }).axe.run(context, chosen),
    [within, options] as const,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
  )
}
