/** Shares a search out among threads. A thread that dies gives back what it was looking at. */
import { realpathSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Findings } from '../../engine/ask/search/findings.ts'
import type { Search } from '../../engine/ask/search/search.ts'
import type { Space } from '../../engine/ask/search/space.ts'
import { CommandError } from '../errors.ts'
import { ownFormulas } from '../own-formulas.ts'
import type { Stretch } from './progress.ts'
import type { WorkerData } from './worker.ts'

export interface Work {
  /** What is to be looked at. */
  stretches: Iterator<Stretch>
  found: (stretch: Stretch, findings: Findings) => void
  /** Whether to begin nothing more. */
  stopped: () => boolean
}

/** How often a thread may die over one stretch. */
const patience = 3

/** Looks at everything in this thread, and lets others in between. */
export async function searchHere(
  { run }: Search,
  { stretches, found, stopped }: Work,
): Promise<void> {
  for (let next = stretches.next(); !next.done && !stopped(); next = stretches.next()) {
    found(next.value, run(next.value.from, next.value.to))
    await new Promise(setImmediate)
  }
}

/** This program once more, as a worker. */
export const startWorker = (space: Space): Worker =>
  new Worker(realpathSync(process.argv[1]!), {
    workerData: { search: space, formulas: ownFormulas() } satisfies WorkerData,
  })

/** @param start makes a worker, another one where one dies */
export async function searchInThreads(
  count: number,
  start: () => Worker,
  work: Work,
): Promise<void> {
  const back: { stretch: Stretch; deaths: number }[] = []
  const take = (): { stretch: Stretch; deaths: number } | null => {
    if (work.stopped()) return null
    const again = back.pop()
    if (again) return again
    const next = work.stretches.next()
    return next.done ? null : { stretch: next.value, deaths: 0 }
  }
  await Promise.all(Array.from({ length: count }, () => keepWorking(start, take, back, work)))
  // What the last to die gave back when all others had finished.
  if (back.length > 0 && !work.stopped()) await keepWorking(start, take, back, work)
}

/** Works until nothing is left, with one worker after another where they die. */
async function keepWorking(
  start: () => Worker,
  take: () => Taken | null,
  back: Taken[],
  work: Work,
): Promise<void> {
  for (let taken = take(); taken; taken = take()) {
    const { died, why } = await serveOne(start(), taken, take, work)
    if (!died) return
    if (died.deaths + 1 >= patience)
      throw new CommandError(
        `a worker died ${patience} times over the same designs${why ? `: ${why}` : ''}`,
      )
    back.push({ ...died, deaths: died.deaths + 1 })
  }
}

interface Taken {
  stretch: Stretch
  deaths: number
}

/** @returns what a worker left undone when it died */
function serveOne(
  worker: Worker,
  first: Taken,
  take: () => Taken | null,
  work: Work,
): Promise<{ died: Taken | null; why?: string }> {
  return new Promise((resolve) => {
    let current: Taken | null = first
    let why: string | undefined
    // oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin
    worker.on('message', ({ from, to, findings }: Stretch & { findings: Findings }) => {
      work.found({ from, to }, findings)
      current = take()
      if (current) worker.postMessage(current.stretch)
      else void worker.terminate()
    })
    worker.on('error', (error) => (why = error.message))
    worker.on('exit', () => resolve({ died: current, ...(why !== undefined && { why }) }))
    worker.postMessage(first.stretch)
    // oxlint-enable unicorn/require-post-message-target-origin
  })
}
