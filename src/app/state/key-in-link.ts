/** The value of a key as a link says it, and back. All that is read comes from outside. */
import type { Workload } from '../../engine/index.ts'
import { completeWorkload, most } from '../../engine/workload.ts'
import type { Key, Known, Word } from './key.ts'
import type { Opened } from './session.ts'
import { readWorkload, writeWorkload } from './url-keys.ts'
import { readValue } from './values.ts'

/** @returns null where a link says nothing of the value */
export function writeKey(key: Key<unknown>, value: unknown): string | null {
  switch (key.kind) {
    case 'choice':
      return wordOf(value as Word)
    case 'amount':
    case 'text':
      return value === null ? null : plain(value as Word)
    case 'workload':
      return value === undefined ? null : writeWorkload(key.name, value as Workload[keyof Workload])
    case 'opened': {
      const opened = value as Opened | null
      return opened && `${opened.letter}.${opened.quantity}`
    }
  }
}

const plain = (value: Word): string => String(value)

const wordOf = (value: Word): string =>
  value === null ? 'any' : typeof value === 'boolean' ? String(Number(value)) : plain(value)

/** @throws Error with a sentence for the visitor where the text means none of the key's values */
export async function readKey(key: Key<unknown>, text: string, known: Known): Promise<unknown> {
  switch (key.kind) {
    case 'choice': {
      const values = await key.values(known)
      const value = values.find((each) => wordOf(each) === text)
      if (value !== undefined) return value
      throw new Error(
        `This link asks for ${key.name}=${brief(text)}, which is not known; left out.`,
      )
    }
    case 'amount': {
      const value = readValue(text)
      const { min, max, whole = false } = key
      const isOne = typeof value === 'number' && value >= min && value <= max
      if (isOne && (!whole || Number.isInteger(value))) return value
      throw new Error(
        `This link asks for ${key.name}=${brief(text)}; a ${whole ? 'whole ' : ''}number from ${min} to ${max} is expected.`,
      )
    }
    case 'text':
      return text
    case 'opened':
      return readOpened(text, known)
    case 'workload':
      return readRun(key.name, readWorkload(key.name, text), known)
  }
}

const brief = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

function readOpened(text: string, { slots }: Known): Opened {
  const [first, ...quantity] = text.split('.')
  const slot = slots.find(({ letter }) => letter === first)
  if (slot) return { letter: slot.letter, quantity: quantity.join('.') }
  throw new Error(`This link opens ${brief(text)}, a number of a model that it does not name.`)
}

/** What the engine refuses is left out, and said. What a context limits is made to fit where models are evaluated. */
function readRun(name: string, value: unknown, { slots }: Known): unknown {
  try {
    completeWorkload(slots[0]!.model, { context: most, [name]: value })
    return value
  } catch (error) {
    throw new Error(`This link is off in one place: ${(error as Error).message}`, { cause: error })
  }
}
