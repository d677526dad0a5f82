/** Whether the first view has been painted: what does not stand in it is neither loaded nor drawn before. */
import { useDeferredValue, useEffect, useSyncExternalStore } from 'react'
import { nextPaint } from './next-paint.ts'

let isPainted = false
const waiting = new Set<() => void>()

/** Runs once the first view has been painted; at once where it has. */
export function oncePainted(run: () => void): () => void {
  if (isPainted) run()
  else waiting.add(run)
  return () => waiting.delete(run)
}

export function markPainted(): void {
  isPainted = true
  for (const run of waiting) run()
}

/** Of the view that comes first: once it is painted, all that waits for it goes on. */
export function useFirstView(): void {
  useEffect(() => {
    if (!isPainted) void nextPaint().then(markPainted)
  }, [])
}

/** @param isBuilt what it is while the page is rendered as HTML and taken over */
export const usePainted = (isBuilt: boolean): boolean =>
  useDeferredValue(
    useSyncExternalStore(
      oncePainted,
      () => isPainted,
      () => isBuilt,
    ),
  )
