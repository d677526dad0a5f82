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
  const [state, setState] = useState<{ wish: Wish | null; found: Found }>({ wish, found: nothing })
  useEffect(() => {
    if (wish === null) return
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<Step>) =>
      setState((last) => ({ wish, found: added(last.wish === wish ? last.found : nothing, data) })),
    )
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    worker.postMessage(wish)
    return () => worker.terminate()
  }, [wish])
  return state.wish === wish ? state.found : nothing
}

const added = ({ shapes }: Found, { shape, done, of }: Step): Found => ({
  shapes: shape === null ? shapes : [...shapes, shape].toSorted(byFitness),
  done,
  of,
})

/** Nearness to the budget; a shape that nobody builds stands below one that is a little farther off. */
const off = ({ residual, active_residual, warnings }: Shape): number =>
  Math.abs(residual) + Math.abs(active_residual ?? 0) + 0.02 * warnings.length
const byFitness = (a: Shape, b: Shape): number => off(a) - off(b)
