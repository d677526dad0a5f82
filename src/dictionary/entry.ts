/** An entry of the dictionary: what formulas/dictionary/TERM.yaml says. */
import * as z from 'zod'
import { deploymentDocument } from '../architecture/deployment.ts'
import type { Expression } from '../formulas/index.ts'
import { topics, type Topic } from './topics.ts'

const words = z.string().trim().min(1)
const slug = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name in kebab case')
const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'a name of small letters, digits and underscores')
const settings = z.record(z.string().min(1), z.unknown())

const source = z.strictObject({
  title: words,
  arxiv: z
    .string()
    .regex(/^\d{4}\.\d{4,5}$/, 'an arXiv number in quotes, such as "2305.13245"')
    .optional(),
  url: z.url({ protocol: /^https$/ }).optional(),
  section: z.union([z.string(), z.number()]).optional(),
})

/** Where a model of an example comes from: the catalogue, another model of the example, or a document of its own. */
const model = z
  .strictObject({
    name: words.optional(),
    catalogue: z.string().min(1).optional(),
    from: name.optional(),
    document: z.looseObject({}).optional(),
    transforms: z.array(z.looseObject({ transform: slug })).optional(),
    set: settings.optional().describe('settings by address, after the transforms'),
  })
  .refine(
    ({ catalogue, from, document }) =>
      [catalogue, from, document].filter((origin) => origin !== undefined).length === 1,
    'says one of catalogue, from and document',
  )

const expected = z.union([z.number(), z.array(z.number())])
const figure = z.strictObject({
  label: words,
  /** Of a model: a quantity as `explain` knows it. */
  of: name.optional(),
  quantity: words.optional(),
  workload: settings.optional(),
  /** Of a model that runs there: a number of what `fit` finds. */
  deployment: z.optional(deploymentDocument),
  /** Of a scenario: its quantity under these settings. */
  scenario: slug.optional(),
  given: settings.optional(),
  /** Of other figures. */
  expr: z.union([words, z.number()]).optional(),
  unit: words.optional().describe('percent, parameter, byte, ...; a quantity has its own'),
  expect: expected.describe('a list is held against the first values of a list'),
  within: z
    .number()
    .positive()
    .optional()
    .describe('how far off, relatively; exact where left out'),
  published: words.optional().describe('the figure as it was published, in words'),
})

export const verdicts = ['holds', 'loose', 'wrong', 'not computable'] as const
export type Verdict = (typeof verdicts)[number]

const example = z.strictObject({
  title: words,
  claim: words.describe('what is said of it'),
  verdict: z.enum(verdicts),
  because: words,
  source: name.describe('where the published figure or the right account of it stands'),
  models: z.record(name, model).default({}),
  workload: settings.default({}),
  compare: z.array(words).default([]).describe('quantities shown of every model'),
  figures: z.record(name, figure).default({}),
})

/** What a drawing's area may mean. */
const area = z.enum(['params', 'active', 'prefill', 'decode', 'read', 'cache'])
const tokens = z.int().min(1)
const seen = {
  caption: words.describe('what is to be seen'),
  example: words
    .optional()
    .describe('whose models and figures are shown, by its title; the first one'),
}
const shown = {
  ...seen,
  of: z.array(name).min(1).max(4).optional().describe('models of the example; all of them'),
}

/** The picture that opens an entry, made from what an example computes. */
const picture = z.discriminatedUnion('kind', [
  /** Models at one scale. */
  z.strictObject({ kind: z.literal('drawing'), ...shown, area, workload: settings.optional() }),
  /** Quantities of models against the context. */
  z.strictObject({
    kind: z.literal('growth'),
    ...shown,
    quantities: z.array(words).min(1),
    from: tokens,
    to: tokens,
  }),
  /** The values of figures that are lists, in their order. */
  z.strictObject({
    kind: z.literal('lists'),
    ...seen,
    figures: z.array(name).min(1).max(4),
    along: words.describe('what the places of a list are'),
  }),
  /** A bar for each figure. */
  z.strictObject({ kind: z.literal('bars'), ...seen, figures: z.array(name).min(2) }),
])
export type Picture = z.infer<typeof picture>

export const entryFile = z.strictObject({
  entry: slug,
  number: z.int().min(1),
  topic: z.enum(Object.keys(topics) as [Topic, ...Topic[]]),
  title: words,
  about: words.describe('what it is'),
  purpose: words.describe('what it is for, and what it costs'),
  settings: z.array(z.string().regex(/^[A-Za-z0-9-]+\.[A-Za-z0-9_]+$/, 'block.setting')).min(1),
  see: z.array(slug).default([]).describe('other entries'),
  sources: z.record(name, source),
  picture,
  examples: z.array(example).min(1),
})

export type EntryFile = z.infer<typeof entryFile>
export type ModelSource = z.infer<typeof model>
export type Source = z.infer<typeof source>

/** A figure whose expression is parsed. */
export type Figure = Omit<z.infer<typeof figure>, 'expr'> & { expr?: Expression }
export type Example = Omit<z.infer<typeof example>, 'figures'> & { figures: Record<string, Figure> }
export type Entry = Omit<EntryFile, 'examples'> & { examples: Example[] }

/** What a list of entries shows of one. */
export interface Listed {
  term: string
  number: number
  topic: Topic
  title: string
  about: string
  /** Of its worked examples, in order. */
  verdicts: Verdict[]
}
