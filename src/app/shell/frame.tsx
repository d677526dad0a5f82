/** What stands on every page: bar, dialogs, what is said, and the page itself. */
import { Suspense, useMemo, useState, type ReactNode } from 'react'
import { useAddress } from '../state/address.ts'
import { useSession } from '../state/store.tsx'
import { Calculator } from './calculator.tsx'
import { Footer } from './footer.tsx'
import styles from './frame.module.css'
import { ModelDialogs } from './model-dialogs.tsx'
import { Notice } from './notice.tsx'
import { lazyNamed } from './lazy.ts'
import { ShellContext, type Sheet } from './shell.tsx'
import { useShortcuts } from './shortcuts.ts'
import { TopBar } from './top-bar.tsx'

const Pages = lazyNamed(() => import('../pages/pages.tsx'), 'Pages')

export function Frame({ troubles }: { troubles: readonly string[] }) {
  const { page } = useSession()
  const [sheet, open] = useState<Sheet | null>(null)
  const [said, say] = useState(troubles.join(' '))
  const visit = useAddress(say)
  useShortcuts(open, say)
  const shell = useMemo(() => ({ sheet, open, say, visit }), [sheet, visit])
  return (
    <ShellContext value={shell}>
      <a className={styles['skip']} href="#main">
        To the numbers
      </a>
      <TopBar />
      <main id="main" tabIndex={-1} className={styles['main']}>
        {page === 'calculator' ? <Calculator /> : <Waiting>{<Pages />}</Waiting>}
      </main>
      <Footer />
      <ModelDialogs />
      <Notice text={said} onDone={() => say('')} />
    </ShellContext>
  )
}

const Waiting = ({ children }: { children: ReactNode }) => (
  <Suspense fallback={<p className={styles['waiting']}>Loading…</p>}>{children}</Suspense>
)
