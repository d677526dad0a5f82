/** What was brought to the import form so far: a text, a file or a name on the hub, and what became of it. */
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { formatExact } from '../../engine/numbers.ts'
import { fetchConfig, HubError, readHubName } from '../../import/hub.ts'
import type { Slot } from '../models/slot.ts'
import { keep, readKept } from '../parts/kept.ts'
import { pageHub } from './page-hub.ts'
import { isGguf, isSafetensors, slotFromGguf, slotFromSafetensors, slotFromText } from './read.ts'

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
    text: readKept(waitingText, 'sessionStorage'),
  }))
  const [waiting, setWaiting] = useState<string | null>(null)
  const { text, name, trouble } = brought
  const last = useRef('')
  useEffect(() => {
    last.current = text
  }, [text])
  useEffect(() => {
    const keepText = (): void => {
      // A file of many megabytes has no place there; who chose it can choose it again.
      if (last.current.length < 1e6) keep(waitingText, last.current, 'sessionStorage')
    }
    addEventListener('pagehide', keepText)
    return () => {
      removeEventListener('pagehide', keepText)
      keepText()
    }
  }, [])
  const late = useDeferredValue(text)
  const onHub = useMemo(() => hubNameIn(late), [late])
  const read = useMemo(
    () => (onHub === null ? slotOrTrouble(late, name) : null),
    [late, name, onHub],
  )

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
    /** The model that a pasted link names; it is fetched when asked for. */
    onHub,
    trouble: trouble ?? (typeof read === 'string' ? read : null),
    /** What is open as a model has been taken in. */
    forget: () => {
      last.current = ''
    },
    takeText: (next: string) => setBrought({ ...nothing, text: next }),
    takeFiles: (files: readonly File[]) =>
      attempt(files.map((file) => file.name).join(', '), () => fromFiles(files)),
    /** By its id, or by a link to it. */
    takeHub: (named: string) =>
      attempt(named, async () => {
        const hub = pageHub()
        const { id, revision } = readHubName(named, hub.endpoint) ?? { id: named, revision: 'main' }
        return { text: await fetchConfig(id, hub, revision), name: id.slice(id.indexOf('/') + 1) }
      }),
  }
}

/** The hub's reasons stand within a line elsewhere; here they are sentences. */
const troubleOf = (error: Error): string =>
  error instanceof HubError
    ? `${error.message[0]!.toUpperCase()}${error.message.slice(1)}${/[.?]$/.test(error.message) ? '' : '.'}`
    : error.message

async function fromFiles(files: readonly File[]): Promise<Partial<Brought>> {
  const ofGguf = await Promise.all(files.map(isGguf))
  if (ofGguf.every(Boolean)) return { slot: await slotFromGguf(files, 'A') }
  const checkpoint = files.filter(isSafetensors)
  const others = files.filter((file) => !isSafetensors(file))
  const [other, ...more] = others
  if (ofGguf.some(Boolean) || more.length > 0)
    throw new Error(
      `${files.map(({ name }) => name).join(', ')} are not parts of one model; bring a config.json, the parts of a GGUF file, or safetensors files with their config.json or without.`,
    )
  const text = other === undefined ? null : await textOf(other)
  if (checkpoint.length > 0) return { slot: await slotFromSafetensors(checkpoint, text, 'A') }
  const name = other!.name === 'config.json' ? null : other!.name.replace(/\.json$/i, '')
  return { text: text!, name }
}

async function textOf(file: File): Promise<string> {
  if (file.size > largest)
    throw new Error(
      `${file.name} has ${formatExact(file.size)} bytes; a config.json has a few thousand.`,
    )
  return file.text()
}

/** What is pasted is a link, or the name of a model, and no JSON. */
const hubNameIn = (text: string): string | null =>
  readHubName(text, pageHub().endpoint) === null ? null : text.trim()

/** Null for nothing, a text for what is wrong with it, else the model. */
function slotOrTrouble(text: string, name: string | null): Slot | string | null {
  if (text.trim() === '') return null
  try {
    return slotFromText(text, name, 'A')
  } catch (error) {
    return (error as Error).message
  }
}
