/** The state as a link and back: the one place that knows how. What is as it would be anyway is left out. */
import { completeWorkload, type Architecture, type Model, type Workload } from '../../engine/index.ts'
import { slotFromCatalogue } from '../models/catalogue.ts'
import type { Changes } from '../models/changes.ts'
import { slotOf } from '../models/slot.ts'
import { pack, unpack } from './compress.ts'
import { firstModel, freshSession } from './fresh.ts'
import { migrated, version } from './migrations.ts'
import { charts, holders, letters, pages, questions, type Letter, type Session, type Slot } from './session.ts'
import { readValue, writeValue } from './values.ts'

const workloadKeys = [
  'context', 'batch', 'source', 'bytes_per_weight', 'bytes_per_cache', 'bytes_per_state', 'bytes_per_activation',
  'pairs', 'head', 'flops_per_mac', 'latent_form', 'scan_form', 'page_tokens',
] as const satisfies readonly (keyof Workload)[] // prettier-ignore

/** In place of a catalogue's name: the document stands in the hash. */
const inHash = '~'

/** @returns `?…#…`, or an empty text for the page as it first opens */
export async function writeUrl(session: Session): Promise<string> {
  const query = new URLSearchParams()
  const put = (key: string, value: string, usual: string): void => {
    if (value !== usual) query.set(key, value)
  }
  const usual = freshSession(session.slots)
  put('page', session.page, usual.page)
  if (session.entry !== null) query.set('entry', session.entry)
  put('ask', session.question, usual.question)
  for (const slot of session.slots) writeSlot(slot, query)
  put('on', session.active, usual.active)
  put('base', session.baseline, usual.baseline)
  for (const key of workloadKeys) {
    const value = session.workload[key]
    if (value !== undefined) query.set(key, String(value))
  }
  put('bytes', session.bytes, usual.bytes)
  put('cache', session.holder, usual.holder)
  put('chart', session.chart.name, usual.chart.name)
  put('of', session.chart.quantity, usual.chart.quantity)
  put('against', session.chart.against, usual.chart.against)
  if (session.opened) query.set('open', `${session.opened.letter}.${session.opened.quantity}`)
  const hash = await writeDocuments(session.slots)
  const text = readable(query)
  if (text === `a=${firstModel}`) return ''
  return `?v=${version}${text && `&${text}`}${hash && `#${hash}`}`
}

function writeSlot({ letter, origin, changes }: Slot, query: URLSearchParams): void {
  const key = letter.toLowerCase()
  query.set(key, origin.catalogue ?? inHash)
  for (const [address, value] of Object.entries(changes))
    query.set(`${key}.${address}`, writeValue(value))
}

async function writeDocuments(slots: readonly Slot[]): Promise<string> {
  const own = slots.filter(({ origin }) => origin.catalogue === null)
  const parts = own.map(async ({ letter, document }) => `${letter.toLowerCase()}=${await pack(document)}`)
  return (await Promise.all(parts)).join('&')
}

/** Brackets, slashes and tildes need no escape in a query. */
const readable = (query: URLSearchParams): string =>
  query.toString().replaceAll('%5B', '[').replaceAll('%5D', ']').replaceAll('%2F', '/').replaceAll('%7E', '~')

export interface FromUrl {
  session: Session
  /** What the link asked for and could not be given, in words for the visitor. */
  troubles: string[]
}

/** @param first the model to fall back on where the link names none */
export async function readUrl(search: string, hash: string, first: () => Promise<Slot>): Promise<FromUrl> {
  const query = migrated(new URLSearchParams(search))
  const documents = new URLSearchParams(hash.replace(/^#/, ''))
  const troubles: string[] = []
  const slots: Slot[] = []
  for (const letter of letters) {
    const name = query.get(letter.toLowerCase())
    if (name === null) continue
    try {
      slots.push(await readSlot(letter, name, query, documents))
    } catch (error) {
      troubles.push(`Model ${letter} of this link could not be opened: ${(error as Error).message}`)
    }
  }
  if (slots.length === 0) slots.push(await first())
  const workload = readWorkload(query, slots[0]!.model, troubles)
  return { session: { ...readRest(freshSession(slots), query), workload }, troubles }
}

async function readSlot(letter: Letter, name: string, query: URLSearchParams, documents: URLSearchParams): Promise<Slot> {
  const key = letter.toLowerCase()
  const changes: Changes = Object.fromEntries(
    [...query].flatMap(([address, value]) => (address.startsWith(`${key}.`) ? [[address.slice(2), readValue(value)]] : [])),
  )
  if (name !== inHash) return slotFromCatalogue(name, letter, changes)
  const packed = documents.get(key)
  if (packed === null) throw new Error('the link was cut off before its document')
  const document = (await unpack(packed)) as Architecture
  return slotOf(letter, document, { catalogue: null, report: null, notes: [] }, changes)
}

function readRest(fresh: Session, query: URLSearchParams): Session {
  const oneOf = <Text extends string>(key: string, all: readonly Text[], usual: Text): Text =>
    all.find((each) => each === query.get(key)) ?? usual
  const present = fresh.slots.map(({ letter }) => letter)
  const [letter = '', ...quantity] = (query.get('open') ?? '').split('.')
  const opened = present.find((each) => each === letter)
  return {
    ...fresh,
    page: oneOf('page', pages, fresh.page),
    entry: query.get('entry'),
    question: oneOf('ask', questions, fresh.question),
    active: oneOf('on', present, fresh.active),
    baseline: oneOf('base', present, fresh.baseline),
    bytes: oneOf('bytes', ['GB', 'GiB'], fresh.bytes),
    holder: oneOf('cache', holders, fresh.holder),
    chart: {
      name: oneOf('chart', charts, fresh.chart.name),
      quantity: query.get('of') ?? fresh.chart.quantity,
      against: query.get('against') ?? fresh.chart.against,
    },
    opened: opened ? { letter: opened, quantity: quantity.join('.') } : null,
  }
}

/** What the engine refuses is left out, and said. */
function readWorkload(query: URLSearchParams, model: Model, troubles: string[]): Partial<Workload> {
  const read: Partial<Workload> = {}
  for (const key of workloadKeys) {
    const text = query.get(key)
    if (text === null) continue
    const value = { [key]: readValue(text) }
    try {
      completeWorkload(model, value)
      Object.assign(read, value)
    } catch (error) {
      troubles.push(`This link is off in one place: ${(error as Error).message}`)
    }
  }
  return read
}
