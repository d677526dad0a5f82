/** A link -> the state. All in it comes from outside: what cannot be read is left out, and said. */
import { prepare, type Model, type Workload } from '../../engine/index.ts'
import { completeWorkload } from '../../engine/workload.ts'
import { devices } from '../../engine/hardware.ts'
import { slotFromCatalogue } from '../models/catalogue.ts'
import type { Changes } from '../models/changes.ts'
import { slotOf, withChanges } from '../models/slot.ts'
import { beginnings, goals, type Budget } from '../size/budget.ts'
import { unpack } from './compress.ts'
import { freshSession } from './fresh.ts'
import { migrated } from './migrations.ts'
import {
  charts,
  holders,
  letters,
  pages,
  questions,
  type Letter,
  type Session,
  type Slot,
} from './session.ts'
import { inHash, workloadKeys } from './url-keys.ts'
import { readValue } from './values.ts'

export interface FromUrl {
  session: Session
  /** What the link asked for and could not be given, in words for the visitor. */
  troubles: string[]
}

/** @param first the model to fall back on where the link names none */
export async function readUrl(
  search: string,
  hash: string,
  first: () => Promise<Slot>,
): Promise<FromUrl> {
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

async function readSlot(
  letter: Letter,
  name: string,
  query: URLSearchParams,
  documents: URLSearchParams,
): Promise<Slot> {
  const key = letter.toLowerCase()
  const changes: Changes = Object.fromEntries(
    [...query].flatMap(([address, value]) =>
      address.startsWith(`${key}.`) ? [[address.slice(2), readValue(value)]] : [],
    ),
  )
  const slot =
    name === inHash
      ? await slotFromHash(letter, documents.get(key))
      : await slotFromCatalogue(name, letter)
  return Object.keys(changes).length === 0 ? slot : withChanges(slot, changes, prepare)
}

async function slotFromHash(letter: Letter, packed: string | null): Promise<Slot> {
  if (packed === null) throw new Error('the link was cut off before its document')
  return slotOf(letter, prepare(await unpack(packed)), { catalogue: null, report: null, notes: [] })
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
    together: query.get('together') === '1',
    bytes: oneOf('bytes', ['GB', 'GiB'], fresh.bytes),
    holder: oneOf('cache', holders, fresh.holder),
    chart: {
      name: oneOf('chart', charts, fresh.chart.name),
      quantity: query.get('of') ?? fresh.chart.quantity,
      against: query.get('against') ?? fresh.chart.against,
    },
    opened: opened ? { letter: opened, quantity: quantity.join('.') } : null,
    budget: readBudget(query, fresh.budget),
  }
}

function readBudget(query: URLSearchParams, usual: Budget): Budget {
  const amount = (key: string, otherwise: number | null): number | null => {
    const value = readValue(query.get(key) ?? '')
    return typeof value === 'number' && value >= 1 && value <= 1e14 ? value : otherwise
  }
  const device = query.get('device')
  const known = devices.some(({ name }) => name === device)
  return {
    of: query.get('budget_of') === 'memory.bytes' ? 'memory.bytes' : usual.of,
    target: amount('budget', usual.target) ?? usual.target,
    active: amount('active', usual.active),
    device: device === 'any' ? null : known ? device : usual.device,
    from: beginnings.find(({ name }) => name === query.get('from'))?.name ?? usual.from,
    grain: amount('grain', usual.grain) ?? usual.grain,
    goal: goals.find(({ name }) => name === query.get('goal'))?.name ?? usual.goal,
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
