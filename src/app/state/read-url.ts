/** A link -> the state. All in it comes from outside: what cannot be read is left out, and said. Needs no browser. */
import { slotFromCatalogue } from '../models/catalogue.ts'
import type { Changes, ChangeValue } from '../models/changes.ts'
import { letters, type Letter } from '../models/letters.ts'
import { slotOf, withChanges, type Slot } from '../models/slot.ts'
import { unpack } from './compress.ts'
import type { Known } from './key.ts'
import { readKey } from './key-in-link.ts'
import { migrated, versionTrouble } from './migrations.ts'
import { entries, sessionOf, type Entry } from './record.ts'
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
  const read = await Promise.all(
    letters.map(async (letter): Promise<Slot | string | null> => {
      const name = query.get(letter.toLowerCase())
      try {
        return name === null ? null : await readSlot(letter, name, query, documents)
      } catch (error) {
        return `Model ${letter} of this link could not be opened: ${(error as Error).message}`
      }
    }),
  )
  const slots = read.filter((each) => each !== null && typeof each === 'object')
  troubles.push(...read.filter((each) => typeof each === 'string'))
  if (slots.length === 0) slots.push(await first())
  const known = knownOf(slots)
  const values = new Map<Entry, unknown>()
  for (const entry of entries) values.set(entry, await readEntry(entry, query, known, troubles))
  return { session: sessionOf(slots, (entry) => values.get(entry)), troubles }
}

/** @param slots at least one */
export const knownOf = (slots: readonly Slot[]): Known => ({
  slots,
  async settings() {
    const { settingsOf } = await import('../../engine/vary/setting.ts')
    return slots.flatMap(({ model }) => settingsOf(model.architecture))
  },
  async quantities() {
    const { quantities } = await import('../../engine/explain/totals.ts')
    return quantities.map(({ name }) => name)
  },
  async devices() {
    const { devices } = await import('../../engine/hardware.ts')
    return devices.map(({ name }) => name)
  },
  async runtimes() {
    const { runtimeNames } = await import('../../engine/deploy/runtime.ts')
    return runtimeNames
  },
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
  if (Object.keys(changes).length === 0) return slot
  const { prepare } = await import('../../architecture/check.ts')
  return withChanges(slot, changes, prepare)
}

/** A name is a text, whatever it looks like. */
const changeFrom = (address: string, text: string): [string, ChangeValue] => [
  address,
  address === 'name' ? text : readValue(text),
]

async function slotFromHash(letter: Letter, packed: string | null): Promise<Slot> {
  if (packed === null) throw new Error('the link was cut off before its document')
  const { prepare } = await import('../../architecture/check.ts')
  return slotOf(letter, prepare(await unpack(packed)), { catalogue: null, report: null, notes: [] })
}

/** What the link says of a key; its default where it says nothing, or nothing that is known. */
async function readEntry(
  { key }: Entry,
  query: URLSearchParams,
  known: Known,
  troubles: string[],
): Promise<unknown> {
  const text = query.get(key.name)
  try {
    if (text !== null) return await readKey(key, text, known)
  } catch (error) {
    troubles.push((error as Error).message)
  }
  return key.usual(known.slots)
}
