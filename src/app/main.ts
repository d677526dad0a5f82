/** Lets the built page be seen, then starts it: running the script takes a slow machine far longer than showing the numbers. */
// First, since it names the order of the style layers.
import './styles/base.css'
import { nextPaint } from './parts/next-paint.ts'
import { lastSession } from './state/last-session.ts'

async function begin(): Promise<void> {
  const isBuilt = location.search + location.hash + lastSession() === ''
  if (isBuilt) await nextPaint()
  // Numbers of another model would be wrong here, if only for a moment.
  else document.getElementById('root')!.replaceChildren()
  await import('./start.tsx')
}

void begin()
