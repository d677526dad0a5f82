/** Searches for shapes as long as what is wanted stays; a new wish ends the search for the last one. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { depths, nothing, withStep, type Found } from './found.ts'
import { searchInWorkers } from './pool.ts'
import type { Wish } from './wish.ts'

export interface Searching {
  found: Found
  /** Ends it; what was found stays. */
  stop: () => void
}

/** Someone who types is waited for. */
const patience = 120

export function useSearch(wish: Wish | null): Searching {
  const [state, setState] = useState({ wish, found: nothing })
  const end = useRef(() => {})
  useEffect(() => {
    if (wish === null) return
    const began = performance.now()
    const change = (by: (found: Found) => Found): void =>
      setState((last) => ({ wish, found: by(last.wish === wish ? last.found : nothing) }))
    const timer = setTimeout(() => {
      end.current = searchInWorkers(
        wish,
        depths,
        (step) => change((found) => withStep(found, step, (performance.now() - began) / 1000)),
        (problem) => {
          end.current()
          change((found) => ({ ...found, state: 'stopped', problem }))
        },
      )
    }, patience)
    return () => {
      clearTimeout(timer)
      end.current()
    }
  }, [wish])
  const stop = useCallback(() => {
    end.current()
    setState((last) => ({ ...last, found: { ...last.found, state: 'stopped' } }))
  }, [])
  return { found: state.wish === wish ? state.found : nothing, stop }
}
