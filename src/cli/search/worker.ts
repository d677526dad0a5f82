/** A worker of a search: looks at the stretches that it is given, and tells what it found. */
import { parentPort, workerData } from 'node:worker_threads'
import { prepareSearch } from '../../engine/ask/search/search.ts'
import type { Space } from '../../engine/ask/search/space.ts'
import type { TextFile } from '../../formulas/read-file.ts'
import { learnFormulas } from '../own-formulas.ts'
import type { Stretch } from './progress.ts'

/** What a thread is started with to become a worker of a search. */
export interface WorkerData {
  search: Space
  /** Files of `--formulas`. */
  formulas: readonly TextFile[]
}

export async function serve(): Promise<void> {
  const { search, formulas } = workerData as WorkerData
  if (formulas.length > 0) await learnFormulas(formulas)
  const { run } = prepareSearch(search)
  parentPort!.on('message', ({ from, to }: Stretch) =>
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
    parentPort!.postMessage({ from, to, findings: run(from, to) }),
  )
}
