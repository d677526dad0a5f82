/** Starts the page: takes over the built HTML, or draws what the link asks for. */
import { StrictMode, type ReactNode } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { prepareChecked } from '../architecture/prepare.ts'
import type { Architecture } from '../engine/index.ts'
import { App } from './app.tsx'
import { loadFirstView } from './frame/calculator.tsx'
import './models/first-blocks.ts'
import { PageFailure } from './frame/page-failure.tsx'
import { lookForNewer, watchForNewer } from './parts/newer.ts'
import { markPainted, oncePainted } from './parts/painted.ts'
import { restoreTheme } from './parts/theme.tsx'
import { firstSlot } from './state/address.ts'
import { addressHere } from './state/files.ts'
import { firstModel, freshSession } from './state/fresh.ts'
import { lastSession } from './state/last-session.ts'
import { slotOf, type Slot } from './models/slot.ts'
import { keepBuilt } from './verdict/built.ts'
import type { Piece } from './verdict/sentence.ts'

interface Built {
  slot: Slot
  verdict: Piece[]
}

/** The first model's document stands in the built HTML beside its numbers. */
function builtModel(): Built | null {
  const text = document.getElementById('first-model')?.textContent
  if (!text) return null
  const built = JSON.parse(text) as {
    architecture: Architecture
    report: never
    notes: []
    verdict: Piece[]
  }
  const { architecture, report, notes, verdict } = built
  const origin = { catalogue: firstModel, report, notes }
  return { slot: slotOf('A', prepareChecked(architecture), origin), verdict }
}

async function start(root: HTMLElement): Promise<void> {
  restoreTheme()
  const address = addressHere() || lastSession()
  const built = address === '' ? builtModel() : null
  if (built) {
    keepBuilt(built.verdict)
    markPainted()
    hydrateRoot(root, page(<App session={freshSession([built.slot])} />))
    return
  }
  // Numbers of another model would be wrong here.
  root.replaceChildren()
  const url = new URL(address, location.href)
  // What the first view needs is asked for at once, and waited for: it then stands in one step.
  const [{ session, troubles }] = await Promise.all([
    import('./state/read-url.ts').then(({ readUrl }) => readUrl(url.search, url.hash, firstHere)),
    loadFirstView(),
  ])
  createRoot(root).render(page(<App session={session} troubles={troubles} />))
}

const firstHere = async (): Promise<Slot> => builtModel()?.slot ?? firstSlot()

/** Strictness does nothing in the built page. */
const page = (app: ReactNode) => (import.meta.env.DEV ? <StrictMode>{app}</StrictMode> : app)

/** In a frame one chart is shown, and never the page: nobody can lay it under another page's buttons. */
const isFramed = self !== top && !new URLSearchParams(location.search).has('embed')

watchForNewer()
const root = document.getElementById('root')!
if (isFramed) {
  const link = Object.assign(document.createElement('a'), { href: location.href, target: '_blank', textContent: 'Open archcost' }) // prettier-ignore
  root.replaceChildren(link)
} else
  start(root).catch((error: Error) => createRoot(root).render(page(<PageFailure error={error} />)))

/** Once loaded, the page works without a network, unless the browser keeps nothing for it. */
async function keepFiles(): Promise<void> {
  const kept = await navigator.serviceWorker.register('./service-worker.js').catch(() => null)
  kept?.addEventListener('updatefound', () => void lookForNewer())
}

// All files at once would hold up what the first view is made of, and what follows it.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  oncePainted(() => setTimeout(() => void keepFiles(), 1000))
