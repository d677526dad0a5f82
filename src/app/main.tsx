/** Starts the page: takes over the built HTML, or draws what the link asks for. */
// First, since it names the order of the style layers.
import './styles/base.css'
import { StrictMode, type ReactNode } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { prepareChecked } from '../architecture/prepare.ts'
import type { Architecture } from '../engine/index.ts'
import { App } from './app.tsx'
import './models/first-blocks.ts'
import { PageFailure } from './frame/page-failure.tsx'
import { lookForNewer, watchForNewer } from './parts/newer.ts'
import { restoreTheme } from './parts/theme.tsx'
import { firstSlot, lastSession } from './state/address.ts'
import { addressHere } from './state/files.ts'
import { firstModel, freshSession } from './state/fresh.ts'
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
  const built = builtModel()
  const slot = built?.slot
  const address = addressHere() || lastSession()
  if (address === '' && built) {
    keepBuilt(built.verdict)
    hydrateRoot(root, page(<App session={freshSession([built.slot])} />))
    return
  }
  // Numbers of another model would be wrong here, if only for a moment.
  root.replaceChildren()
  const url = new URL(address, location.href)
  const first = slot ? () => Promise.resolve(slot) : firstSlot
  const { readUrl } = await import('./state/read-url.ts')
  const { session, troubles } = await readUrl(url.search, url.hash, first)
  createRoot(root).render(page(<App session={session} troubles={troubles} />))
}

const page = (app: ReactNode) => <StrictMode>{app}</StrictMode>

/** In a frame one chart is shown, and never the page: nobody can lay it under another page's buttons. */
const isFramed = self !== top && !new URLSearchParams(location.search).has('embed')

watchForNewer()
const root = document.getElementById('root')!
if (isFramed) {
  const link = Object.assign(document.createElement('a'), { href: location.href, target: '_blank', textContent: 'Open archcost' }) // prettier-ignore
  root.replaceChildren(link)
} else
  start(root).catch((error: Error) => createRoot(root).render(page(<PageFailure error={error} />)))

// Once loaded, the page works without a network.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  addEventListener('load', () => {
    const registered = navigator.serviceWorker.register('./service-worker.js')
    void registered.then((registration) =>
      registration.addEventListener('updatefound', () => void lookForNewer()),
    )
  })
