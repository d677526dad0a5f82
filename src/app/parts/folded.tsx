/** What stands in a closed `<details>`: not in the built HTML, nor drawn before the first view is painted. */
import type { ReactNode } from 'react'
import { usePainted } from './painted.ts'

interface Props {
  /** Whether it is open from the start. */
  isOpen?: boolean
  children: ReactNode
}

export function Folded({ isOpen = false, children }: Props) {
  const isDue = usePainted(false)
  return isOpen || isDue ? children : null
}
