/** Searches for shapes as long as what is wanted stays; a new brief ends the search for the last one. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { begun, nothing, withProgress, type Found } from './found.ts'
import { searchInWorkers } from './pool.ts'
import type { Brief } from '../../engine/ask/size/brief.ts'
import { depthsOf } from '../../engine/ask/size/size.ts'

export interface Searching {
  found: Found
  /** Ends it; what was found stays. */
  stop: () => void
}

/** Someone who types is waited for. */
const patience = 120

/** @param choose the depths that are looked at, always the same function */
export function useSearch(
  brief: Brief | null,
  choose: (brief: Brief) => number[] = depthsOf,
): Searching {
  const [state, setState] = useState({ brief, found: nothing })
  const end = useRef(() => {})
  useEffect(() => {
    if (brief === null) return
    const depths = choose(brief)
    const start = begun(depths)
    const began = performance.now()
    const change = (by: (found: Found) => Found): void =>
      setState((last) => ({ brief, found: by(last.brief === brief ? last.found : start) }))
    const timer = setTimeout(() => {
      end.current = searchInWorkers(
        brief,
        depths,
        (step) => change((found) => withProgress(found, step, (performance.now() - began) / 1000)),
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
  }, [brief, choose])
  const stop = useCallback(() => {
    end.current()
    setState((last) => ({ ...last, found: { ...last.found, state: 'stopped' } }))
  }, [])
  return { found: state.brief === brief ? state.found : nothing, stop }
}
