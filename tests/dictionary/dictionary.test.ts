import { expect, test } from 'vitest'
import { compileDictionary } from '../../src/dictionary/compile.ts'
import { computeEntry, list, loadEntry, mechanismsOf, topics } from '../../src/dictionary/index.ts'
import { explanations, scenarios } from '../../src/formulas/explanations.ts'
import { prepare } from '../../src/engine/index.ts'

test('the terms stand in their order, and each belongs to a topic', () => {
  expect(list).toHaveLength(41)
  expect(list[0]!.term).toBe('moe')
  expect(list[13]!.term).toBe('mla')
  expect(list[33]!.term).toBe('deep-vs-wide')
  expect(new Set(list.map(({ topic }) => topic))).toEqual(new Set(Object.keys(topics)))
})

test.each([
  'kv-cache',
  'grouped-query-attention',
  'prefill-and-decode',
  'flop',
  'quantisation',
  'multi-token-prediction',
  'tensor-parallelism',
])('%s, which people look for first, is a term', (term) => {
  expect(list.map((each) => each.term)).toContain(term)
})

test('what a rank of a deployment holds is a figure', async () => {
  const [cache] = await computeEntry(await loadEntry('tensor-parallelism'))
  const { value, unit, calculation } = cache!.figures.find(({ name }) => name === 'v3_eight')!
  expect({ value, unit }).toEqual({ value: 287_834_112, unit: 'byte' })
  expect(calculation).toBe(
    'per_rank.cache_per_sequence of DeepSeek-V3 (devices 8) = 287.8 MB (287,834,112 bytes)',
  )
})

test('every term that a formula file serves is an entry', () => {
  const terms = new Set(list.map(({ term }) => term))
  const served = [explanations, scenarios]
    .flatMap((group) => Object.values(group))
    .flatMap((each) => each.terms)
  expect(served.filter((term) => !terms.has(term))).toEqual([])
})

test('an entry knows the formula files that serve it', async () => {
  expect((await mechanismsOf('ssm')).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['s4', 's4d', 'mamba']),
  )
  expect(await mechanismsOf('load-balancing-loss')).toMatchObject([
    { kind: 'scenario', file: 'formulas/scenarios/load-balancing.yaml' },
  ])
})

test('a calculation is shown with its values', async () => {
  const [claim] = await computeEntry(await loadEntry('mla'))
  const figures = Object.fromEntries(claim!.figures.map((figure) => [figure.name, figure]))
  expect(figures['saved']).toMatchObject({
    calculation: '1 − 34,560 / 194,560 = 82.24 %',
    opens: null,
  })
  expect(figures['v2_bytes']).toMatchObject({
    published: undefined,
    opens: {
      model: 'v2',
      quantity: 'cache.bytes',
      workload: { context: 4096, bytes_per_cache: 0.75 },
    },
  })
})

test('a model to try is of the catalogue with changes, or a document', async () => {
  const [example] = await computeEntry(await loadEntry('depth-up-scaling'))
  const [mixtral] = (await computeEntry(await loadEntry('moe')))[0]!.models
  expect(mixtral).toMatchObject({
    catalogue: 'mixtral-8x7b',
    name: 'Mixtral 8x22B',
    changes: { n_layers: 56 },
  })
  const solar = example!.models[1]!
  expect(solar).toMatchObject({ catalogue: null, name: 'SOLAR 10.7B' })
  expect(prepare(JSON.parse(JSON.stringify(solar.document))).architecture).toEqual(solar.document)
})

test('quantities that differ stand side by side', async () => {
  const [example] = await computeEntry(await loadEntry('geglu'))
  const row = (quantity: string): number[] =>
    example!.rows.find((each) => each.quantity === quantity)!.values
  expect(row('params.total')[0]).toBe(row('params.total')[1])
  expect(row('flops.elementwise_prefill')[0]).not.toBe(row('flops.elementwise_prefill')[1])
})

test('a term that is not there is named with its neighbour', async () => {
  await expect(loadEntry('mixture-of-depth')).rejects.toThrow('did you mean mixture-of-depths?')
})

const right = {
  entry: 'moe',
  number: 1,
  topic: 'experts',
  title: 'Mixture of experts',
  about: 'What it is.',
  purpose: 'What it is for.',
  settings: ['moe.top_k'],
  sources: { paper: { title: 'A paper', arxiv: '1701.06538' } },
  picture: { kind: 'drawing', caption: 'Experts.', area: 'params' },
  examples: [
    {
      title: 'One',
      claim: 'It is so.',
      verdict: 'holds',
      because: 'It is.',
      source: 'paper',
      models: { a: { catalogue: 'gpt2' } },
      figures: { total: { label: 'Parameters', of: 'a', quantity: 'params.total', expect: 1 } },
    },
  ],
}
const withExample = (change: object): unknown => ({
  ...right,
  examples: [{ ...right.examples[0], ...change }],
})
const withFigure = (figure: object): unknown =>
  withExample({ figures: { total: { label: 'Parameters', expect: 1, ...figure } } })

test.each<[string, unknown, string]>([
  [
    'a file of another name',
    { ...right, entry: 'mo' },
    'entry: is named mo; the file must be named mo.yaml',
  ],
  [
    'a setting that is not there',
    { ...right, settings: ['moe.topk'] },
    'settings: moe has no setting topk; did you mean top_k?',
  ],
  [
    'a block that is not there',
    { ...right, settings: ['moo.top_k'] },
    'settings: there is no block or scenario moo; did you mean moe?',
  ],
  [
    'another entry that is not there',
    { ...right, see: ['mla'] },
    'see: there is no other entry mla',
  ],
  [
    'a picture of no example',
    { ...right, picture: { ...right.picture, example: 'Two' } },
    'picture.example: there is no example Two',
  ],
  [
    'a picture of no model',
    { ...right, picture: { ...right.picture, of: ['b'] } },
    'picture.of: there is no model b in One',
  ],
  [
    'a picture of no figure',
    { ...right, picture: { kind: 'bars', caption: 'Bars.', figures: ['total', 'totl'] } },
    'picture.figures: there is no figure totl in One; did you mean total?',
  ],
  ['a number out of turn', { ...right, number: 2 }, 'number: is 2, but entry 1 is expected next'],
  ['a key that is not known', { ...right, abuot: '' }, 'Unrecognized key: "abuot"'],
  [
    'a source that is not there',
    withExample({ source: 'papers' }),
    'source: there is no source papers; did you mean paper?',
  ],
  [
    'a model from nowhere',
    withExample({ models: { a: { from: 'b' } } }),
    'models.a: b is no model above it',
  ],
  [
    'a model of two origins',
    withExample({ models: { a: { catalogue: 'gpt2', from: 'a' } } }),
    'says one of catalogue, from and document',
  ],
  [
    'a figure of no model',
    withFigure({ of: 'b', quantity: 'params.total' }),
    'figures.total: there is no model b',
  ],
  [
    'a figure of nothing',
    withFigure({}),
    'figures.total: is either a quantity of a model, a quantity of a scenario, or an expression',
  ],
  [
    'a figure of a figure below it',
    withFigure({ expr: '2 * totl' }),
    'figures.total: totl is no figure above it',
  ],
  [
    'a deployment of no model',
    withFigure({ scenario: 'load-balancing', quantity: 'capacity', deployment: {} }),
    'figures.total: has a deployment, so it is of a model',
  ],
  ['an expression that is none', withFigure({ expr: '2 *' }), 'figures.total: cannot be read'],
  [
    'a verdict without a calculation',
    withExample({ figures: {} }),
    'computes nothing; say figures, or the verdict "not computable"',
  ],
  [
    'a calculation of what cannot be computed',
    withExample({ verdict: 'not computable' }),
    'computes figures, so it has another verdict',
  ],
])('%s is refused', (_what, body, message) => {
  expect(() => compileDictionary([{ file: 'formulas/dictionary/moe.yaml', body }])).toThrow(message)
})
