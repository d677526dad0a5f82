/** The published models whose size is nearest to the budget. */
import { formatShort } from '../../engine/numbers.ts'
import { entries } from '../../import/catalog/index.ts'
import { Link } from '../parts/link.tsx'
import type { Budget } from './budget.ts'
import styles from './panel.module.css'

interface Props {
  budget: Budget
  bytes_per_weight: number
}

export function Nearest({ budget: { of, target }, bytes_per_weight }: Props) {
  const wanted = of === 'params.total' ? target : target / bytes_per_weight
  const far = (count: number): number => Math.abs(Math.log(count / wanted))
  const near = entries
    .flatMap(({ name, title, published }) =>
      published ? [{ name, title, count: published.count }] : [],
    )
    .toSorted((a, b) => far(a.count) - far(b.count))
    .slice(0, 5)
  return (
    <p className={styles['nearest']}>
      {of === 'params.total'
        ? 'Published models near it:'
        : 'Published models whose weights come near it:'}
      {near.map(({ name, title, count }) => (
        <Link key={name} href={`?v=1&a=${name}`}>
          {`${title}, ${formatShort(count)}`}
        </Link>
      ))}
    </p>
  )
}
