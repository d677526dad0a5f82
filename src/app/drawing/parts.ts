/** The parts of a band: which stand in a column of their own, which are too small, and what each is called. */
import type { Cost, PlacedBlock, Workload } from '../../engine/index.ts'
import type { Area } from './areas.ts'
import { cellsOf, type Cells } from './experts.ts'
import { keepsOf, type Keeps } from './keeps.ts'

/** A block in the layers of a band. */
export interface Held {
  block: PlacedBlock
  layers: number
  cost: Cost
}

/** What its tone says. */
export type Tone = 'mixer' | 'ffn' | 'table'

export interface Part {
  id: string
  /** `Latent attention`, as short as a label must be. */
  name: string
  /** `128 heads, rank 512`, where there is something to say. */
  detail: string
  tone: Tone
  /** What it keeps of the tokens; null where that is not asked of it, as of a feed-forward network. */
  keeps: Keeps | null
  /** Which piece of a mixture of experts it is. */
  piece: 'routed' | 'shared' | 'rest' | null
  amount: number
  layers: number
  cost: Cost
  block: PlacedBlock
  /** The quantity whose derivation a press opens. */
  opens: string
}

export interface Column {
  amount: number
  /** One, or a shared expert before the routed ones. */
  parts: readonly Part[]
  /** Of routed experts, where it has any. */
  cells: Cells | null
}

interface Question {
  /** Of the band. */
  id: string
  area: Area
  /** Of the whole model. */
  total: number
  workload: Workload
}

/** Mixers, feed-forward networks and tables; all else is small beside them. */
export const isMain = ({ formulas }: PlacedBlock): boolean =>
  ['mixers', 'ffn', 'embeddings', 'projectors'].includes(formulas.folder)

/** A share of the whole from which other parts have a column of their own. */
const seen = 0.004

export function columnsOf(
  held: readonly Held[],
  question: Question,
): { columns: Column[]; small: Part[] } {
  const { area, total, workload } = question
  const columns: Column[] = []
  const small: Part[] = []
  const all = held.reduce((sum, { cost }) => sum + area.of(cost), 0)
  // Beside a table of tokens that of a few types is too small.
  const isLarge = (block: PlacedBlock, amount: number): boolean =>
    isMain(block) && (block.formulas.folder !== 'embeddings' || amount >= 0.01 * all)
  const place = (part: Part, isColumn: boolean): void => {
    if (part.amount > 0 && (isColumn || part.amount >= seen * total))
      columns.push({ amount: part.amount, parts: [part], cells: null })
    else if (part.amount > 0 || isColumn) small.push(part)
  }
  for (const each of held) {
    const { block, cost } = each
    const amount = area.of(cost)
    if (block.formulas.is !== 'experts') {
      place(partOf(each, question, amount, {}), isLarge(block, amount))
      continue
    }
    const { routed, shared, rest } = area.experts(cost)
    const cells = cellsOf(block.settings, cost, area, workload)
    const experts = partOf(each, question, routed, expertWords(cells))
    const others = shared > 0 ? [partOf(each, question, shared, sharedWords(area))] : []
    const grid = [...others, experts].filter((part) => part.amount > 0)
    if (routed > 0) columns.push({ amount: routed + shared, parts: grid, cells })
    // A step that routes no token here, as in depths that are mixed, may still be seen by the shared one.
    else for (const part of [...others, experts]) place(part, true)
    const left = amount - routed - shared
    // What is left of a difference of large numbers is rounding.
    if (left > amount * 1e-12)
      place(
        partOf(each, question, left, { key: '/rest', name: rest, tone: 'table', piece: 'rest' }),
        false,
      )
  }
  // Of what stands alone the largest is seen, however small it is.
  const isTied = held.some(({ cost }) => cost.params.reused_embedding > 0)
  const [alone] = small.toSorted((a, b) => b.amount - a.amount)
  if (columns.length === 0 && !isTied && alone && alone.amount > 0)
    return {
      columns: [{ amount: alone.amount, parts: [alone], cells: null }],
      small: small.filter((part) => part !== alone),
    }
  return { columns, small }
}

type Said = { key?: string } & Partial<Pick<Part, 'name' | 'detail' | 'tone' | 'piece'>>

const expertWords = ({ cells, working, stored }: Cells): Said => ({
  key: '/experts',
  name: `Experts, ${working} of ${stored}`,
  detail: cells === stored ? '' : `${cells} of ${stored} work`,
  piece: 'routed',
})

/** FLOPs do not tell the router from shared experts. */
const sharedWords = ({ counted }: Area): Said => ({
  key: '/shared',
  name: counted === 'FLOP' ? 'Shared, router' : 'Shared expert',
  piece: 'shared',
})

function partOf(
  { block, layers, cost }: Held,
  { id, area }: Question,
  amount: number,
  { key = '', ...said }: Said,
): Part {
  const { folder, is } = block.formulas
  const keeps = folder === 'mixers' ? keepsOf(cost.cache, is) : null
  return {
    id: `${id}/${block.address}${key}`,
    name: nameOf(block, keeps),
    detail: detailOf(block),
    tone: folder === 'mixers' ? 'mixer' : folder === 'ffn' ? 'ffn' : 'table',
    keeps,
    piece: null,
    amount,
    layers,
    cost,
    block,
    opens: `${block.address}.${area.asks(cost)}`,
    ...said,
  }
}

/** As short as a label must be. What attention is, what it keeps says. */
function nameOf({ formulas: { is, title }, settings }: PlacedBlock, keeps: Keeps | null): string {
  switch (is) {
    case 'attention':
      return attentionName(settings, keeps)
    case 'ffn':
    case 'gated_ffn':
      return 'Feed-forward'
    case 'latent_attention':
      return 'Latent attention'
    default:
      return title.replace(/ \(.*\)|,.*$/g, '')
  }
}

function attentionName(settings: PlacedBlock['settings'], keeps: Keeps | null): string {
  if (keeps === 'every') return 'Full attention'
  const bounds = { Window: settings['window'], Chunk: settings['chunk'] }
  for (const [word, bound] of Object.entries(bounds))
    if (typeof bound === 'number' && Number.isFinite(bound))
      return `${word} ${bound.toLocaleString('en-US')}`
  return 'Attention'
}

function detailOf({ settings }: PlacedBlock): string {
  const number = (name: string): string | null => {
    const value = settings[name]
    return typeof value === 'number' && Number.isFinite(value)
      ? value.toLocaleString('en-US')
      : null
  }
  const [heads, kv] = [number('n_heads'), number('n_kv_heads')]
  const said = [
    heads === null
      ? null
      : kv === null || kv === heads
        ? `${heads} heads`
        : `${heads} heads, ${kv} KV`,
    number('kv_lora_rank') && `rank ${number('kv_lora_rank')}`,
    number('d_state') && `state ${number('d_state')}`,
    number('d_ff') && `width ${number('d_ff')}`,
  ]
  return said.filter((each) => each !== null).join(', ')
}
