/** What is open over the page, what is being said, and how to move: shared by all that stands in the shell. */
import { createContext, use } from 'react'

export type Sheet = 'counterparts' | 'add' | 'replace' | 'import' | 'share' | 'palette' | 'keys'

export interface Shell {
  sheet: Sheet | null
  open: (sheet: Sheet | null) => void
  /** Says something to who listens and, for a moment, to who looks. */
  say: (text: string) => void
  /** Opens a link of the page without loading it again. */
  visit: (href: string) => void
}

export const ShellContext = createContext<Shell | null>(null)

export function useShell(): Shell {
  const shell = use(ShellContext)
  if (shell === null) throw new Error('a component of the page stands outside the shell')
  return shell
}
