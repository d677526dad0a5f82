/** The page as it first opens, as HTML: its numbers are there before any script runs. Rendered while the page is built. */
import { prerender as renderStatic } from 'react-dom/static'
import { prepareChecked } from '../../architecture/prepare.ts'
import { entries, loadModel } from '../../import/catalog/index.ts'
import { App } from '../app.tsx'
import '../models/first-blocks.ts'
import { evaluated } from '../models/evaluated.ts'
import { slotOf } from '../models/slot.ts'
import { firstModel, freshSession } from '../state/fresh.ts'
import { keepBuilt } from '../verdict/built.ts'
import { fitSentence } from '../verdict/fits.ts'

export interface Prerendered {
  html: string
  /** What the page needs to take the HTML over: the first model as it was imported, and its verdict. */
  model: unknown
}

export async function prerender(): Promise<Prerendered> {
  const entry = entries.find(({ name }) => name === firstModel)
  if (!entry) throw new Error(`the catalogue has no model ${firstModel} for the page to open with`)
  const { architecture: imported, report, notes } = await loadModel(firstModel)
  const architecture = { ...imported, name: entry.title }
  const origin = { catalogue: firstModel, report, notes }
  const session = freshSession([slotOf('A', prepareChecked(architecture), origin)])
  const [first] = evaluated(session.slots, session.workload)
  const verdict = fitSentence(first!, session.machine, session.bytes)
  keepBuilt(verdict)
  // One piece: parts that are sent later would need inline scripts.
  const { prelude } = await renderStatic(<App session={session} />, {
    progressiveChunkSize: Number.POSITIVE_INFINITY,
  })
  return {
    html: await new Response(prelude).text(),
    model: { architecture, report, notes, verdict },
  }
}
