/** What was brought to the import form so far: a text, a file or a name on the hub, and what became of it. */
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { formatExact } from '../../engine/numbers.ts'
import { fetchConfig, HubError } from '../../import/hub.ts'
import type { Slot } from '../models/slot.ts'
import { pageHub } from './page-hub.ts'
import { isGguf, slotFromGguf, slotFromSafetensors, slotFromText } from './read.ts'

/** Larger than any config.json, small enough to read while typing. */
const largest = 4e6

interface Brought {
  text: string
  /** What it is called where the text does not say. */
  name: string | null
  /** From a file that is no text. */
  slot: Slot | null
  trouble: string | null
}

const nothing: Brought = { text: '', name: null, slot: null, trouble: null }

/** Where a text waits for the form to be opened again, in this page or in a newer version of it. */
const waitingText = 'archcost.import'

export function useBrought() {
  const [brought, setBrought] = useState(() => ({
    ...nothing,
    text: sessionStorage.getItem(waitingText) ?? '',
  }))
  const [waiting, setWaiting] = useState<string | null>(null)
  const { text, name, trouble } = brought
  const last = useRef('')
  useEffect(() => {
    last.current = text
  }, [text])
  useEffect(() => {
    const keep = (): void => {
      // A file of many megabytes has no place there; who chose it can choose it again.
      if (last.current.length < 1e6) sessionStorage.setItem(waitingText, last.current)
    }
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('pagehide', keep)
      keep()
    }
  }, [])
  const late = useDeferredValue(text)
  const read = useMemo(() => slotOrTrouble(late, name), [late, name])

  const attempt = async (what: string, bring: () => Promise<Partial<Brought>>): Promise<void> => {
    setWaiting(what)
    try {
      const found = await bring()
      setBrought({ ...nothing, ...found })
    } catch (error) {
      setBrought((before) => ({ ...before, trouble: troubleOf(error as Error) }))
    } finally {
      setWaiting(null)
    }
  }
  return {
    text,
    waiting,
    slot: brought.slot ?? (typeof read === 'object' ? read : null),
    trouble: trouble ?? (typeof read === 'string' ? read : null),
    /** What is open as a model has been taken in. */
    forget: () => {
      last.current = ''
    },
    takeText: (next: string) => setBrought({ ...nothing, text: next }),
    takeFile: (file: File) => attempt(file.name, () => fromFile(file)),
    takeHub: (id: string) =>
      attempt(id, async () => ({
        text: await fetchConfig(id, pageHub()),
        name: id.slice(id.indexOf('/') + 1),
      })),
  }
}

/** The hub's reasons stand within a line elsewhere; here they are sentences. */
const troubleOf = (error: Error): string =>
  error instanceof HubError
    ? `${error.message[0]!.toUpperCase()}${error.message.slice(1)}${/[.?]$/.test(error.message) ? '' : '.'}`
    : error.message

async function fromFile(file: File): Promise<Partial<Brought>> {
  if (await isGguf(file)) return { slot: await slotFromGguf(file, 'A') }
  if (/\.safetensors$/i.test(file.name)) return { slot: await slotFromSafetensors(file, 'A') }
  if (file.size > largest)
    throw new Error(
      `${file.name} has ${formatExact(file.size)} bytes; a config.json has a few thousand.`,
    )
  const name = file.name === 'config.json' ? null : file.name.replace(/\.json$/i, '')
  return { text: await file.text(), name }
}

/** Null for nothing, a text for what is wrong with it, else the model. */
function slotOrTrouble(text: string, name: string | null): Slot | string | null {
  if (text.trim() === '') return null
  try {
    return slotFromText(text, name, 'A')
  } catch (error) {
    return (error as Error).message
  }
}
