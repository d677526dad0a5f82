/** A link -> the state. All in it comes from outside: what cannot be read is left out, and said. Needs no browser. */
import { quantities } from '../../engine/ask/quantity/measures.ts'
import { prepare, type Model, type Workload } from '../../engine/index.ts'
import { settingsOf } from '../../engine/vary/index.ts'
import { completeWorkload } from '../../engine/workload.ts'
import { devices } from '../../engine/hardware.ts'
import { slotFromCatalogue } from '../models/catalogue.ts'
import type { Changes } from '../models/changes.ts'
import { beginnings, budgetRange, goals, grains, type Budget } from '../size/budget.ts'
import { unpack } from './compress.ts'
import { freshSession } from './fresh.ts'
import { migrated, versionTrouble } from './migrations.ts'
import { charts, holders, measureNames, pages, questions, type Session } from './session.ts'
import { letters, type Letter } from '../models/letters.ts'
import { slotOf, withChanges, type Slot } from '../models/slot.ts'
import { inHash, workloadKeys } from './url-keys.ts'
import { readValue } from './values.ts'

export interface FromUrl {
  session: Session
  /** What the link asked for and could not be given, in words for the visitor. */
  troubles: string[]
}

/**
 * Reads any text as a link, and never throws for what stands in it.
 * @param search from `?` on @param hash from `#` on, with imported documents
 * @param first the model to fall back on where the link names none
 */
export async function readUrl(
  search: string,
  hash: string,
  first: () => Promise<Slot>,
): Promise<FromUrl> {
  const query = migrated(new URLSearchParams(search))
  const documents = new URLSearchParams(hash.replace(/^#/, ''))
  const troubles = versionTrouble(search)
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
  return { session: { ...readRest(freshSession(slots), query, troubles), workload }, troubles }
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

function readRest(fresh: Session, query: URLSearchParams, troubles: string[]): Session {
  const oneOf = choices(query, troubles)
  const present = fresh.slots.map(({ letter }) => letter)
  const { chart } = fresh
  return {
    ...fresh,
    page: oneOf('page', pages, fresh.page),
    entry: query.get('entry'),
    question: oneOf('ask', questions, fresh.question),
    active: oneOf('on', present, fresh.active),
    baseline: oneOf('base', present, fresh.baseline),
    together: oneOf('together', ['0', '1'], '0') === '1',
    bytes: oneOf('bytes', ['GB', 'GiB'], fresh.bytes),
    holder: oneOf('cache', holders, fresh.holder),
    chart: {
      name: oneOf('chart', charts, chart.name),
      quantity: oneOf('of', charted, chart.quantity),
      against: oneOf('against', addressesOf(fresh.slots), chart.against),
    },
    opened: readOpened(query.get('open'), present, troubles),
    budget: readBudget(query, fresh.budget, troubles),
  }
}

/** What charts are of: the parts of a whole, or the quantity swept. */
const charted: readonly string[] = [...measureNames, ...quantities.map(({ name }) => name)]

const addressesOf = (slots: readonly Slot[]): string[] =>
  slots.flatMap(({ model }) => settingsOf(model.architecture).map(({ address }) => address))

/** Reads a value that must be one of some; another is said and left out. */
const choices =
  (query: URLSearchParams, troubles: string[]) =>
  <Text extends string>(key: string, all: readonly Text[], usual: Text): Text => {
    const said = query.get(key)
    const known = all.find((each) => each === said)
    if (said !== null && known === undefined)
      troubles.push(`This link asks for ${key}=${brief(said)}, which is not known; left out.`)
    return known ?? usual
  }

const brief = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

function readOpened(
  text: string | null,
  present: readonly Letter[],
  troubles: string[],
): Session['opened'] {
  if (text === null) return null
  const [first, ...quantity] = text.split('.')
  const letter = present.find((each) => each === first)
  if (letter !== undefined) return { letter, quantity: quantity.join('.') }
  troubles.push(`This link opens ${brief(text)}, a number of a model that it does not name.`)
  return null
}

function readBudget(query: URLSearchParams, usual: Budget, troubles: string[]): Budget {
  const oneOf = choices(query, troubles)
  const amount = <None>(key: string, otherwise: None): number | None => {
    const text = query.get(key)
    if (text === null) return otherwise
    const value = readValue(text)
    const { min, max } = budgetRange
    if (typeof value === 'number' && value >= min && value <= max) return value
    troubles.push(
      `This link asks for ${key}=${brief(text)}; a number from ${min} to ${max} is expected.`,
    )
    return otherwise
  }
  const device = oneOf('device', ['any', ...devices.map(({ name }) => name)], usual.device ?? 'any')
  return {
    of: oneOf('budget_of', ['params.total', 'memory.bytes'], usual.of),
    target: amount('budget', usual.target),
    active: amount('active', usual.active),
    device: device === 'any' ? null : device,
    from: oneOf<string>(
      'from',
      beginnings.map(({ name }) => name),
      usual.from,
    ),
    grain: Number(oneOf('grain', grains.map(String), String(usual.grain))),
    goal: oneOf(
      'goal',
      goals.map(({ name }) => name),
      usual.goal,
    ),
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
