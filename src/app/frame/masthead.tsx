/** The question being asked, the other two doors, and the pages beside the calculator. */
import { useSession } from '../state/store.tsx'
import { doors, titleOfQuestion } from './doors.ts'
import { Link } from '../parts/link.tsx'
import styles from './masthead.module.css'

export function Masthead() {
  const { question } = useSession()
  return (
    <div className={styles['masthead']}>
      <h1>{titleOfQuestion(question)}</h1>
      <nav aria-label="Three ways in" className={styles['doors']}>
        {doors.map((door) => (
          <Link
            key={door.question}
            href={door.href}
            aria-current={door.question === question ? 'page' : undefined}
          >
            {door.link}
          </Link>
        ))}
      </nav>
    </div>
  )
}
