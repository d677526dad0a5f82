/** A link -> the state. All in it comes from outside: what cannot be read is left out, and said. Needs no browser. */
import { quantities } from '../../engine/ask/quantity/measures.ts'
import { runtimeNames } from '../../engine/deploy/runtime.ts'
import { devices } from '../../engine/hardware.ts'
import { prepare } from '../../engine/index.ts'
import { settingsOf } from '../../engine/vary/index.ts'
import { slotFromCatalogue } from '../models/catalogue.ts'
import type { Changes, ChangeValue } from '../models/changes.ts'
import { letters, type Letter } from '../models/letters.ts'
import { slotOf, withChanges, type Slot } from '../models/slot.ts'
import { unpack } from './compress.ts'
import type { Known } from './key.ts'
import { readKey } from './key-in-link.ts'
import { migrated, versionTrouble } from './migrations.ts'
import { sessionOf, type Entry } from './record.ts'
import type { Session } from './session.ts'
import { inHash } from './url-keys.ts'
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
  const known = knownOf(slots)
  const session = sessionOf(slots, (entry) => readEntry(entry, query, known, troubles))
  return { session, troubles }
}

/** @param slots at least one */
export const knownOf = (slots: readonly Slot[]): Known => ({
  slots,
  settings: slots.flatMap(({ model }) => settingsOf(model.architecture)),
  quantities: quantities.map(({ name }) => name),
  devices: devices.map(({ name }) => name),
  runtimes: runtimeNames,
})

async function readSlot(
  letter: Letter,
  name: string,
  query: URLSearchParams,
  documents: URLSearchParams,
): Promise<Slot> {
  const key = letter.toLowerCase()
  const changes: Changes = Object.fromEntries(
    [...query].flatMap(([address, value]) =>
      address.startsWith(`${key}.`) ? [changeFrom(address.slice(2), value)] : [],
    ),
  )
  const slot =
    name === inHash
      ? await slotFromHash(letter, documents.get(key))
      : await slotFromCatalogue(name, letter)
  return Object.keys(changes).length === 0 ? slot : withChanges(slot, changes, prepare)
}

/** A name is a text, whatever it looks like. */
const changeFrom = (address: string, text: string): [string, ChangeValue] => [
  address,
  address === 'name' ? text : readValue(text),
]

async function slotFromHash(letter: Letter, packed: string | null): Promise<Slot> {
  if (packed === null) throw new Error('the link was cut off before its document')
  return slotOf(letter, prepare(await unpack(packed)), { catalogue: null, report: null, notes: [] })
}

/** What the link says of a key; its default where it says nothing, or nothing that is known. */
function readEntry(
  { key }: Entry,
  query: URLSearchParams,
  known: Known,
  troubles: string[],
): unknown {
  const text = query.get(key.name)
  try {
    if (text !== null) return readKey(key, text, known)
  } catch (error) {
    troubles.push((error as Error).message)
  }
  return key.usual(known.slots)
}
