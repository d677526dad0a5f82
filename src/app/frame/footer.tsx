/** The pages beside the calculator. */
import { Button } from '../parts/button.tsx'
import styles from './frame.module.css'
import { Link } from '../parts/link.tsx'
import { useShell } from '../parts/shell.tsx'

export const sidePages = [
  { page: 'models', title: 'All models' },
  { page: 'dictionary', title: 'Dictionary' },
  { page: 'ledger', title: 'Computed against published' },
  { page: 'reading', title: 'How to read the numbers' },
] as const

export function Footer() {
  const { open } = useShell()
  return (
    <footer className={styles['footer']}>
      <nav aria-label="Pages">
        {sidePages.map(({ page, title }) => (
          <Link key={page} href={`?page=${page}`}>
            {title}
          </Link>
        ))}
      </nav>
      <Button look="small" onClick={() => open('keys')}>
        Keyboard
      </Button>
    </footer>
  )
}
