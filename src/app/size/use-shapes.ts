/** Runs the search for shapes in a worker; a new budget ends the search for the last one. */
import { useEffect, useState } from 'react'
import type { Shape, Step, Wish } from './shapes.ts'

export interface Found {
  shapes: readonly Shape[]
  done: number
  of: number
}

const nothing: Found = { shapes: [], done: 0, of: 1 }

export function useShapes(wish: Wish | null): Found {
  const [found, setFound] = useState(nothing)
  useEffect(() => {
    setFound(nothing)
    if (wish === null) return
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data: { shape, done, of } }: MessageEvent<Step>) =>
      setFound(({ shapes }) => ({
        shapes: shape === null ? shapes : [...shapes, shape].toSorted(byFitness),
        done,
        of,
      })),
    )
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    worker.postMessage(wish)
    return () => worker.terminate()
  }, [wish])
  return found
}

/** Nearness to the budget; a shape that nobody builds stands below one that is a little farther off. */
const off = ({ residual, active_residual, warnings }: Shape): number =>
  Math.abs(residual) + Math.abs(active_residual ?? 0) + 0.02 * warnings.length
const byFitness = (a: Shape, b: Shape): number => off(a) - off(b)
