/** Keeps the address bar and the state together, and remembers the last state for the next visit. */
import { useCallback, useEffect, useRef } from 'react'
import { slotFromCatalogue } from '../models/catalogue.ts'
import { keepBeforeReload } from '../parts/newer.ts'
import { addressHere, fromFile } from './files.ts'
import { firstModel } from './fresh.ts'
import { keepSession } from './last-session.ts'
import { pages, type Session } from './session.ts'
import { useDispatch, useSession } from './store.tsx'

export const firstSlot = () => slotFromCatalogue(firstModel, 'A')

/** @returns opens a link of the page: its state is loaded, and the address is a step in the browser's history */
export function useAddress(say: (text: string) => void): (href: string) => void {
  const session = useSession()
  const dispatch = useDispatch()
  const written = useRef<string | null>(null)
  const pushed = useRef(session.page)

  useEffect(() => {
    // A frame in another page is no visit.
    if (session.embed) return undefined
    const write = () =>
      writeAddress().catch((error: Error) => say(`The address is not kept: ${error.message}.`))
    keepBeforeReload(write)
    const timer = setTimeout(() => void write(), 250)
    return () => clearTimeout(timer)
    async function writeAddress(): Promise<void> {
      const { writeUrl } = await import('./write-url.ts')
      const url = await writeUrl(session)
      const first = written.current === null
      if (url === written.current) return
      written.current = url
      keepSession(url)
      // A file of its own keeps its address until something else is chosen.
      if (first && (url === location.search + location.hash || isFile())) return
      const turned = pushed.current !== session.page
      pushed.current = session.page
      history[turned && !first ? 'pushState' : 'replaceState'](null, '', fromFile(url))
    }
  }, [session, say])

  const load = useCallback(
    async (search: string, hash: string) => {
      try {
        const { readUrl } = await import('./read-url.ts')
        const from = await readUrl(search, hash, firstSlot)
        // The browser's history has this step already.
        pushed.current = from.session.page
        dispatch({ kind: 'load', session: from.session })
        if (from.troubles.length > 0) say(from.troubles.join(' '))
      } catch (error) {
        say(`The link could not be opened: ${(error as Error).message}.`)
      }
    },
    [dispatch, say],
  )

  useEffect(() => {
    const back = (): void => {
      const { search, hash } = new URL(addressHere(), location.href)
      void load(search, hash)
    }
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  }, [load])

  return useCallback(
    (href) => {
      const url = new URL(fromFile(href), location.href)
      const page = url.searchParams.get('page')
      history.pushState(null, '', url)
      // Beside the calculator only the page turns; the models stay as they are.
      if (page !== null && !url.searchParams.has('v')) {
        pushed.current = pageOf(page)
        dispatch({ kind: 'go', page: pageOf(page), ...entryOf(url) })
      } else void load(url.search, url.hash)
      scrollTo(0, 0)
      document.getElementById('main')?.focus()
    },
    [dispatch, load],
  )
}

const isFile = (): boolean => addressHere() !== '' && location.search + location.hash === ''

const pageOf = (text: string) => pages.find((page) => page === text) ?? 'calculator'
const entryOf = (url: URL) => {
  const entry = url.searchParams.get('entry')
  return entry === null ? {} : { entry }
}

/** The address of what is in view, in full. */
export async function linkTo(session: Session): Promise<string> {
  const { writeUrl } = await import('./write-url.ts')
  return new URL(fromFile(await writeUrl(session)), location.href).href
}
