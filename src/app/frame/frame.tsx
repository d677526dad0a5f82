/** What stands on every page: bar, dialogs, what is said, and the page itself. */
import { useMemo, useState } from 'react'
import { useAddress } from '../state/address.ts'
import { useSession } from '../state/store.tsx'
import { Panel } from '../parts/boundary.tsx'
import { useFirstView } from '../parts/painted.ts'
import { Calculator } from './calculator.tsx'
import { Footer } from './footer.tsx'
import styles from './frame.module.css'
import { NewerNotice } from './newer-notice.tsx'
import { Notice } from './notice.tsx'
import { lazyNamed } from '../parts/lazy.ts'
import { ShellContext, type Sheet } from '../parts/shell.tsx'
import { useShortcuts } from './shortcuts.ts'
import { useTitle } from './use-title.ts'
import { TopBar } from './top-bar.tsx'

const Embed = lazyNamed(() => import('./embed.tsx'), 'Embed')
const ModelDialogs = lazyNamed(() => import('./model-dialogs.tsx'), 'ModelDialogs')
const Pages = lazyNamed(() => import('../pages/pages.tsx'), 'Pages')

export function Frame({ troubles }: { troubles: readonly string[] }) {
  const session = useSession()
  const { page } = session
  useTitle(session)
  useFirstView()
  const [sheet, open] = useState<Sheet | null>(null)
  const [said, say] = useState(troubles.join(' '))
  const visit = useAddress(say)
  useShortcuts(open, say)
  const shell = useMemo(() => ({ sheet, open, say, visit }), [sheet, visit])
  if (session.embed)
    return (
      <ShellContext value={shell}>
        <Panel what="The chart" waiting={null}>
          <Embed />
        </Panel>
      </ShellContext>
    )
  return (
    <ShellContext value={shell}>
      <a className={styles['skip']} href="#main">
        To the numbers
      </a>
      <NewerNotice />
      <Panel what="The bar with the models">
        <TopBar />
      </Panel>
      <main id="main" tabIndex={-1} className={styles['main']}>
        {page === 'calculator' ? (
          <Calculator />
        ) : (
          <Panel what="The page" waiting={<p className={styles['waiting']}>Loading…</p>} key={page}>
            <Pages />
          </Panel>
        )}
      </main>
      <Panel what="The footer">
        <Footer />
      </Panel>
      {sheet && (
        <Panel what="The dialog" waiting={null}>
          <ModelDialogs sheet={sheet} />
        </Panel>
      )}
      <Notice text={said} onDone={() => say('')} />
    </ShellContext>
  )
}
