/** Light or dark: as the system has it until chosen here. */
import { useSyncExternalStore } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icons.tsx'
import { keep, readKept } from './kept.ts'

const key = 'archcost.theme'
const listeners = new Set<() => void>()

type Theme = 'light' | 'dark'

const systemTheme = (): Theme =>
  matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'

const presentTheme = (): Theme =>
  (document.documentElement.dataset['theme'] as Theme | undefined) ?? systemTheme()

/** Before anything is drawn: the choice of an earlier visit. */
export function restoreTheme(): void {
  const kept = readKept(key)
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset['theme'] = kept
}

export function switchTheme(): void {
  const next: Theme = presentTheme() === 'dark' ? 'light' : 'dark'
  // Back in step with the system, nothing is fixed.
  const isFixed = next !== systemTheme()
  if (isFixed) document.documentElement.dataset['theme'] = next
  else delete document.documentElement.dataset['theme']
  keep(key, isFixed ? next : '')
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  listeners.add(listener)
  system.addEventListener('change', listener)
  return () => {
    listeners.delete(listener)
    system.removeEventListener('change', listener)
  }
}

const useTheme = (): Theme => useSyncExternalStore(subscribe, presentTheme, () => 'light')

export function ThemeButton() {
  const theme = useTheme()
  return (
    <Button
      look="icon"
      aria-label={theme === 'dark' ? 'Light colours' : 'Dark colours'}
      onClick={switchTheme}
    >
      <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
    </Button>
  )
}
