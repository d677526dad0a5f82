/** The width of an element, kept up to date; null until it stands on the page. */
import { useCallback, useState } from 'react'

export function useWidth(): [
  ref: (element: HTMLElement | null) => void | (() => void),
  width: number | null,
] {
  const [width, setWidth] = useState<number | null>(null)
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return
    // What is hidden for now has no width, and nothing is to be laid out for it.
    const measure = (): void => {
      if (element.clientWidth > 0) setWidth(Math.floor(element.clientWidth))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, width]
}
