/** The state as a link. What is as it would be anyway is left out. */
import { pack } from './compress.ts'
import { firstModel } from './fresh.ts'
import { writeKey } from './key-in-link.ts'
import { version } from './version.ts'
import { entries, valueOf } from './record.ts'
import type { Session } from './session.ts'
import type { Slot } from '../models/slot.ts'
import { inHash } from './url-keys.ts'
import { writeValue } from './values.ts'

/** @returns `?…#…`, or an empty text for the page as it first opens */
export async function writeUrl(session: Session): Promise<string> {
  const query = new URLSearchParams()
  for (const slot of session.slots) writeSlot(slot, query)
  for (const entry of entries) {
    const { key } = entry
    const text = writeKey(key, valueOf(session, entry))
    if (text !== null && text !== writeKey(key, key.usual(session.slots))) query.set(key.name, text)
  }
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
  const parts = own.map(async ({ letter, document }) => {
    try {
      return `${letter.toLowerCase()}=${await pack(document)}`
    } catch (error) {
      throw new Error(`model ${letter} fits no link, ${(error as Error).message}`, { cause: error })
    }
  })
  return (await Promise.all(parts)).join('&')
}

/** Brackets, slashes and tildes need no escape in a query. */
const readable = (query: URLSearchParams): string =>
  query
    .toString()
    .replaceAll('%5B', '[')
    .replaceAll('%5D', ']')
    .replaceAll('%2F', '/')
    .replaceAll('%7E', '~')
