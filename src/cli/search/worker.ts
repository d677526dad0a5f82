/** A worker of a search: looks at the stretches that it is given, and tells what it found. */
import { parentPort, workerData } from 'node:worker_threads'
import { prepareSearch } from '../../engine/ask/search/search.ts'
import type { Space } from '../../engine/ask/search/space.ts'
import type { Stretch } from './progress.ts'

/** What a thread is started with to become a worker of a search. */
export interface WorkerData {
  search: Space
}

export function serve(): void {
  const { run } = prepareSearch((workerData as WorkerData).search)
  parentPort!.on('message', ({ from, to }: Stretch) =>
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
    parentPort!.postMessage({ from, to, findings: run(from, to) }),
  )
}
