/** The dictionary's files -> entries whose names all mean something, in order. Runs when the project is built. */
import { blocks, didYouMean, type Expression } from '../formulas/index.ts'
import { scenarios } from '../formulas/explanations.ts'
import { distinctNames } from '../formulas/expression.ts'
import { FormulaError } from '../formulas/formula-error.ts'
import { parseExpression } from '../formulas/parse.ts'
import {
  entryFile,
  type Entry,
  type EntryFile,
  type Example,
  type Figure,
  type Listed,
} from './entry.ts'
import { exampleOf } from './example-of.ts'

/** A file as its YAML reads. */
export interface ParsedFile {
  file: string
  body: unknown
}

/** @throws FormulaError that names the file, the key, and what was expected */
export function compileDictionary(files: readonly ParsedFile[]): Entry[] {
  const entries = files.map(compileEntry).toSorted((a, b) => a.number - b.number)
  const terms = entries.map(({ entry }) => entry)
  for (const [index, { entry, number, see }] of entries.entries()) {
    if (number !== index + 1)
      fail(entry, 'number', `is ${number}, but entry ${index + 1} is expected next`)
    for (const other of see) {
      if (!terms.includes(other) || other === entry)
        fail(entry, 'see', `there is no other entry ${other}${didYouMean(other, terms)}`)
    }
  }
  return entries
}

function fail(entry: string, path: string, problem: string): never {
  throw new FormulaError(`formulas/dictionary/${entry}.yaml`, path, problem)
}

function compileEntry({ file, body }: ParsedFile): Entry {
  const checked = entryFile.safeParse(body)
  if (!checked.success) {
    const issue = checked.error.issues[0]!
    throw new FormulaError(file, issue.path.join('.'), issue.message)
  }
  const entry = checked.data
  if (!file.endsWith(`/${entry.entry}.yaml`))
    throw new FormulaError(
      file,
      'entry',
      `is named ${entry.entry}; the file must be named ${entry.entry}.yaml`,
    )
  for (const address of entry.settings) checkSetting(entry, address)
  checkPicture(entry)
  return {
    ...entry,
    examples: entry.examples.map((example, place) =>
      compileExample(entry, example, `examples.${place} (${example.title})`),
    ),
  }
}

function checkSetting({ entry }: EntryFile, address: string): void {
  const [name = '', setting = ''] = address.split('.')
  const owner = [blocks, scenarios].flatMap((group) =>
    Object.hasOwn(group, name) ? [group[name]!] : [],
  )[0]
  if (!owner)
    return fail(
      entry,
      'settings',
      `there is no block or scenario ${name}${didYouMean(name, [...Object.keys(blocks), ...Object.keys(scenarios)])}`,
    )
  const known = owner.settings.map((each) => each.name)
  if (!known.includes(setting))
    fail(entry, 'settings', `${name} has no setting ${setting}${didYouMean(setting, known)}`)
}

/** A picture shows what its example has. */
function checkPicture({ entry, picture, examples }: EntryFile): void {
  const titles = examples.map(({ title }) => title)
  const example = exampleOf(examples, picture)
  if (example === undefined)
    fail(
      entry,
      'picture.example',
      `there is no example ${picture.example}${didYouMean(picture.example!, titles)}`,
    )
  const has = (kind: 'models' | 'figures', key: string): void => {
    const known = Object.keys(example[kind])
    if (!known.includes(key))
      fail(
        entry,
        `picture.${kind === 'models' ? 'of' : kind}`,
        `there is no ${kind.slice(0, -1)} ${key} in ${example.title}${didYouMean(key, known)}`,
      )
  }
  if ('figures' in picture) for (const key of picture.figures) has('figures', key)
  else for (const key of picture.of ?? []) has('models', key)
}

function compileExample(
  { entry, sources }: EntryFile,
  example: EntryFile['examples'][number],
  path: string,
): Example {
  if (!Object.hasOwn(sources, example.source))
    fail(
      entry,
      `${path}.source`,
      `there is no source ${example.source}${didYouMean(example.source, Object.keys(sources))}`,
    )
  const models = new Set<string>()
  for (const [name, { from }] of Object.entries(example.models)) {
    if (from !== undefined && !models.has(from))
      fail(entry, `${path}.models.${name}`, `${from} is no model above it`)
    models.add(name)
  }
  const figures: Record<string, Figure> = {}
  for (const [name, { expr, ...figure }] of Object.entries(example.figures)) {
    const at = `${path}.figures.${name}`
    const ways = [
      figure.quantity !== undefined && figure.scenario === undefined,
      figure.scenario !== undefined,
      expr !== undefined,
    ].filter(Boolean).length
    if (ways !== 1)
      fail(entry, at, 'is either a quantity of a model, a quantity of a scenario, or an expression')
    if (figure.deployment !== undefined && figure.of === undefined)
      fail(entry, at, 'has a deployment, so it is of a model')
    if (figure.of !== undefined && !models.has(figure.of))
      fail(entry, at, `there is no model ${figure.of}${didYouMean(figure.of, models)}`)
    if (figure.scenario === undefined && figure.quantity !== undefined && figure.of === undefined)
      fail(entry, at, `does not say of which model; of is one of ${[...models].join(', ')}`)
    if (figure.scenario !== undefined && !Object.hasOwn(scenarios, figure.scenario))
      fail(
        entry,
        at,
        `there is no scenario ${figure.scenario}${didYouMean(figure.scenario, Object.keys(scenarios))}`,
      )
    figures[name] =
      expr === undefined
        ? figure
        : { ...figure, expr: parse(entry, at, expr, Object.keys(figures)) }
  }
  const computed = Object.keys(figures).length > 0
  if (computed === (example.verdict === 'not computable'))
    fail(
      entry,
      path,
      computed
        ? 'computes figures, so it has another verdict'
        : 'computes nothing; say figures, or the verdict "not computable"',
    )
  return { ...example, figures }
}

/** An expression of figures above it. */
function parse(
  entry: string,
  path: string,
  text: string | number,
  known: readonly string[],
): Expression {
  let tree: Expression
  try {
    tree = parseExpression(text)
  } catch (error) {
    return fail(entry, path, (error as Error).message)
  }
  for (const name of distinctNames(tree))
    if (name !== 'pi' && !known.includes(name))
      fail(entry, path, `${name} is no figure above it${didYouMean(name, known)}`)
  return tree
}

const listed = ({ entry: term, number, topic, title, about, examples }: Entry): Listed => ({
  term,
  number,
  topic,
  title,
  about,
  verdicts: examples.map(({ verdict }) => verdict),
})

/** The TypeScript modules of the dictionary, by file name: a short list, and the entries as texts of JSON. */
export function dictionaryModules(entries: readonly Entry[]): Record<string, string> {
  const head = '// Written by `npm run generate` from formulas/dictionary. Changes here are lost.\n'
  const text = (value: unknown): string => JSON.stringify(JSON.stringify(value))
  return {
    'list.ts': `${head}import type { Listed } from '../entry.ts'\n\nexport const list = JSON.parse(\n  ${text(entries.map(listed))},\n) as readonly Listed[]\n`,
    'entries.ts': `${head}/** By term, the JSON of the entry. */\nexport const texts: Readonly<Record<string, string>> = {\n${entries.map((entry) => `  ${JSON.stringify(entry.entry)}: ${text(entry)},\n`).join('')}}\n`,
  }
}
