/** The page's state: one typed record, and everything shown follows from it. A new key is one entry here. */
import type { Workload } from '../../engine/index.ts'
import type { Letter } from '../models/letters.ts'
import type { Slot } from '../models/slot.ts'
import { beginnings, budgetRange, goals, grains, usualBudget, type Budget } from '../size/budget.ts'
import { amount, choice, type Key, type Known } from './key.ts'
import { workloadKeys } from './workload-keys.ts'

export const pages = ['calculator', 'models', 'dictionary', 'ledger', 'reading'] as const
export type PageName = (typeof pages)[number]

/** The job someone came for; decides the title and the chart in front. */
export const questions = ['cost', 'size', 'compare', 'stretch'] as const
export type Question = (typeof questions)[number]

/** Whose figure of the cache is shown. */
export const holders = ['architecture', 'transformers', 'unified_pages', 'expanded_latent'] as const
export type Holder = (typeof holders)[number]

export const charts = [
  'drawing', 'composition', 'sweep', 'memory', 'flops', 'traffic', 'speed', 'depth', 'experts', 'rotary', 'difference',
] as const // prettier-ignore
export type ChartName = (typeof charts)[number]

/** What a drawing or a composition may be of. */
export const measureNames = ['params', 'active', 'prefill', 'decode', 'read', 'cache'] as const
export type MeasureName = (typeof measureNames)[number]

/** How tokens may be spread over experts, and how far the numbers of that go. */
export const routings = ['balanced', 'zipf', 'collapsed'] as const
export type Routing = (typeof routings)[number]
export const exponentRange = { min: 0.0625, max: 2 }
export const capacityRange = { min: 0.5, max: 8 }

/** Kinds of models that the atlas may be narrowed to. */
export const kindNames = [
  'all', 'experts', 'dense', 'full', 'window', 'latent', 'state', 'hybrid', 'encoder',
] as const // prettier-ignore
export type KindName = (typeof kindNames)[number]

/** A number whose derivation is open: of which model, and its name. */
export interface Opened {
  letter: Letter
  quantity: string
}

const firstLetter = (slots: readonly Slot[]): Letter => slots[0]!.letter
const lettersOf = ({ slots }: Known): Letter[] => slots.map(({ letter }) => letter)

const budget: { [Name in keyof Budget]: Key<Budget[Name]> } = {
  target: amount('budget', usualBudget.target, budgetRange),
  of: choice('budget_of', usualBudget.of, ['params.total', 'memory.bytes']),
  active: amount('active', usualBudget.active, budgetRange),
  device: choice('device', usualBudget.device, async ({ devices }) => [null, ...(await devices())]),
  from: choice('from', usualBudget.from, (known): string[] => [...beginnings.map(({ name }) => name), ...lettersOf(known)]),
  grain: choice('grain', usualBudget.grain, grains.map(Number)),
  goal: choice('goal', usualBudget.goal, goals.map(({ name }) => name)),
} // prettier-ignore

/** What charts have chosen. */
const chart = {
  name: choice('chart', 'drawing', charts),
  /** What the drawing and the composition are of, or the quantity swept. */
  quantity: choice('of', 'params', async ({ quantities }): Promise<string[]> => [
    ...measureNames,
    ...(await quantities()),
  ]),
  /** The setting swept: an address, or `context`, or `batch`. */
  against: choice('against', 'context', async ({ settings }) =>
    (await settings()).map(({ address }) => address),
  ),
  /** Parts of a composition as shares of it, or as amounts. */
  scale: choice('scale', 'share', ['share', 'amount']),
  /** What two models differ in. */
  difference: choice('difference', 'params.total', ({ quantities }) => quantities()),
  /** The device of the roofline. */
  device: choice('roofline_device', 'NVIDIA H100 SXM', ({ devices }) => devices()),
  /** Wavelengths of all models, or of one under each scaling. */
  rotary: choice('rotary', 'models', ['models', 'scalings']),
  /** How tokens are spread over experts. */
  routing: choice('routing', 'zipf', routings),
  exponent: amount('zipf_exponent', 0.5, exponentRange),
  capacity: amount('capacity_factor', 1.25, capacityRange),
}

/** How many devices a model is cut over. */
export const counts = [1, 2, 4, 8, 16, 32, 64] as const

const degrees = { min: 1, max: 1e6, whole: true } as const

/** What the models are to run on. */
const machine = {
  device: choice('machine', 'NVIDIA H100 SXM', ({ devices }) => devices()),
  devices: choice('devices', 1, counts.map(Number)),
  runtime: choice('runtime', 'none', async ({ runtimes }) => ['none', ...(await runtimes())]),
  /** Degrees that are said; the others follow. */
  tp: amount('tp', null, degrees),
  pp: amount('pp', null, degrees),
  dp: amount('dp', null, degrees),
  ep: amount('ep', null, degrees),
  cp: amount('cp', null, degrees),
  dp_attention: choice('dp_attention', false, [false, true]),
  /** Of the runtime: `memory_share=0.95,sequences=256`. */
  settings: { kind: 'text', name: 'runtime_set', usual: () => null } as Key<string | null>,
}
// Another machine is another answer.
for (const key of Object.values(machine)) key.step = true

/** What an axis or a column of the atlas may be of. */
const mapped = async ({ quantities }: Known): Promise<string[]> => [
  'cache.per_token',
  ...(await quantities()),
]
const scales = ['log', 'linear'] as const

/** What the atlas of the catalogue has chosen. */
const atlas = {
  x: choice('x', 'params.active', mapped),
  y: choice('y', 'cache.per_token', mapped),
  x_scale: choice('x_scale', 'log', scales),
  y_scale: choice('y_scale', 'log', scales),
  kind: choice('kind', 'all', kindNames),
  /** Whether only those are shown that fit on the machine. */
  fitting: choice('fitting', false, [false, true]),
  /** Words that a model is searched by. */
  words: { kind: 'text', name: 'find', usual: () => null } as Key<string | null>,
  sort: choice('sort', 'name', async (known): Promise<string[]> => [
    'name',
    'year',
    'fits',
    ...(await mapped(known)),
  ]),
  descending: choice('descending', false, [false, true]),
}

const ofWorkload = (name: string): Key<Workload[keyof Workload] | undefined> => ({
  kind: 'workload',
  name,
  usual: () => undefined,
  step: true,
  ...(name === 'weights' && { migrations: { 1: oneFormat } }),
})

/** Links once said the bytes of every weight. */
function oneFormat(query: URLSearchParams): void {
  const bytes = query.get('bytes_per_weight')
  if (bytes !== null) query.set('weights', `default:${bytes}`)
  query.delete('bytes_per_weight')
}

/** All that the page holds beside its models. */
export const keys = {
  /** What is not chosen follows from the models. */
  workload: Object.fromEntries(workloadKeys.map((name) => [name, ofWorkload(name)])),
  page: choice('page', 'calculator', pages),
  /** One chart by itself, within another page. */
  embed: choice('embed', false, [false, true]),
  /** The entry of the dictionary that is open, if any. */
  entry: { kind: 'text', name: 'entry', usual: () => null } as Key<string | null>,
  question: choice('ask', 'cost', questions),
  active: choice('on', firstLetter, lettersOf),
  baseline: choice('base', firstLetter, lettersOf),
  /** A setting that is changed is changed in every model that has it. */
  together: choice('together', false, [false, true]),
  bytes: choice('bytes', 'GB', ['GB', 'GiB']),
  holder: choice('cache', 'architecture', holders),
  chart,
  /** Where the models run. */
  machine,
  atlas,
  /** Of who sizes a model. */
  budget,
  opened: { kind: 'opened', name: 'open', usual: () => null } as Key<Opened | null>,
}

type Values<Keys> = {
  [Name in keyof Keys]: Keys[Name] extends Key<infer Value> ? Value : Values<Keys[Name]>
}

export interface Session extends Omit<Values<typeof keys>, 'workload'> {
  slots: Slot[]
  /** What was chosen; what is left out follows from the models. */
  workload: Partial<Workload>
}
export type ChartChoice = Session['chart']
export type Machine = Session['machine']
export type AtlasChoice = Session['atlas']

export const activeSlot = (session: Session): Slot =>
  session.slots.find((slot) => slot.letter === session.active) ?? session.slots[0]!
