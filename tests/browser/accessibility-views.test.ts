/** axe-core over every other view: the doors, the charts, the dialogs, the pages beside the calculator. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { button } from './journey.ts'
import { expect, test } from './test.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const two = '?v=1&a=deepseek-v3&b=llama-3.1-8b'

interface Axe {
  run: (context: string, options: RunOptions) => Promise<AxeResults>
}

interface View {
  name: string
  path: string
  ready: (page: Page) => Promise<unknown>
  /** What is new in this view, where the rest of the page is scanned elsewhere. */
  within?: string
}

const views: readonly View[] = [
  {
    name: 'sizing where nothing fits',
    path: '?v=1&ask=size&budget=70e9&context=131072',
    ready: (page) => page.getByText(/^No shape meets all of this/).waitFor(),
  },
  {
    name: 'sizing',
    path: '?v=1&ask=size',
    ready: (page) => page.getByText(/shapes that use the budget/).waitFor(),
  },
  ...['', '&of=decode', '&of=cache'].map((area) => ({
    name: `the drawing${area}`,
    path: `${two}${area}`,
    within: '[role="tabpanel"]',
    ready: (page: Page) =>
      page.getByRole('treeitem', { name: 'Full attention' }).first().waitFor({ state: 'attached' }),
  })),
  ...[
    'composition',
    'sweep',
    'memory',
    'flops',
    'traffic',
    'speed',
    'depth',
    'experts',
    'rotary',
    'difference',
  ].map((chart) => ({
    name: `the chart ${chart}`,
    path: `${two}&chart=${chart}`,
    within: '[role="tabpanel"]',
    ready: (page: Page) => page.getByRole('tabpanel').getByRole('img').first().waitFor(),
  })),
  ...['models', 'ledger', 'dictionary', 'reading'].map((name) => ({
    name: `the page ${name}`,
    path: `?page=${name}`,
    ready: (page: Page) => page.getByRole('main').getByRole('heading', { level: 1 }).waitFor(),
  })),
  {
    name: 'the share dialog',
    path: two,
    ready: async (page) => {
      await button(page, 'Share').click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'BibTeX of the sources' })
        .waitFor()
    },
  },
  {
    name: 'the palette',
    path: two,
    ready: async (page) => {
      await button(page, 'Commands and models').click()
      await page.getByRole('dialog').getByRole('combobox').waitFor()
    },
  },
  {
    name: 'the keys',
    path: two,
    ready: async (page) => {
      await button(page, 'Keyboard').click()
      await page.getByRole('dialog', { name: 'Keyboard' }).getByRole('checkbox').waitFor()
    },
  },
  {
    name: 'counterparts',
    path: two,
    ready: async (page) => {
      await button(page, 'Counterparts').click()
      await page.getByText('All layers global', { exact: true }).waitFor()
    },
  },
  {
    name: 'settings that do not hold',
    path: '?v=1&a=llama-3.1-8b&a.mixer.n_kv_heads=7',
    ready: (page) => page.getByRole('alert').waitFor(),
  },
]

for (const { name, path, ready, within = 'body' } of views)
  test(`axe finds nothing in ${name}, light and dark`, async ({ open }) => {
    const page = await open(path, { colorScheme: 'light' })
    await ready(page)
    await page.evaluate(axe)
    expect(await findings(page, within, {}), 'light').toEqual([])
    // Another theme changes colours and nothing else.
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await findings(page, within, { runOnly: ['color-contrast'] }), 'dark').toEqual([])
  })

async function findings(page: Page, within: string, options: RunOptions): Promise<string[]> {
  const { violations } = await page.evaluate(
    ([context, chosen]) => (window as unknown as { axe: Axe }).axe.run(context, chosen),
    [within, options] as const,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
  )
}
