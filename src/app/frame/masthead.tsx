/** The question being asked, the other two doors, and the pages beside the calculator. */
import { useSession } from '../state/store.tsx'
import { doors, titleOfQuestion } from '../state/doors.ts'
import { Link } from '../parts/link.tsx'
import { useJobs } from './use-jobs.ts'
import styles from './masthead.module.css'

export function Masthead() {
  const { question, slots } = useSession()
  const begin = useJobs()
  return (
    <div className={styles['masthead']}>
      <h1>{titleOfQuestion(question, slots)}</h1>
      <nav aria-label="Three ways in" className={styles['doors']}>
        {doors.map((door) => (
          <Link
            key={door.question}
            href={door.href}
            aria-current={door.question === question ? 'page' : undefined}
            onVisit={() => begin(door.question)}
          >
            {door.link}
          </Link>
        ))}
      </nav>
    </div>
  )
}
