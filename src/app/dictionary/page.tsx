/** The dictionary: its terms, or the one that is open. */
import { list } from '../../dictionary/index.ts'
import styles from '../parts/page.module.css'
import { Link } from '../parts/link.tsx'
import { useSession } from '../state/store.tsx'
import { Contents } from './contents.tsx'
import { EntryPage } from './entry.tsx'

export function DictionaryPage() {
  const { entry } = useSession()
  if (entry === null) return <Contents />
  if (list.some(({ term }) => term === entry)) return <EntryPage term={entry} key={entry} />
  return (
    <article className={styles['page']}>
      <h1>No such term</h1>
      <p>
        The dictionary has no entry “{entry}”. <Link href="?page=dictionary">See all terms</Link>
      </p>
    </article>
  )
}
