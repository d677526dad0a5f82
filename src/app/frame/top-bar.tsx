/** The bar on top: the name, the models in view, and what can be done with them. */
import { formatExact } from '../../engine/numbers.ts'
import { useHistory, useDispatch } from '../state/store.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icons.tsx'
import { Link } from '../parts/link.tsx'
import { ModelTabs } from './model-tabs.tsx'
import { useShell } from '../parts/shell.tsx'
import { ThemeButton } from '../parts/theme.tsx'
import styles from './top-bar.module.css'

export function TopBar() {
  const { past, future } = useHistory()
  const dispatch = useDispatch()
  const { open } = useShell()
  return (
    <header className={styles['bar']}>
      <Link href="?" className={styles['name']}>
        <Mark />
        archcost
      </Link>
      <ModelTabs />
      <div className={styles['actions']}>
        <Button
          look="icon"
          aria-label="Undo"
          title={past.length > 0 ? `Undo (${formatExact(past.length)})` : 'Nothing to undo'}
          aria-disabled={past.length === 0}
          onClick={() => dispatch({ kind: 'undo' })}
        >
          <Icon name="undo" />
        </Button>
        <Button
          look="icon"
          aria-label="Redo"
          aria-disabled={future.length === 0}
          onClick={() => dispatch({ kind: 'redo' })}
        >
          <Icon name="redo" />
        </Button>
        <Button onClick={() => open('import')}>
          <Icon name="import" />
          <span className={styles['word']}>Import</span>
        </Button>
        <Button onClick={() => open('share')}>
          <Icon name="share" />
          <span className={styles['word']}>Share</span>
        </Button>
        <Button
          look="icon"
          aria-label="Commands and models"
          title="Commands and models (Ctrl K)"
          onClick={() => open('palette')}
        >
          <Icon name="search" />
        </Button>
        <ThemeButton />
      </div>
    </header>
  )
}

/** Stacked bars: what the page is about. */
function Mark() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <rect x="1" y="2" width="16" height="4" rx="1" fill="var(--accent)" />
      <rect x="1" y="7" width="10.5" height="4" rx="1" fill="var(--accent)" opacity="0.65" />
      <rect x="1" y="12" width="5.5" height="4" rx="1" fill="var(--accent)" opacity="0.38" />
    </svg>
  )
}
