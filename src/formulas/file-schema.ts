/** The shape of formula files; zod turns a slip in YAML into an error that names the key. */
import * as z from 'zod'

const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'a name of letters, digits and underscores')
const slug = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name in kebab case')
const expression = z.union([z.string().min(1), z.number()])
const words = z.string().min(1)

const arxiv = 'an arXiv number in quotes, such as "2305.13245",'
const source = z
  .strictObject({
    title: words,
    arxiv: z
      .string(`${arxiv} is expected`)
      .regex(/^\d{4}\.\d{4,5}$/, arxiv)
      .optional(),
    url: z.url({ protocol: /^https$/, error: 'an address that begins with https://' }).optional(),
    section: z.union([z.string(), z.number()]).optional(),
  })
  .refine(
    ({ arxiv: paper, url }) => paper !== undefined || url !== undefined,
    'says neither arxiv nor url; give one, so that a reader finds it',
  )

const setting = z.strictObject({
  label: words,
  symbol: words.optional(),
  type: z.enum(['count', 'tokens', 'number', 'flag', 'choice', 'list', 'block']),
  of: z.array(words).min(1).optional(),
  kind: slug.optional(),
  default: z.union([expression, z.array(z.number())]).optional(),
  from: z.union([expression, z.array(expression).min(1)]).optional(),
  none: z.enum(['infinity', '0']).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  config_keys: z.array(words).optional(),
  about: words.optional(),
})

const told = {
  label: words.optional(),
  symbol: words.optional(),
  why: words.optional(),
  source: name.optional(),
  unit: words.optional(),
  counts: words.optional(),
}
const part = z.strictObject({
  ...told,
  role: words.optional(),
  kind: words.optional(),
  grows: words.optional(),
  cut: words.optional(),
  holds: words.optional(),
  quantised: z.literal(false, 'false is all that can be said; leave it out').optional(),
  expr: expression,
})
const quantity = z.strictObject({
  ...told,
  cut: words.optional(),
  mark: z.enum(['exact', 'bound', 'expected', 'assumed']).optional(),
  error: z.number().positive().optional(),
  expr: expression.optional(),
  sum: z.record(name, part).optional(),
  over: z.record(name, expression).optional(),
})

const example = z.strictObject({
  of: words,
  given: z.record(name, z.union([z.number(), words, z.array(z.number())])),
  expect: z.record(z.string(), z.union([z.number(), z.array(z.number())])),
  within: z.number().positive().optional(),
  source: name.optional(),
})

const needed = 'at least one worked example from a real model is expected'

const common = {
  title: words,
  about: words,
  terms: z.array(slug).optional(),
  sources: z.record(name, source).default({}),
}
const computed = {
  settings: z.record(name, setting).default({}),
  checks: z.array(z.strictObject({ must: words, else: words })).default([]),
  quantities: z.record(name, quantity),
  examples: z.array(example, needed).min(1, needed),
}

/** A matrix that the block stores: what it is to those who choose formats, and its shape. */
const matrix = z.strictObject({
  is: name,
  role: words,
  inputs: expression,
  outputs: expression,
  copies: expression.default(1),
  cut: name.default('none'),
  joined: name.optional(),
})

export const blockFile = z.strictObject({
  block: slug,
  is: name.optional(),
  ...common,
  ...computed,
  cuts: z.record(name, expression).default({}),
  matrices: z.array(matrix).default([]),
  zero: z.array(name).default([]),
})
export const scenarioFile = z.strictObject({
  scenario: slug,
  ...common,
  ...computed,
  refuses: z.record(name, words).default({}),
})
export const runtimeFile = z.strictObject({
  runtime: slug,
  version: words,
  ...common,
  ...computed,
  answers: z.record(name, name).default({}),
  formats: z.record(name, words).default({}),
  entries: z
    .array(
      z.strictObject({
        holding: name.optional(),
        is: name.optional(),
        asked: words.optional(),
        formats: z.record(name, words),
      }),
    )
    .default([]),
  pages: z.literal('shared').optional(),
  pools: z.literal('states').optional(),
  towers: z.literal('cut').optional(),
})
export const functionFile = z.strictObject({
  function: name,
  ...common,
  parameters: z.array(name).min(1),
  expr: expression,
  why: words.optional(),
  examples: z
    .array(
      z.strictObject({
        of: words,
        given: z.record(name, expression),
        expect: z.number(),
        within: z.number().positive().optional(),
      }),
      needed,
    )
    .min(1, needed),
})
const stacks = z.array(z.enum(['encoder', 'decoder', 'vision', 'audio'])).min(1)
const workloadKey = z.strictObject({
  type: z.enum(['tokens', 'count', 'number', 'format', 'formats', 'choice', 'record']),
  label: words,
  short: words.optional(),
  about: words,
  symbol: words.optional(),
  unit: words.optional(),
  default: z.union([expression, z.array(expression).min(1)]).optional(),
  min: z.number().optional(),
  max: expression.optional(),
  of: z
    .record(
      z.union([name, z.string().regex(/^\d+$/)]),
      z.strictObject({ label: words, about: words, words: words.optional() }),
    )
    .optional(),
  fields: z
    .record(name, z.strictObject({ label: words, reads: name, default: z.number().optional() }))
    .optional(),
  option: slug.optional(),
  example: words.optional(),
  becomes: z.array(name).min(1).optional(),
  instead_of: name.optional(),
  with: stacks.optional(),
  without: z.union([z.literal('none'), z.number()]).optional(),
  group: z.enum(['run', 'convention']).default('run'),
})
export const contractFile = z.strictObject({
  contract: slug,
  about: words,
  names: z.record(
    name,
    z.strictObject({
      label: words,
      symbol: words.optional(),
      unit: words.optional(),
      choice: z.array(words).optional(),
      of: z.enum(['architecture', 'pass', 'piece']),
    }),
  ),
  towers: z.record(name, words).default({}),
  workload: z.record(name, workloadKey).default({}),
  questions: z.record(
    name,
    z.strictObject({
      label: words,
      about: words,
      unit: words.optional(),
      counts: words.optional(),
      asked_of: z.enum(['model', 'pass', 'step']),
      per: z.enum(['sequence', 'step']).default('sequence'),
      split: z.enum(['role', 'kind', 'grows', 'format']).optional(),
      parts_say: z.array(z.enum(['cut', 'holds'])).default([]),
      default: expression.optional(),
    }),
  ),
  traits: z
    .record(
      name,
      z.strictObject({
        about: words,
        has: z.array(name).default([]),
        tells: z.array(name).min(1).optional(),
      }),
    )
    .default({}),
  classes: z.strictObject({
    role: z.record(name, words),
    kind: z.record(name, words),
    grows: z.record(name, words),
    cut: z.record(name, words),
    holds: z.record(name, words),
  }),
})

const path = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/, 'a name such as params.total')
export const totalsFile = z.strictObject({
  totals: slug,
  about: words,
  groups: z.record(name, words),
  null_without_decoder: z.array(name).default([]),
  null_without_towers: z.array(path).default([]),
  entries: z.record(
    path,
    z.strictObject({
      group: name,
      label: words,
      short: words,
      about: words.optional(),
      why: words.optional(),
      occasion: z.enum(['model', 'prefill', 'decode']).optional(),
      adds: z.array(name).min(1).optional(),
      class: name.optional(),
      split: path.optional(),
      over: z.enum(['whole', 'towers']).optional(),
      per: z.enum(['layer', 'tower']).optional(),
      calls: name.optional(),
      of: z.array(path).min(1).optional(),
      mark: z.enum(['exact', 'bound', 'expected', 'assumed']).default('exact'),
      otherwise: path.optional(),
      same_as: path.optional(),
      usual: z.literal(true).optional(),
    }),
  ),
})

export type TotalsFile = z.infer<typeof totalsFile>
export type BlockFile = z.infer<typeof blockFile>
export type ScenarioFile = z.infer<typeof scenarioFile>
export type RuntimeFile = z.infer<typeof runtimeFile>
export type FunctionFile = z.infer<typeof functionFile>
export type ContractFile = z.infer<typeof contractFile>
export type WorkloadKeyFile = z.infer<typeof workloadKey>
export type SettingFile = z.infer<typeof setting>
export type QuantityFile = z.infer<typeof quantity>
export type PartFile = z.infer<typeof part>
