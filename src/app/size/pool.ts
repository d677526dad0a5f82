/** Shares the depths out among as many workers as there are cores. */
import { lookForNewer } from '../parts/newer.ts'
import type { Brief } from '../../engine/ask/size/brief.ts'
import type { DepthStep } from '../../engine/ask/size/depth-search.ts'
import type { Task } from './worker.ts'

/** @returns ends all work */
export function searchInWorkers(
  brief: Brief,
  depths: readonly number[],
  found: (step: DepthStep) => void,
  failed: (message: string) => void,
): () => void {
  const waiting = depths.values()
  const workers = Array.from(
    { length: Math.min(navigator.hardwareConcurrency, depths.length) },
    () => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
      const next = (): void => {
        const { done, value } = waiting.next()
        if (done) worker.terminate()
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
        else worker.postMessage({ brief, n_layers: value } satisfies Task)
      }
      worker.addEventListener('message', ({ data }: MessageEvent<DepthStep>) => {
        found(data)
        if (data.done === 1) next()
      })
      worker.addEventListener('error', ({ message }) => {
        // Without a message, the worker itself could not be fetched.
        if (!message) void lookForNewer()
        failed(message || 'A part of the page could not be fetched; reload the page.')
      })
      next()
      return worker
    },
  )
  return () => {
    for (const worker of workers) worker.terminate()
  }
}
