/** The rooms of src stand in one order: a file imports from its own room and from those below, and no circle runs through files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

/**
 * From the ground up. A room is a folder with all in it, or one file; what stands in a room within another
 * belongs to the inner one. Command line and page stand on the same ground, and know nothing of each other.
 */
const ground = [
  'formulas', 'architecture',
  'engine', 'engine/deploy', 'engine/vary', 'engine/explain', 'engine/explanations.ts',
  'engine/vary/present.ts', 'engine/vary/variation.ts', 'engine/vary/vary.ts', 'engine/vary/index.ts',
  'engine/print', 'engine/transform',
  'engine/ask/quantity', 'engine/ask/family', 'engine/ask', 'engine/ask/solve', 'engine/ask/search', 'engine/ask/size', 'engine/ask/compare',
  'import', 'dictionary', 'schemas',
] // prettier-ignore
const wings = {
  generate: ['generate.ts'],
  cli: ['cli'],
  library: ['library', 'library/build'],
  app: [
    'app/styles', 'app/parts', 'app/models', 'app/size/budget.ts', 'app/state', 'app/import', 'app/results', 'app/derivation',
    'app/verdict', 'app/settings', 'app/size', 'app/drawing', 'app/charts', 'app/share', 'app/dictionary', 'app/ledger', 'app/atlas', 'app/size/close-scale.ts', 'app/size/scatter.tsx', 'app/size/panel.tsx', 'app/pages', 'app/frame', 'app', 'app/build',
  ],
} // prettier-ignore

/**
 * Lines of code that a folder may have, each without those named below it; what a machine writes does not count. One that
 * reaches its budget wants a second look before it gets a larger one: most second versions are half as long.
 */
const budget: Readonly<Record<string, number>> = {
  formulas: 6300, architecture: 1750, engine: 1400, 'engine/vary': 1600, 'engine/explain': 1300, 'engine/print': 760,
  'engine/transform': 1000, 'engine/deploy': 2150, 'engine/ask': 4248, 'engine/ask/size': 1015, import: 6000, 'import/families': 12300,
  'import/towers': 4600, 'import/gguf': 1200, 'import/header': 1300, dictionary: 900, schemas: 300, library: 200, cli: 6300,
  app: 5000, 'app/verdict': 1000, 'app/atlas': 1600, 'app/charts': 3100, 'app/drawing': 2400, 'app/derivation': 1200, 'app/settings': 1425,
  'app/state': 1300, 'app/frame': 1300, 'app/build': 500, 'app/size': 1100,
} // prettier-ignore

/** Each file with the files it imports: with their values or only their types, at once or later. */
type Imports = Readonly<Record<string, readonly string[]>>

const orders = Object.values(wings).map((wing) => [...ground, ...wing])

const holds = (room: string, file: string): boolean => file === room || file.startsWith(`${room}/`)

const roomOf = (file: string): string | undefined =>
  orders
    .flat()
    .filter((room) => holds(room, file))
    .toSorted((a, b) => b.length - a.length)[0]

/** Imports that no order allows, as `from -> to`. */
function upward(imports: Imports): string[] {
  const allowed = (from: string, to: string): boolean => {
    const [own, other] = [roomOf(from)!, roomOf(to)!]
    return orders.some(
      (order) => order.includes(other) && order.indexOf(other) <= order.indexOf(own),
    )
  }
  return Object.entries(imports).flatMap(([from, all]) =>
    all.filter((to) => !allowed(from, to)).map((to) => `${from} -> ${to}`),
  )
}

/** The first circle met from each file that closes one, as a walk along its files. */
function circles(imports: Imports): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const walk = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file].join(' -> '))
    else if (!done.has(file)) {
      for (const next of imports[file] ?? []) walk(next, [...way, file])
      done.add(file)
    }
  }
  for (const file of Object.keys(imports)) walk(file, [])
  return found
}

function importsOfSource(): Imports {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file))
  return Object.fromEntries(files.map((file) => [file, importsOf(file)]))
}

const importsOf = (file: string): string[] => {
  const text = readFileSync(path.join('src', file), 'utf8')
  const said = text.matchAll(/\b(?:from|import|new URL)\s*\(?\s*'(\.[^']+)'/g)
  return [...said]
    .map(([, other]) => path.posix.join(path.posix.dirname(file), other!))
    .filter((other) => !other.startsWith('../') && existsSync(path.join('src', other)))
}

const imports = importsOfSource()

test('every file of src stands in a room', () => {
  expect(Object.keys(imports).filter((file) => roomOf(file) === undefined)).toEqual([])
})

test('every room of the list is there', () => {
  expect(orders.flat().filter((room) => !existsSync(path.join('src', room)))).toEqual([])
})

test('no file imports from a room above its own', () => {
  expect(upward(imports)).toEqual([])
})

test('no circle runs through files, not even of types', () => {
  expect(circles(imports)).toEqual([])
})

/** Files of a folder that a file imports, itself among them: directly, or by way of others there. */
function reached(folder: string, start: string): Set<string> {
  const found = new Set([start])
  for (const file of found)
    for (const next of imports[file] ?? []) if (holds(folder, next)) found.add(next)
  return found
}

test('a search is read in so few files of the wing that asks backwards; the number only falls', () => {
  expect(reached('engine/ask', 'engine/ask/search/search.ts').size).toBeLessThanOrEqual(25)
})

/** Lines by the innermost folder that has a budget. */
function linesByFolder(): Record<string, number> {
  const lines = Object.fromEntries(Object.keys(budget).map((folder) => [folder, 0]))
  for (const file of Object.keys(imports)) {
    if (file.includes('/generated/')) continue
    const [folder] = Object.keys(budget)
      .filter((each) => file.startsWith(`${each}/`))
      .toSorted((a, b) => b.length - a.length)
    if (folder === undefined) continue
    lines[folder]! += readFileSync(path.join('src', file), 'utf8').split('\n').length - 1
  }
  return lines
}

test('no folder has more lines than its budget, and each has one', () => {
  const lines = linesByFolder()
  expect(Object.keys(budget).filter((folder) => lines[folder]! > budget[folder]!)).toEqual([])
  const folders = Object.keys(imports).filter((file) => file.includes('/'))
  expect(folders.filter((file) => !Object.keys(budget).some((each) => holds(each, file)))).toEqual(
    [],
  )
})

test('no shared code asks whether a block has a name; traits tell blocks apart', () => {
  const formulas = readdirSync('formulas', { recursive: true, encoding: 'utf8' })
  const names = formulas.map((file) => path.basename(file, '.yaml'))
  const asking = new RegExp(String.raw`\b(?:block|formulas\.name) [!=]== '(?:${names.join('|')})'`)
  const shared = Object.keys(imports).filter((file) => !/^import\/|\/generated\//.test(file))
  const found = shared.filter((file) => asking.test(readFileSync(path.join('src', file), 'utf8')))
  expect(found).toEqual([])
  expect("use.block !== 'moe'").toMatch(asking)
})

test('no code outside formulas reads the text of a default by a pattern', () => {
  const pattern =
    /default_text[^\n]*\.(test|match|includes|startsWith|split)\(|\.test\([^\n]*default_text/
  const outside = Object.keys(imports).filter((file) => !holds('formulas', file))
  const found = outside.filter((file) => pattern.test(readFileSync(path.join('src', file), 'utf8')))
  expect(found).toEqual([])
})

test('an import upwards, one across the wings, and a circle are found', () => {
  const made = {
    'engine/a.ts': ['formulas/b.ts', 'import/c.ts'],
    'import/c.ts': ['engine/a.ts'],
    'app/parts/button.tsx': ['app/state/store.tsx'],
    'app/state/store.tsx': ['cli/main.ts', 'app/size/budget.ts', 'app/size/form.tsx'],
    'cli/main.ts': ['app/app.tsx', 'dictionary/index.ts'],
  }
  expect(upward(made)).toEqual([
    'engine/a.ts -> import/c.ts',
    'app/parts/button.tsx -> app/state/store.tsx',
    'app/state/store.tsx -> cli/main.ts',
    'app/state/store.tsx -> app/size/form.tsx',
    'cli/main.ts -> app/app.tsx',
  ])
  expect(circles(made)).toEqual(['engine/a.ts -> import/c.ts -> engine/a.ts'])
})
